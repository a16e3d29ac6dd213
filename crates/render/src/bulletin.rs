//! Owns the pages of bulletins: what each period that is over brought, "none" included; its mail beside.
//! Must never tell of a period that has not ended: what it says would change.

use caveat_mail::{Digest, Period, digests, thread};
use caveat_texts::Texts;
use rayon::prelude::*;
use serde::Serialize;

use crate::Error;
use crate::error::put;
use crate::pages::Press;
use crate::templates::value;
use crate::view::{Card, card};

/// The template of the list.
const LIST: &str = "bulletins.html";

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
    let texts = press.texts_of(LIST);
    let row = |digest| row(texts, digest);
    let rows: Vec<BulletinRow> = all.iter().map(row).collect();
    if !rows.is_empty() {
        let data = minijinja::context! { bulletins => value(&rows) };
        let path = "bulletins/index.html";
        let (title, description) = (
            texts.word("bulletins.title"),
            texts.word("bulletins.description"),
        );
        press.page(LIST, path, &title, &description, &data)?;
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
    let template = "bulletin.html";
    let texts = press.texts_of(template);
    let view = BulletinView {
        words: digest.period.words(texts),
        summary: digest.summary(texts),
        published: cards(&digest.published),
        updated: updated.collect(),
        withdrawn: cards(&digest.withdrawn),
        key: key.clone(),
    };
    let data = minijinja::context! { bulletin => value(&view) };
    let title = texts.say("bulletin.title", &[("period", (&view.words).into())]);
    let path = format!("bulletins/{key}/index.html");
    press.page(template, &path, &title, &view.summary, &data)
}

fn row(texts: &Texts, digest: &Digest<'_>) -> BulletinRow {
    BulletinRow {
        key: digest.period.key(),
        words: digest.period.words(texts),
        published: digest.published.len(),
        updated: digest.updated.len(),
        withdrawn: digest.withdrawn.len(),
    }
}
