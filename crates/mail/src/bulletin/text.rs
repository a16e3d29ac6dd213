//! Owns a bulletin as the text of a mail.
//! Must never need anything outside the text to be understood.

use caveat_check::{Book, Entry};

use super::digest::Digest;
use super::title;
use caveat_texts::Texts;
use caveat_words::actions;
use caveat_words::lines::wrap;

/// The whole text.
pub(super) fn text(digest: &Digest<'_>, book: &Book) -> String {
    let feed = &book.project().feed;
    let title = title(book, digest);
    let mut parts = vec![
        wrap(&title, "", "  "),
        wrap(&digest.summary(Texts::english()), "", ""),
    ];
    let news = digest.published.iter().map(|entry| {
        let sentences = actions(Texts::english(), entry)
            .into_iter()
            .map(|action| action.sentence());
        item(book, entry, &sentences.collect::<Vec<_>>())
    });
    parts.extend(section("PUBLISHED", &news.collect::<Vec<_>>()));
    let updates = digest.updated.iter().map(|(entry, revisions)| {
        let notes = revisions.iter().map(|one| one.note.trim().to_owned());
        item(book, entry, &notes.collect::<Vec<_>>())
    });
    parts.extend(section("UPDATED", &updates.collect::<Vec<_>>()));
    let gone = digest.withdrawn.iter().map(|entry| {
        let reason = entry.advisory.withdrawn.as_ref();
        let reason = reason.map(|one| format!("{}.", one.reason.label()));
        item(book, entry, reason.as_slice())
    });
    parts.extend(section("WITHDRAWN", &gone.collect::<Vec<_>>()));
    let url = format!("{}/bulletins/{}/", feed.url, digest.period.key());
    parts.push(format!("THIS BULLETIN\n\n{url}"));
    parts.join("\n\n") + "\n"
}

fn section(heading: &str, items: &[String]) -> Option<String> {
    (!items.is_empty()).then(|| format!("{heading}\n\n{}", items.join("\n\n")))
}

fn item(book: &Book, entry: &Entry, sentences: &[String]) -> String {
    let title = entry.advisory.title.trim();
    let head = format!("{}: {title} ({})", entry.id, entry.severity.label);
    let mut lines = vec![wrap(&head, "* ", "  ")];
    let sentences = sentences.iter().map(|one| wrap(one, "  ", "  "));
    lines.extend(sentences);
    lines.push(format!(
        "  {}/advisories/{}/",
        book.project().feed.url,
        entry.id
    ));
    lines.join("\n")
}
