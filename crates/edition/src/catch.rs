//! Owns keeping the few files that are listed for machines, as they pass on their way to readers.
//! Must never change a file, or keep more than those few.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use caveat_artifact::{Artifact, Sink, SinkError, SitePath};

/// All records.
pub const ARCHIVE: &str = "osv/all.zip";
/// Who may sign, for programs.
pub const KEYRING: &str = "keys/keyring.json";

/// Passes everything on, and keeps what an edition lists.
#[derive(Debug)]
pub struct Catch<S> {
    inner: S,
    caught: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl<S: Sink> Catch<S> {
    /// In front of a sink.
    pub fn new(inner: S) -> Self {
        Self {
            inner,
            caught: Mutex::default(),
        }
    }

    /// What is listed, by the last part of its path; and the sink.
    pub fn finish(self) -> (BTreeMap<String, Vec<u8>>, S) {
        let caught = self.caught.into_inner();
        (caught.unwrap_or_else(PoisonError::into_inner), self.inner)
    }
}

impl<S: Sink> Sink for Catch<S> {
    fn put(&self, artifact: Artifact) -> Result<(), SinkError> {
        let path = artifact.path().as_ref();
        if [ARCHIVE, KEYRING].contains(&path) {
            let name = path.rsplit('/').next().unwrap_or(path).to_owned();
            let mut caught = self.caught.lock().unwrap_or_else(PoisonError::into_inner);
            caught.insert(name, artifact.bytes().to_vec());
        }
        self.inner.put(artifact)
    }

    fn reserve(&self, path: &SitePath) -> Result<(), SinkError> {
        self.inner.reserve(path)
    }
}
