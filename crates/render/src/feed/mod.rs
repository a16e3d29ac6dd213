//! Owns which feeds there are, and which advisories each has: all, of one severity, of one package.
//! Must never drop a change that is younger than a month: a reader that was away for so long missed nothing.

mod atom;
mod item;
mod json;

use caveat_advisory::Timestamp;
use caveat_artifact::Sink;
use caveat_check::{Book, Entry};
use rayon::prelude::*;

use self::item::Item;
use crate::error::put;
use crate::view::{self, package_path};
use crate::{Edition, Error};

/// Where the feed of all is, without its ending.
const ALL: &str = "feed";
/// Entries beyond this many are left out, oldest changes first.
const LONGEST: usize = 200;
/// The same of a feed of one package or severity.
const LONGEST_PART: usize = 50;
/// A feed that somebody fills with a whole database is cut all the same.
const MOST: usize = 1000;
/// Seconds for which no entry is left out.
const MONTH: i64 = 31 * 24 * 60 * 60;

/// One feed, in every form.
struct Feed<'b> {
    /// Where it is, without its ending.
    path: String,
    title: String,
    /// The page that shows the same to people.
    page: String,
    /// Latest change first.
    entries: Vec<&'b Entry>,
}

impl<'b> Feed<'b> {
    fn new(path: String, title: String, page: String, entries: Vec<&'b Entry>) -> Self {
        let entries = latest(entries, LONGEST_PART);
        Self {
            path,
            title,
            page,
            entries,
        }
    }

    /// When anything in it last changed.
    fn updated(&self, book: &Book) -> Timestamp {
        let newest = self.entries.first();
        newest.map_or(book.as_of(), |entry| entry.told_at())
    }
}

/// Every feed, as Atom and as JSON. An editorial change moves nothing in any of them.
pub(crate) fn render(book: &Book, edition: &Edition, sink: &dyn Sink) -> Result<(), Error> {
    feeds(book).par_iter().try_for_each(|feed| {
        let items = feed.entries.iter().map(|entry| Item::new(book, entry));
        let items: Vec<Item<'_>> = items.collect();
        let path = format!("{}.atom", feed.path);
        put(
            sink,
            &path,
            atom::write(book, edition, feed, &items, &path)?,
        )?;
        let path = format!("{}.json", feed.path);
        put(sink, &path, json::write(book, feed, &items, &path))
    })
}

/// The advisories that the feed of all has, latest change first.
pub fn feed_entries(book: &Book) -> Vec<&Entry> {
    latest(book.entries().iter().collect(), LONGEST)
}

fn feeds(book: &Book) -> Vec<Feed<'_>> {
    let name = &book.project().feed.name;
    let mut all = vec![Feed {
        path: ALL.to_owned(),
        title: name.clone(),
        page: String::new(),
        entries: feed_entries(book),
    }];
    for class in &book.project().policy.severities {
        let page = format!("severity/{}/", class.id);
        let entries = book.entries().iter();
        let entries = entries.filter(|entry| entry.severity.id == class.id);
        let title = format!("{name}: {}", class.label);
        all.push(Feed::new(
            format!("{page}feed"),
            title,
            page,
            entries.collect(),
        ));
    }
    for named in view::packages(book) {
        let page = package_path(named.package);
        let title = format!("{name}: {}", named.package.title);
        let entries = named.found.iter().map(|(entry, _)| *entry);
        all.push(Feed::new(
            format!("{page}feed"),
            title,
            page,
            entries.collect(),
        ));
    }
    all
}

/// Those that changed last: so many, and all of the last month before the newest.
fn latest(mut entries: Vec<&Entry>, longest: usize) -> Vec<&Entry> {
    entries.sort_by(|a, b| b.told_at().cmp(&a.told_at()).then_with(|| a.id.cmp(&b.id)));
    entries.dedup_by(|a, b| a.id == b.id);
    let newest = entries
        .first()
        .map_or(0, |entry| entry.told_at().as_second());
    let young = |entry: &&Entry| entry.told_at().as_second() > newest - MONTH;
    let kept = entries.iter().take_while(|entry| young(entry)).count();
    entries.truncate(kept.clamp(longest, MOST));
    entries
}
