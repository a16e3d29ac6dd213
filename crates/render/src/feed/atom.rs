//! Owns the Atom feed (RFC 4287): the only door to `atom_syndication`.
//! Must never change an id: readers tell by it what they have seen.

use atom_syndication::{
    Category, Content, Entry as AtomEntry, Feed as Atom, FixedDateTime, Generator, Link, Person,
    Text, WriteConfig,
};
use caveat_advisory::Timestamp;
use caveat_check::Book;

use super::Feed;
use super::item::Item;
use crate::{Edition, Error};

/// One feed as Atom.
pub(super) fn write(
    book: &Book,
    edition: &Edition,
    feed: &Feed<'_>,
    items: &[Item<'_>],
    path: &str,
) -> Result<Vec<u8>, Error> {
    let config = WriteConfig {
        write_document_declaration: true,
        indent_size: None,
    };
    atom(book, edition, feed, items, path)
        .write_with_config(Vec::new(), config)
        .map_err(|error| Error::Text {
            path: path.to_owned(),
            reason: error.to_string(),
        })
}

fn atom(book: &Book, edition: &Edition, feed: &Feed<'_>, items: &[Item<'_>], path: &str) -> Atom {
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
        entries: items.iter().map(entry).collect(),
        ..Atom::default()
    }
}

fn entry(item: &Item<'_>) -> AtomEntry {
    let entry = item.entry;
    AtomEntry {
        title: Text::plain(item.title.clone()),
        id: item.id.clone(),
        updated: time(entry.told_at()),
        published: Some(time(entry.published)),
        categories: categories(item),
        links: vec![link("alternate", item.url.clone(), "text/html")],
        summary: Some(Text::plain(entry.advisory.impact.trim().to_owned())),
        content: Some(Content {
            value: Some(item.content.clone()),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        ..AtomEntry::default()
    }
}

fn categories(item: &Item<'_>) -> Vec<Category> {
    let category = |term: &String, label: &String| Category {
        term: term.clone(),
        label: Some(label.clone()),
        scheme: None,
    };
    let severity = category(&item.severity, &item.entry.severity.label);
    let packages = item.packages.iter().zip(&item.entry.affected);
    let packages = packages.map(|(term, affected)| category(term, &affected.package.title));
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
