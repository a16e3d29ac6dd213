//! Owns the files of the database, each beside its packed twin.
//! Must never make an empty database: whoever asks it would be told that all is well.

use caveat_artifact::{Artifact, PathError, Sink, SinkError, SitePath};
use caveat_convert::{Record, Records};
use rayon::prelude::*;
use serde::Serialize;

use crate::packed::{gzip, json};
use crate::record::{GoRecord, of};
use crate::{ECOSYSTEM, index};

const DATABASE: &str = "go/index/db.json";
const MODULES: &str = "go/index/modules.json";
const VULNS: &str = "go/index/vulns.json";

/// Why the database could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A name that cannot be part of a path.
    #[error(transparent)]
    Path(#[from] PathError),
    /// The sink refused an artifact.
    #[error(transparent)]
    Sink(#[from] SinkError),
    /// A file could not be packed.
    #[error("cannot pack `{path}`: {source}")]
    Pack {
        /// Which file.
        path: String,
        /// What the library says.
        source: std::io::Error,
    },
}

/// The record within the site, if it names a Go module.
pub fn path(record: &Record) -> Option<String> {
    let named = record.ecosystems().contains(ECOSYSTEM);
    named.then(|| place(record.id()))
}

/// Where the record of an advisory is, or was.
pub fn place(id: &str) -> String {
    format!("go/ID/{id}.json")
}

/// The indexes, with their twins.
pub fn indexes() -> impl Iterator<Item = String> {
    let names = [DATABASE, MODULES, VULNS].into_iter();
    names.flat_map(|name| [name.to_owned(), format!("{name}.gz")])
}

/// Puts every file, if any record names a Go module.
///
/// # Errors
/// A sink that is full, or that has such a file already.
pub fn render(records: &Records, sink: &dyn Sink) -> Result<(), Error> {
    let named = |record: &&Record| path(record).is_some();
    let found: Vec<GoRecord> = records
        .all()
        .par_iter()
        .filter(named)
        .filter_map(of)
        .collect();
    if found.is_empty() {
        return Ok(());
    }
    let put = |record: &GoRecord| both(sink, place(&record.id), &record.value);
    found.par_iter().try_for_each(put)?;
    both(sink, DATABASE.to_owned(), &index::database(&found))?;
    both(sink, MODULES.to_owned(), &index::modules(&found))?;
    both(sink, VULNS.to_owned(), &index::vulns(&found))
}

/// A file for those who read a directory, and its twin for those who fetch it.
fn both(sink: &dyn Sink, path: String, value: &impl Serialize) -> Result<(), Error> {
    let bytes = json(value);
    let packed = gzip(&bytes).map_err(|source| Error::Pack {
        path: path.clone(),
        source,
    })?;
    put(sink, format!("{path}.gz"), packed)?;
    put(sink, path, bytes)
}

fn put(sink: &dyn Sink, path: String, bytes: Vec<u8>) -> Result<(), Error> {
    Ok(sink.put(Artifact::new(SitePath::new(path)?, bytes))?)
}
