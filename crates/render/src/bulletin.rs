//! Owns the pages of bulletins: what each period that is over brought, "none" included; its mail beside.
//! Must never tell of a period that has not ended: what it says would change.

use caveat_mail::{Digest, Period, digests, thread};
use rayon::prelude::*;
use serde::Serialize;

use crate::Error;
use crate::error::put;
use crate::pages::Press;
use crate::templates::value;
use crate::view::{Card, card};

/// A bulletin in the list of all.
#[derive(Serialize)]
pub(crate) struct BulletinRow {
    key: String,
    words: String,
    published: usize,
    updated: usize,
    withdrawn: usize,
}

/// A bulletin as its page shows it.
#[derive(Serialize)]
struct BulletinView {
    key: String,
    words: String,
    summary: String,
    published: Vec<Card>,
    updated: Vec<UpdateView>,
    withdrawn: Vec<Card>,
}

/// An advisory with what readers were told of it.
#[derive(Serialize)]
struct UpdateView {
    card: Card,
    notes: Vec<String>,
}

/// `bulletins/PERIOD/` for every period from the first advisory on that is over, and the list of them.
/// Nothing where the policy promises no bulletin.
pub(crate) fn render(press: &Press<'_>) -> Result<Vec<BulletinRow>, Error> {
    let mut all = digests(press.book);
    let threads: Vec<Vec<Period>> = (0..all.len()).map(|nth| thread(&all[..nth])).collect();
    let pairs = all.par_iter().zip(&threads);
    pairs.try_for_each(|(digest, thread)| page(press, digest, thread))?;
    all.reverse();
    let rows: Vec<BulletinRow> = all.iter().map(row).collect();
    if !rows.is_empty() {
        let data = minijinja::context! { bulletins => value(&rows) };
        let description = "What each period brought: advisories published, updated and withdrawn.";
        let path = "bulletins/index.html";
        press.page("bulletins.html", path, "Bulletins", description, &data)?;
    }
    Ok(rows)
}

fn page(press: &Press<'_>, digest: &Digest<'_>, thread: &[Period]) -> Result<(), Error> {
    let key = digest.period.key();
    let text = digest.text(press.book);
    for mail in digest.mails(press.book, thread) {
        put(press.sink, format!("{}.eml", mail.path), mail.message()?)?;
    }
    put(press.sink, format!("bulletins/{key}/bulletin.txt"), text)?;
    let cards = |entries: &[&caveat_check::Entry]| entries.iter().copied().map(card).collect();
    let updated = digest.updated.iter().map(|(entry, revisions)| UpdateView {
        card: card(entry),
        notes: revisions.iter().map(|one| one.note.clone()).collect(),
    });
    let view = BulletinView {
        words: digest.period.words(),
        summary: digest.summary(),
        published: cards(&digest.published),
        updated: updated.collect(),
        withdrawn: cards(&digest.withdrawn),
        key: key.clone(),
    };
    let data = minijinja::context! { bulletin => value(&view) };
    press.page(
        "bulletin.html",
        &format!("bulletins/{key}/index.html"),
        &format!("Security bulletin, {}", view.words),
        &view.summary,
        &data,
    )
}

fn row(digest: &Digest<'_>) -> BulletinRow {
    BulletinRow {
        key: digest.period.key(),
        words: digest.period.words(),
        published: digest.published.len(),
        updated: digest.updated.len(),
        withdrawn: digest.withdrawn.len(),
    }
}
