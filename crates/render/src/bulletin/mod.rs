//! Owns bulletins: what each period that is over brought, "none" included, as a page and as mail.
//! Must never tell of a period that has not ended: what it says would change.

mod digest;
mod letter;
mod period;
mod text;

use caveat_check::Book;
use rayon::prelude::*;
use serde::Serialize;

use crate::Error;
use crate::error::put;
use crate::pages::Press;
use crate::templates::value;
use crate::view::{Card, card};

use digest::{Digest, digests};
use period::Period;

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

/// The periods that have a bulletin, the last one last: `2026-10`, `2026-Q4` or `2026`.
pub fn bulletin_periods(book: &Book) -> Vec<String> {
    let digests = digests(book);
    digests.iter().map(|digest| digest.period.key()).collect()
}

/// The bulletin of one period as a message to each of the project's own lists, by the list's name.
///
/// # Errors
/// What the library cannot write.
pub fn bulletin_mail(book: &Book, period: &str) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let all = digests(book);
    let found = all.iter().position(|digest| digest.period.key() == period);
    let Some(nth) = found else {
        return Ok(Vec::new());
    };
    let text = text::text(&all[nth], book);
    letter::letters(book, &all[nth], &text, &thread(&all[..nth]))
}

/// What a bulletin answers: the first of all and the one before. More would make headers of old feeds long.
fn thread(earlier: &[Digest<'_>]) -> Vec<Period> {
    let ends = [earlier.first(), earlier.get(1..).and_then(<[_]>::last)];
    let periods = ends.into_iter().flatten().map(|digest| digest.period);
    periods.collect()
}

fn page(press: &Press<'_>, digest: &Digest<'_>, thread: &[Period]) -> Result<(), Error> {
    let key = digest.period.key();
    let text = text::text(digest, press.book);
    for (list, message) in letter::letters(press.book, digest, &text, thread)? {
        let path = format!("bulletins/{key}/bulletin.{list}.eml");
        put(press.sink, path, message)?;
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
