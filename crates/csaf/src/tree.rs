//! Owns the files of a provider: documents by year with their digests, the lists of them, the feed, the metadata.
//! Must never hold all documents at once: each goes to the sink as it is made.

use std::fmt::Write as _;

use caveat_advisory::Timestamp;
use caveat_artifact::{Artifact, PathError, Sink, SinkError, SitePath, sha256};
use caveat_check::{Book, Entry};
use rayon::prelude::*;
use sha2::{Digest as _, Sha512};

use crate::place::{FEED, METADATA, METADATA_COPY, SERVICE, WHITE, document_path, within};
use crate::{Publisher, document, json, provider, rolie};

/// Why the tree could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A name that cannot be part of a path.
    #[error(transparent)]
    Path(#[from] PathError),
    /// The sink refused an artifact.
    #[error(transparent)]
    Sink(#[from] SinkError),
}

/// Puts every file of the tree, if caveat.toml says who publishes CSAF.
///
/// # Errors
/// A sink that is full, or that has such a file already.
pub fn render(book: &Book, sink: &dyn Sink) -> Result<(), Error> {
    let Some(publisher) = Publisher::of(book.project()) else {
        return Ok(());
    };
    let entries = book.entries().par_iter();
    entries.try_for_each(|entry| one(book, entry, &publisher, sink))?;
    let metadata = json::bytes(&provider::provider(book, &publisher));
    put(sink, METADATA, metadata.clone())?;
    put(sink, METADATA_COPY, metadata)?;
    put(sink, SERVICE, json::bytes(&rolie::service(book)))?;
    put(sink, FEED, json::bytes(&rolie::feed(book)))?;
    put(sink, format!("{WHITE}index.txt"), index(book))?;
    put(sink, format!("{WHITE}changes.csv"), changes(book))
}

/// A document, and its digests as `sha256sum -c` and `sha512sum -c` read them.
fn one(
    book: &Book,
    entry: &Entry,
    publisher: &Publisher<'_>,
    sink: &dyn Sink,
) -> Result<(), Error> {
    let path = document_path(entry);
    let name = path.rsplit('/').next().unwrap_or_default();
    let bytes = document::document(book, entry, publisher);
    let sums = [
        (".sha256", sha256(&bytes)),
        (".sha512", hex(&Sha512::digest(&bytes))),
    ];
    for (end, sum) in sums {
        put(sink, format!("{path}{end}"), format!("{sum}  {name}\n"))?;
    }
    put(sink, path, bytes)
}

fn hex(digest: &[u8]) -> String {
    let mut text = String::with_capacity(digest.len() * 2);
    for byte in digest {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// One path a line.
fn index(book: &Book) -> String {
    let mut paths: Vec<String> = book.entries().iter().map(within).collect();
    paths.sort();
    paths.into_iter().map(|path| path + "\n").collect()
}

/// Path and time of the last change, the newest first.
fn changes(book: &Book) -> String {
    let row = |entry: &Entry| format!("\"{}\",\"{}\"\n", within(entry), entry.modified);
    newest_first(book).map(row).collect()
}

/// By the time of the last change; equal times by id, so that the order is total.
pub(crate) fn newest_first(book: &Book) -> impl Iterator<Item = &Entry> {
    let mut entries: Vec<&Entry> = book.entries().iter().collect();
    entries.sort_by(|a, b| b.modified.cmp(&a.modified).then_with(|| a.id.cmp(&b.id)));
    entries.into_iter()
}

/// The last change of any document; of an empty book, the time it was checked for.
pub(crate) fn updated(book: &Book) -> Timestamp {
    let times = book.entries().iter().map(|entry| entry.modified);
    times.max().unwrap_or_else(|| book.as_of())
}

fn put(sink: &dyn Sink, path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Result<(), Error> {
    let path = SitePath::new(path)?;
    Ok(sink.put(Artifact::new(path, bytes.into()))?)
}
