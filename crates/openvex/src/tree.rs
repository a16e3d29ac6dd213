//! Owns the files: documents, and the list of them for whoever reads only what changed.
//! Must never hold all documents at once: each goes to the sink as it is made.

use caveat_advisory::Timestamp;
use caveat_artifact::{Artifact, PathError, Sink, SinkError, SitePath};
use caveat_check::{Book, Entry};
use rayon::prelude::*;
use serde::Serialize;

use crate::document::{Sheet, of_advisory, sheets};
use crate::known::Listed;
use crate::model::{Time, bytes};
use crate::place::{INDEX, document_path, package_path};
use crate::product::purl;

/// Why the files could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A name that cannot be part of a path.
    #[error(transparent)]
    Path(#[from] PathError),
    /// The sink refused an artifact.
    #[error(transparent)]
    Sink(#[from] SinkError),
}

#[derive(Serialize)]
struct Index {
    advisories: Vec<Advisory>,
    packages: Vec<Package>,
}

#[derive(Serialize)]
struct Advisory {
    id: String,
    modified: Time,
    path: String,
}

#[derive(Serialize)]
struct Package {
    modified: Time,
    path: String,
    purl: String,
}

/// Puts every file, if caveat.toml says who speaks.
///
/// # Errors
/// A sink that is full, or that has such a file already.
pub fn render(book: &Book, sink: &dyn Sink) -> Result<(), Error> {
    let Some(vex) = &book.project().vex else {
        return Ok(());
    };
    let listed = Listed::of(book);
    let entries = book.entries().par_iter();
    entries.try_for_each(|entry| {
        put(
            sink,
            document_path(entry),
            of_advisory(book, &listed, entry, vex),
        )
    })?;
    let sheets = sheets(book, &listed);
    sheets.par_iter().try_for_each(|sheet| {
        let path = package_path(&sheet.package.key);
        put(sink, path, sheet.document(book, &listed, vex))
    })?;
    put(sink, INDEX.to_owned(), bytes(&index(book, &sheets)))
}

fn index(book: &Book, sheets: &[Sheet<'_>]) -> Index {
    let time = |at: Timestamp| Time(at);
    let advisory = |entry: &Entry| Advisory {
        id: entry.id.clone(),
        modified: time(entry.modified),
        path: document_path(entry),
    };
    let package = |sheet: &Sheet<'_>| Package {
        modified: time(sheet.modified()),
        path: package_path(&sheet.package.key),
        purl: purl(sheet.package),
    };
    Index {
        advisories: book.entries().iter().map(advisory).collect(),
        packages: sheets.iter().map(package).collect(),
    }
}

fn put(sink: &dyn Sink, path: String, bytes: Vec<u8>) -> Result<(), Error> {
    let path = SitePath::new(path)?;
    Ok(sink.put(Artifact::new(path, bytes))?)
}
