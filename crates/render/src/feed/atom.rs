//! Owns the Atom feed (RFC 4287): the only door to `atom_syndication`.
//! Must never change an id: readers tell by it what they have seen.

use atom_syndication::{
    Category, Content, Entry as Item, Feed as Atom, FixedDateTime, Generator, Link, Person, Text,
    WriteConfig,
};
use caveat_advisory::Timestamp;
use caveat_check::{Book, Entry};

use super::Feed;
use super::item::{content, tag, term, title};
use crate::{Edition, Error};

/// One feed as Atom.
pub(super) fn write(
    book: &Book,
    edition: &Edition,
    feed: &Feed<'_>,
    path: &str,
) -> Result<Vec<u8>, Error> {
    let config = WriteConfig {
        write_document_declaration: true,
        indent_size: None,
    };
    atom(book, edition, feed, path)
        .write_with_config(Vec::new(), config)
        .map_err(|error| Error::Text {
            path: path.to_owned(),
            reason: error.to_string(),
        })
}

fn atom(book: &Book, edition: &Edition, feed: &Feed<'_>, path: &str) -> Atom {
    let site = &book.project().feed;
    let (name, version) = edition
        .generator
        .split_once(' ')
        .unwrap_or((&edition.generator, ""));
    let own = format!("{}/{path}", site.url);
    let page = format!("{}/{}", site.url, feed.page);
    Atom {
        title: Text::plain(feed.title.clone()),
        id: own.clone(),
        updated: time(feed.updated(book)),
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
            link("self", own, "application/atom+xml"),
            link("alternate", page, "text/html"),
        ],
        rights: Some(Text::plain(site.license.clone())),
        lang: Some("en".to_owned()),
        entries: feed.entries.iter().map(|entry| item(book, entry)).collect(),
        ..Atom::default()
    }
}

fn item(book: &Book, entry: &Entry) -> Item {
    let url = format!("{}/advisories/{}/", book.project().feed.url, entry.id);
    Item {
        title: Text::plain(title(entry)),
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
        term: term(affected),
        label: Some(affected.package.title.clone()),
        scheme: None,
    });
    std::iter::once(severity).chain(packages).collect()
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
