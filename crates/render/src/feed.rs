//! Owns the Atom feed (RFC 4287): the only door to `atom_syndication`.
//! Must never change an id: readers tell by it what they have seen.

use atom_syndication::{
    Category, Content, Entry as Item, Feed, FixedDateTime, Generator, Link, Person, Text,
    WriteConfig,
};
use caveat_advisory::{Revision, Timestamp};
use caveat_artifact::Sink;
use caveat_check::{Book, Entry};

use crate::error::put;
use crate::markdown::{escape, to_html};
use crate::view::day;
use crate::words::{actions, change};
use crate::{Edition, Error};

/// Where it is.
pub(crate) const PATH: &str = "feed.atom";

/// Entries beyond this many are left out, oldest changes first.
const LONGEST: usize = 200;

/// `feed.atom`: the advisories that changed last, latest first. An editorial change moves none of them.
pub(crate) fn render(book: &Book, edition: &Edition, sink: &dyn Sink) -> Result<(), Error> {
    let feed = feed(book, edition, &feed_entries(book));
    let config = WriteConfig {
        write_document_declaration: true,
        indent_size: None,
    };
    let bytes = feed
        .write_with_config(Vec::new(), config)
        .map_err(|error| Error::Text {
            path: PATH.to_owned(),
            reason: error.to_string(),
        })?;
    put(sink, PATH, bytes)
}

/// The advisories that the feed has, latest change first.
pub fn feed_entries(book: &Book) -> Vec<&Entry> {
    let mut entries: Vec<&Entry> = book.entries().iter().collect();
    entries.sort_by(|a, b| b.told_at().cmp(&a.told_at()).then_with(|| a.id.cmp(&b.id)));
    entries.truncate(LONGEST);
    entries
}

fn feed(book: &Book, edition: &Edition, entries: &[&Entry]) -> Feed {
    let site = &book.project().feed;
    let newest = entries
        .first()
        .map_or(book.as_of(), |entry| entry.told_at());
    let (name, version) = edition
        .generator
        .split_once(' ')
        .unwrap_or((&edition.generator, ""));
    Feed {
        title: Text::plain(site.name.clone()),
        id: format!("{}/{PATH}", site.url),
        updated: time(newest),
        authors: vec![Person {
            name: site.name.clone(),
            uri: Some(format!("{}/", site.url)),
            ..Person::default()
        }],
        generator: Some(Generator {
            value: name.to_owned(),
            version: Some(version.to_owned()),
            uri: None,
        }),
        links: vec![
            link(
                "self",
                format!("{}/{PATH}", site.url),
                "application/atom+xml",
            ),
            link("alternate", format!("{}/", site.url), "text/html"),
        ],
        rights: Some(Text::plain(site.license.clone())),
        lang: Some("en".to_owned()),
        entries: entries.iter().map(|entry| item(book, entry)).collect(),
        ..Feed::default()
    }
}

fn item(book: &Book, entry: &Entry) -> Item {
    let url = format!("{}/advisories/{}/", book.project().feed.url, entry.id);
    let withdrawn = if entry.advisory.withdrawn.is_some() {
        "Withdrawn: "
    } else {
        ""
    };
    Item {
        title: Text::plain(format!(
            "{withdrawn}{}: {} ({})",
            entry.id,
            entry.advisory.title.trim(),
            entry.severity.label
        )),
        id: tag(book, entry.published, &entry.id),
        updated: time(entry.told_at()),
        published: Some(time(entry.published)),
        categories: categories(entry),
        links: vec![link("alternate", url, "text/html")],
        summary: Some(Text::plain(entry.advisory.impact.trim().to_owned())),
        content: Some(Content {
            value: Some(content(entry)),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        ..Item::default()
    }
}

fn categories(entry: &Entry) -> Vec<Category> {
    let severity = Category {
        term: format!("severity:{}", entry.severity.id),
        label: Some(entry.severity.label.clone()),
        scheme: None,
    };
    let packages = entry.affected.iter().map(|affected| Category {
        term: format!(
            "{}/{}",
            affected.package.ecosystem.name(),
            affected.package.name
        ),
        label: Some(affected.package.title.clone()),
        scheme: None,
    });
    std::iter::once(severity).chain(packages).collect()
}

/// The advisory in short: what to do, which versions, what it is, and the last change.
fn content(entry: &Entry) -> String {
    let mut html = format!("<p>{}</p>", escape(entry.advisory.impact.trim()));
    for action in actions(entry) {
        html.push_str(&format!(
            "<p><strong>{}</strong></p>",
            escape(&action.sentence)
        ));
        let versions = action
            .affected
            .branches
            .iter()
            .map(|branch| format!("<li>{}</li>", escape(&branch.words())));
        let versions: String = versions.collect();
        html.push_str(&format!(
            "<p>Affected versions of {}:</p><ul>{versions}</ul>",
            escape(&action.affected.package.title)
        ));
    }
    html.push_str(&to_html(&entry.advisory.description));
    let last = entry.advisory.revisions.get(entry.told - 1);
    if let Some(last) = last.filter(|_| entry.told > 1) {
        html.push_str(&changed(last));
    }
    html
}

/// The last change that readers are told of, with old and new values.
fn changed(last: &Revision) -> String {
    let mut html = format!("<p>Last change: {}</p>", escape(last.note.trim()));
    let line = |one: &caveat_advisory::Change| format!("<li>{}</li>", escape(&change(one)));
    let lines: Vec<String> = last.changed.iter().map(line).collect();
    if !lines.is_empty() {
        html.push_str(&format!("<ul>{}</ul>", lines.concat()));
    }
    html
}

/// A tag URI (RFC 4151), minted on a day that never changes: it stays the same when pages move.
fn tag(book: &Book, minted: Timestamp, what: &str) -> String {
    let principal = book.project().feed.principal();
    let (host, path) = principal.split_once('/').unwrap_or((principal, ""));
    let slash = if path.is_empty() { "" } else { "/" };
    format!("tag:{host},{}:{path}{slash}{what}", day(minted))
}

fn link(rel: &str, href: String, kind: &str) -> Link {
    Link {
        href,
        rel: rel.to_owned(),
        mime_type: Some(kind.to_owned()),
        ..Link::default()
    }
}

fn time(at: Timestamp) -> FixedDateTime {
    at.to_string().parse().unwrap_or_default()
}
