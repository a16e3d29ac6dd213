//! Owns what every form of a feed says of an advisory: its id, its title, its text.
//! Must never change an id: readers tell by it what they have seen.

use caveat_advisory::{Consent, Revision, Timestamp};
use caveat_check::{AffectedPackage, Book, Entry};
use caveat_texts::Texts;

use crate::markdown::{escape, to_html};
use crate::view::day;
use caveat_words::{actions, change, range, thanked};

/// An advisory as it stands in every form of a feed.
pub(super) struct Item<'b> {
    pub(super) entry: &'b Entry,
    /// Where its page is.
    pub(super) url: String,
    pub(super) id: String,
    pub(super) title: String,
    /// HTML.
    pub(super) content: String,
    /// What the severity is called, then each package, in tags.
    pub(super) severity: String,
    pub(super) packages: Vec<String>,
}

impl<'b> Item<'b> {
    pub(super) fn new(book: &Book, entry: &'b Entry) -> Self {
        Self {
            url: format!("{}/advisories/{}/", book.project().feed.url, entry.id),
            id: tag(book, entry.published, &entry.id),
            title: title(entry),
            content: content(entry),
            severity: format!("severity:{}", entry.severity.id),
            packages: entry.affected.iter().map(term).collect(),
            entry,
        }
    }
}

/// Id, title and severity; what was withdrawn says so first.
fn title(entry: &Entry) -> String {
    let withdrawn = if entry.advisory.withdrawn.is_some() {
        "Withdrawn: "
    } else {
        ""
    };
    format!(
        "{withdrawn}{}: {} ({})",
        entry.id,
        entry.advisory.title.trim(),
        entry.severity.label
    )
}

/// The advisory in short: what to do, which versions, what it is and is called elsewhere, who helped, and the last change.
fn content(entry: &Entry) -> String {
    let mut html = format!("<p>{}</p>", escape(entry.advisory.impact.trim()));
    for action in actions(Texts::english(), entry) {
        html.push_str(&format!(
            "<p><strong>{}</strong></p>",
            escape(&action.sentence())
        ));
        let branches = action.affected.branches.iter();
        let branches = branches.map(|branch| range(Texts::english(), branch));
        let versions: Vec<String> = branches.collect();
        html.push_str(&format!(
            "<p>Affected versions of {}:</p>{}",
            escape(&action.affected.package.title),
            list(&versions)
        ));
    }
    html.push_str(&to_html(&entry.advisory.description));
    let aliases = &entry.advisory.aliases;
    if !aliases.is_empty() {
        let names = escape(&aliases.join(", "));
        html.push_str(&format!("<p>Also known as: {names}</p>"));
    }
    let people = thanked(entry, Consent::Advisory);
    if !people.is_empty() {
        html.push_str(&format!("<p>Credits:</p>{}", list(&people)));
    }
    let last = entry.advisory.revisions.get(entry.told - 1);
    if let Some(last) = last.filter(|_| entry.told > 1) {
        html.push_str(&changed(last));
    }
    html
}

/// The last change that readers are told of, with old and new values.
fn changed(last: &Revision) -> String {
    let mut html = format!("<p>Last change: {}</p>", escape(last.note.trim()));
    let line = |one| change(Texts::english(), one);
    let lines: Vec<String> = last.changed.iter().map(line).collect();
    if !lines.is_empty() {
        html.push_str(&list(&lines));
    }
    html
}

fn list(lines: &[String]) -> String {
    let items = lines
        .iter()
        .map(|line| format!("<li>{}</li>", escape(line)));
    format!("<ul>{}</ul>", items.collect::<String>())
}

/// What a feed calls a package: `Debian:13/apt`, for each release of a distribution has versions of its own.
fn term(affected: &AffectedPackage) -> String {
    let package = &affected.package;
    format!("{}/{}", package.ecosystem, package.name)
}

/// A tag URI (RFC 4151), minted on a day that never changes: it stays the same when pages move.
fn tag(book: &Book, minted: Timestamp, what: &str) -> String {
    let principal = book.project().feed.principal();
    let (host, path) = principal.split_once('/').unwrap_or((principal, ""));
    let slash = if path.is_empty() { "" } else { "/" };
    format!("tag:{host},{}:{path}{slash}{what}", day(minted))
}
