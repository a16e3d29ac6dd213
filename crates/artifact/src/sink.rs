//! Owns where artifacts go: a stream from many threads, hashed as it passes.
//! Must never let two files share a name, not even on systems that do not tell capitals apart.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

use crate::folded::Folded;
use crate::{Artifact, Digest, Manifest, SitePath};

/// Takes artifacts, in any order, from any thread.
pub trait Sink: Sync {
    /// Takes one file.
    ///
    /// # Errors
    /// Whatever keeps the file from being there.
    fn put(&self, artifact: Artifact) -> Result<(), SinkError>;

    /// Keeps a name free: no file has it, and none will.
    ///
    /// # Errors
    /// A file has it already.
    fn reserve(&self, _path: &SitePath) -> Result<(), SinkError> {
        Ok(())
    }
}

/// A file that could not be taken.
#[derive(Debug, thiserror::Error)]
#[error("{source}")]
pub struct SinkError {
    path: SitePath,
    clash: bool,
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl SinkError {
    /// The file and the reason.
    pub fn new(
        path: SitePath,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self {
            path,
            clash: false,
            source: source.into(),
        }
    }

    fn clash(path: SitePath, reason: String) -> Self {
        Self {
            path,
            clash: true,
            source: reason.into(),
        }
    }

    /// Was the name taken already?
    pub fn is_clash(&self) -> bool {
        self.clash
    }

    /// Which file.
    pub fn path(&self) -> &SitePath {
        &self.path
    }
}

/// Keeps everything, for tests and for single views.
#[derive(Debug, Default)]
pub struct Memory {
    files: Mutex<BTreeMap<SitePath, Vec<u8>>>,
}

impl Memory {
    /// Everything that was put.
    pub fn into_files(self) -> BTreeMap<SitePath, Vec<u8>> {
        self.files
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Memory {
    fn put(&self, artifact: Artifact) -> Result<(), SinkError> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(artifact.path, artifact.bytes);
        Ok(())
    }
}

/// Hashes what passes on its way to another sink.
#[derive(Debug)]
pub struct Hashing<S> {
    inner: S,
    /// Each with the digest of its file; none where the name is kept free.
    seen: Mutex<BTreeMap<Folded, Option<Digest>>>,
}

impl<S> Hashing<S> {
    fn take(&self, path: SitePath, digest: Option<Digest>) -> Result<(), SinkError> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let name = Folded(path);
        let Some((Folded(other), earlier)) = seen.get_key_value(&name) else {
            seen.insert(name, digest);
            return Ok(());
        };
        let path = name.0;
        if digest.is_some() && earlier.is_some() {
            let reason = format!("two files would have one name: `{other}` and `{path}`");
            return Err(SinkError::clash(path, reason));
        }
        let reason = format!("`{path}` would be a file, and is kept free for a redirect");
        Err(SinkError::clash(path, reason))
    }
}

impl<S: Sink> Hashing<S> {
    /// Passes everything on to `inner`.
    pub fn new(inner: S) -> Self {
        Self {
            inner,
            seen: Mutex::default(),
        }
    }

    /// The manifest of all that passed, and the sink it went to.
    pub fn finish(self) -> (Manifest, S) {
        let seen = self
            .seen
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        let files = seen
            .into_iter()
            .filter_map(|(Folded(path), digest)| Some((path, digest?)));
        (Manifest::new(files.collect()), self.inner)
    }

    /// How many files passed so far.
    pub fn count(&self) -> usize {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.values().filter(|digest| digest.is_some()).count()
    }
}

impl<S: Sink> Sink for Hashing<S> {
    fn put(&self, artifact: Artifact) -> Result<(), SinkError> {
        let digest: Digest = Sha256::digest(&artifact.bytes).into();
        self.take(artifact.path.clone(), Some(digest))?;
        self.inner.put(artifact)
    }

    fn reserve(&self, path: &SitePath) -> Result<(), SinkError> {
        self.take(path.clone(), None)?;
        self.inner.reserve(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn artifact(path: &str, bytes: &[u8]) -> Artifact {
        Artifact::new(SitePath::new(path).expect("plain"), bytes.to_vec())
    }

    #[test]
    fn the_manifest_does_not_depend_on_the_order_of_arrival() {
        let sums = |paths: [&str; 3]| {
            let sink = Hashing::new(Memory::default());
            for path in paths {
                sink.put(artifact(path, path.as_bytes())).expect("taken");
            }
            sink.finish().0.to_sums()
        };
        assert_eq!(sums(["b", "B2", "a/c"]), sums(["a/c", "b", "B2"]));
    }

    #[test]
    fn names_that_differ_only_in_capitals_are_refused() {
        let sink = Hashing::new(Memory::default());
        sink.put(artifact("a/X", b"1")).expect("taken");
        let error = sink.put(artifact("A/x", b"2")).expect_err("refused");
        assert!(error.to_string().contains("`a/X` and `A/x`"));
    }
}
