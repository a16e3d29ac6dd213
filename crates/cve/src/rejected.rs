//! Owns the container of a CVE id whose advisory was withdrawn: why, and which ids are used instead.
//! Must never hold a product: nobody is to be told to have a flaw that is none.

use caveat_check::{Book, Entry};

use crate::container::provider;
use crate::model::{Generator, Rejected};
use crate::text;
use crate::voice::page;

/// The reason in words, and the CVE ids of what is to be read instead.
pub(crate) fn container<'b>(book: &'b Book, entry: &'b Entry) -> Rejected<'b> {
    let page = page(book.project(), &entry.id);
    Rejected {
        provider_metadata: provider(book.project(), entry.modified),
        reasons: [text::plain(&reason(entry, &page), &page)],
        replaced_by: successors(book, entry),
        generator: Generator::CAVEAT,
    }
}

fn reason(entry: &Entry, page: &str) -> String {
    let Some(withdrawn) = &entry.advisory.withdrawn else {
        return String::new();
    };
    let mut text = format!("Withdrawn: {}.", withdrawn.reason.label());
    if !withdrawn.replaced_by.is_empty() {
        text.push_str(&format!(
            " Read {} instead.",
            withdrawn.replaced_by.join(", ")
        ));
    }
    if let Some(note) = &withdrawn.note {
        text.push(' ');
        text.push_str(note.trim());
    }
    format!("{text} See {page}.")
}

/// An id is never replaced by itself: an advisory that took it over speaks for it.
fn successors<'b>(book: &'b Book, entry: &Entry) -> Vec<&'b str> {
    let withdrawn = entry.advisory.withdrawn.iter();
    let named = withdrawn.flat_map(|one| &one.replaced_by);
    let others = named.filter_map(|id| book.entries().iter().find(|other| other.id == *id));
    let aliases = others.flat_map(|other| &other.advisory.aliases);
    let mut all: Vec<&str> = Vec::new();
    for alias in aliases.filter(|alias| alias.starts_with("CVE-")) {
        if !all.contains(&alias.as_str()) && !entry.advisory.aliases.contains(alias) {
            all.push(alias);
        }
    }
    all
}
