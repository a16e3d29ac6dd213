//! Owns the publish report: for each advisory that readers did not see before, which channels its severity class promises,
//! what this build made for each, and what people still have to do.
//! Must never know anything but the book and the lists of files: what is withheld is in neither.

mod before;
mod channel;
mod json;
mod text;

use caveat_artifact::{Manifest, SitePath};
use caveat_check::{Book, Entry};

pub(crate) use before::{Before, Change};
use channel::{Told, told};

/// What this publication brings, and to whom.
pub(crate) struct PublishReport<'b> {
    book: &'b Book,
    /// Was there an older tree to compare with?
    compared: bool,
    news: Vec<News<'b>>,
}

/// One advisory that readers did not see before, or not so.
struct News<'b> {
    entry: &'b Entry,
    change: Change,
    /// Files that this build made of it, whatever the policy promises.
    made: Vec<String>,
    /// Release notes among them.
    notes: Vec<String>,
    /// What the policy promises for its severity class.
    channels: Vec<Told<'b>>,
}

impl<'b> PublishReport<'b> {
    /// Compares what was made with what readers see until now.
    pub(crate) fn new(book: &'b Book, manifest: &Manifest, mut before: Option<Before>) -> Self {
        let compared = before.is_some();
        let feed = caveat_render::feed_entries(book);
        let news = book.entries().iter().filter_map(|entry| {
            let record = SitePath::new(format!("osv/{}.json", entry.id)).ok()?;
            let digest = manifest.files().get(&record)?;
            let change = match &mut before {
                Some(before) => before.change(entry, &record, digest)?,
                None => Change::New,
            };
            let in_feed = feed.iter().any(|listed| listed.id == entry.id);
            Some(News::new(book, entry, change, manifest, in_feed))
        });
        let news = news.collect();
        Self {
            book,
            compared,
            news,
        }
    }

    /// For people: nothing where the policy leaves nothing to be done.
    pub(crate) fn text(&self) -> String {
        text::text(self)
    }

    /// For programs.
    pub(crate) fn json(&self) -> serde_json::Value {
        json::json(self)
    }
}

impl<'b> News<'b> {
    fn new(
        book: &'b Book,
        entry: &'b Entry,
        change: Change,
        manifest: &Manifest,
        in_feed: bool,
    ) -> Self {
        let there = |path: &String| has(manifest, path);
        let mut notes = caveat_render::note_paths(entry);
        notes.retain(there);
        notes.dedup();
        let feed = in_feed.then(|| "feed.atom".to_owned());
        let own = [
            format!("advisories/{}/index.html", entry.id),
            format!("osv/{}.json", entry.id),
        ];
        let made = own.into_iter().chain(feed).chain(notes.clone());
        let channels = entry.severity.notify.iter();
        Self {
            entry,
            change,
            made: made.filter(there).collect(),
            channels: channels
                .map(|name| told(book, entry, name, manifest))
                .collect(),
            notes,
        }
    }

    /// Release notes are made for people to publish.
    fn notes_to_publish(&self, book: &Book) -> &[String] {
        let release = book.project().policy.release.as_ref();
        let promised = release.is_some_and(|release| release.notes == Some(true));
        if promised { &self.notes } else { &[] }
    }
}

/// Was this file made?
fn has(manifest: &Manifest, path: &str) -> bool {
    SitePath::new(path).is_ok_and(|path| manifest.files().contains_key(&path))
}
