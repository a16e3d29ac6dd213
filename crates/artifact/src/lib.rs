//! Owns one file of the output: its path, its bytes, and the manifest of all of them.
//! Must never touch a disk, or know what a file means.

mod folded;
mod manifest;
mod path;
mod sink;

pub use manifest::{Digest, Manifest, SumsError, hex, sha256, unhex};
pub use path::{PathError, SitePath};
pub use sink::{Hashing, Memory, Sink, SinkError};

/// A file in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    path: SitePath,
    bytes: Vec<u8>,
}

impl Artifact {
    /// A file of these bytes at this path.
    pub fn new(path: SitePath, bytes: Vec<u8>) -> Self {
        Self { path, bytes }
    }

    /// Where it will be.
    pub fn path(&self) -> &SitePath {
        &self.path
    }

    /// What will be there.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}
