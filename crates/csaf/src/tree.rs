//! Owns the files of a provider: documents by year with their digests, the lists of them, the feed, the metadata.
//! Must never hold all documents at once: each goes to the sink as it is made.

use caveat_advisory::Timestamp;
use caveat_artifact::{Artifact, PathError, Sink, SinkError, SitePath, sha256};
use caveat_check::{Book, Entry};
use rayon::prelude::*;
use sha2::{Digest as _, Sha512};

use crate::package::{Sheet, sheets};
use crate::place::{FEED, METADATA, METADATA_COPY, SERVICE, WHITE, document_path};
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

/// A document as lists name it.
pub(crate) struct Listed {
    pub(crate) id: String,
    pub(crate) path: String,
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) published: Timestamp,
    pub(crate) modified: Timestamp,
}

impl Listed {
    fn advisory(entry: &Entry) -> Self {
        Self {
            id: entry.id.clone(),
            path: document_path(entry),
            title: document::title(entry),
            summary: entry.advisory.impact.trim().to_owned(),
            published: entry.published,
            modified: entry.modified,
        }
    }

    fn package(book: &Book, sheet: &Sheet<'_>) -> Self {
        Self {
            id: sheet.id(book),
            path: sheet.path(book),
            title: sheet.title(),
            summary: sheet.title(),
            published: sheet.published(),
            modified: sheet.modified(),
        }
    }

    /// The path within the directory that has `index.txt`.
    fn within(&self) -> &str {
        self.path.strip_prefix(WHITE).unwrap_or(&self.path)
    }
}

/// Puts every file of the tree, if caveat.toml says who publishes CSAF. `signer` is the fingerprint of the OpenPGP key that signs
/// every document, which is for whoever has the key: `last_change` tells documents from all else.
///
/// # Errors
/// A sink that is full, or that has such a file already.
pub fn render(book: &Book, signer: Option<&str>, sink: &dyn Sink) -> Result<(), Error> {
    let Some(publisher) = Publisher::of(book.project()) else {
        return Ok(());
    };
    let entries = book.entries().par_iter();
    entries.try_for_each(|entry| {
        let bytes = document::document(book, entry, &publisher);
        one(document_path(entry), bytes, sink)
    })?;
    let sheets = sheets(book);
    sheets
        .par_iter()
        .try_for_each(|sheet| one(sheet.path(book), sheet.document(book, &publisher), sink))?;
    let listed = newest_first(book, &sheets);
    let metadata = json::bytes(&provider::provider(book, &publisher, signer));
    put(sink, METADATA, metadata.clone())?;
    put(sink, METADATA_COPY, metadata)?;
    put(sink, SERVICE, json::bytes(&rolie::service(book)))?;
    let feed = rolie::feed(book, listed.iter(), signer.is_some());
    put(sink, FEED, json::bytes(&feed))?;
    put(sink, format!("{WHITE}index.txt"), index(&listed))?;
    put(sink, format!("{WHITE}changes.csv"), changes(&listed))
}

/// A document, and its digests as `sha256sum -c` and `sha512sum -c` read them.
fn one(path: String, bytes: Vec<u8>, sink: &dyn Sink) -> Result<(), Error> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let sums = [
        (".sha256", sha256(&bytes)),
        (
            ".sha512",
            base16ct::lower::encode_string(&Sha512::digest(&bytes)),
        ),
    ];
    for (end, sum) in sums {
        put(sink, format!("{path}{end}"), format!("{sum}  {name}\n"))?;
    }
    put(sink, path, bytes)
}

/// One path a line.
fn index(listed: &[Listed]) -> String {
    let mut paths: Vec<&str> = listed.iter().map(Listed::within).collect();
    paths.sort_unstable();
    paths.iter().flat_map(|path| [path, "\n"]).collect()
}

/// Path and time of the last change, the newest first.
fn changes(listed: &[Listed]) -> String {
    let row = |one: &Listed| format!("\"{}\",\"{}\"\n", one.within(), one.modified);
    listed.iter().map(row).collect()
}

/// By the time of the last change; equal times by id, so that the order is total.
fn newest_first(book: &Book, sheets: &[Sheet<'_>]) -> Vec<Listed> {
    let advisories = book.entries().iter().map(Listed::advisory);
    let packages = sheets.iter().map(|sheet| Listed::package(book, sheet));
    let mut all: Vec<Listed> = advisories.chain(packages).collect();
    all.sort_by(|a, b| b.modified.cmp(&a.modified).then_with(|| a.id.cmp(&b.id)));
    all
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
