//! Owns the files: a record for each CVE id that is ours, and the list of them.
//! Must never hold all records at once: each goes to the sink as it is made.

use caveat_artifact::{Artifact, PathError, Sink, SinkError, SitePath};
use caveat_check::Book;
use rayon::prelude::*;
use serde::Serialize;

use crate::json;
use crate::model::Time;
use crate::record::{PUBLISHED, REJECTED, record, updated};
use crate::voice::{record_path, voices};

const INDEX: &str = "cve/index.json";

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

/// A record as the list names it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'b> {
    advisories: Vec<&'b str>,
    cve_id: &'b str,
    date_updated: Time,
    path: String,
    state: &'static str,
}

/// Puts every record and the list, if caveat.toml says who assigns CVE ids.
///
/// # Errors
/// A sink that is full, or that has such a file already.
pub fn render(book: &Book, sink: &dyn Sink) -> Result<(), Error> {
    let Some(cve) = &book.project().cve else {
        return Ok(());
    };
    let voices = voices(book);
    voices.par_iter().try_for_each(|voice| match voice.cve {
        Some(id) => put(sink, record_path(id), record(book, cve, id, voice)),
        None => Ok(()),
    })?;
    let rows = voices.iter().filter_map(|voice| {
        let cve_id = voice.cve?;
        Some(Row {
            advisories: voice
                .entries
                .iter()
                .map(|entry| entry.id.as_str())
                .collect(),
            cve_id,
            date_updated: Time(updated(voice)),
            path: record_path(cve_id),
            state: if voice.rejected().is_some() {
                REJECTED
            } else {
                PUBLISHED
            },
        })
    });
    put(
        sink,
        INDEX.to_owned(),
        json::bytes(&rows.collect::<Vec<_>>()),
    )
}

fn put(sink: &dyn Sink, path: String, bytes: Vec<u8>) -> Result<(), Error> {
    Ok(sink.put(Artifact::new(SitePath::new(path)?, bytes))?)
}
