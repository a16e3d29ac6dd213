//! Owns the tree of files, and the archive of all of them.
//! Must never make a database of nothing: `cargo-deny` refuses one.

use std::io::Cursor;

use caveat_artifact::{Artifact, PathError, Sink, SinkError, SitePath};
use caveat_check::{Book, Entry};
use rayon::prelude::*;
use zip::write::{PreparedZipFile, SimpleFileOptions};
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::file;
use crate::place::{ARCHIVE, places};

/// Why the tree could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A name that cannot be part of a path.
    #[error(transparent)]
    Path(#[from] PathError),
    /// The sink refused an artifact.
    #[error(transparent)]
    Sink(#[from] SinkError),
    /// The archive could not be made.
    #[error("cannot make `{ARCHIVE}`: {0}")]
    Zip(#[from] zip::result::ZipError),
}

/// A file that is in the tree already, packed for the archive.
type Packed = (String, PreparedZipFile);

/// Puts every file, if any advisory names a crate of crates.io.
///
/// # Errors
/// A sink that is full, or that has such a file already.
pub fn render(book: &Book, sink: &dyn Sink) -> Result<(), Error> {
    let entries = book.entries().par_iter();
    let packed = entries.map(|entry| files(book, entry, sink));
    let packed: Vec<Vec<Packed>> = packed.collect::<Result<_, _>>()?;
    let mut packed: Vec<Packed> = packed.into_iter().flatten().collect();
    if packed.is_empty() {
        return Ok(());
    }
    packed.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (_, file) in packed {
        writer.add_prepared_file(file)?;
    }
    put(sink, ARCHIVE.to_owned(), writer.finish()?.into_inner())
}

fn files(book: &Book, entry: &Entry, sink: &dyn Sink) -> Result<Vec<Packed>, Error> {
    let mut packed = Vec::new();
    for place in places(entry) {
        let path = place.path();
        let bytes = file::text(entry, book.project(), &place).into_bytes();
        // A constant time: what is in the file says when it changed, and the archive changes with it alone.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        packed.push((
            path.clone(),
            PreparedZipFile::from_data(path.clone(), options, &bytes)?,
        ));
        put(sink, format!("rustsec/{path}"), bytes)?;
    }
    Ok(packed)
}

fn put(sink: &dyn Sink, path: String, bytes: Vec<u8>) -> Result<(), Error> {
    Ok(sink.put(Artifact::new(SitePath::new(path)?, bytes))?)
}
