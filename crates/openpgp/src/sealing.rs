//! Owns signing on the way: a sink that puts a signature beside each file that somebody names, from many threads.
//! Must never let such a file pass without one.

use caveat_artifact::{Artifact, Sink, SinkError, SitePath};
use jiff::Timestamp;

use crate::Seal;

/// Says of a file when it was changed last, where it is one to sign.
pub type Wanted = fn(path: &str, bytes: &[u8]) -> Option<Timestamp>;

/// Signs some of what passes on its way to another sink; nothing, where there is no seal.
pub struct Sealing<'s, S> {
    inner: S,
    seal: Option<&'s Seal>,
    wanted: Wanted,
}

impl<'s, S: Sink> Sealing<'s, S> {
    /// Passes everything on to `inner`, with a signature before each file that is `wanted`.
    pub fn new(inner: S, seal: Option<&'s Seal>, wanted: Wanted) -> Self {
        Self {
            inner,
            seal,
            wanted,
        }
    }

    /// The sink behind it.
    pub fn into_inner(self) -> S {
        self.inner
    }
}

impl<S: Sink> Sink for Sealing<'_, S> {
    fn put(&self, artifact: Artifact) -> Result<(), SinkError> {
        let path = artifact.path();
        let wanted = |seal| Some((seal, (self.wanted)(path.as_ref(), artifact.bytes())?));
        if let Some((seal, changed)) = self.seal.and_then(wanted) {
            let refused = |error: Box<dyn std::error::Error + Send + Sync>| {
                SinkError::new(path.clone(), error)
            };
            let text = seal.sign(artifact.bytes(), changed);
            let text = text.map_err(|error| refused(Box::from(error)))?;
            let beside = SitePath::new(format!("{path}.asc"));
            let beside = beside.map_err(|error| refused(Box::from(error)))?;
            self.inner.put(Artifact::new(beside, text.into_bytes()))?;
        }
        self.inner.put(artifact)
    }

    fn reserve(&self, path: &SitePath) -> Result<(), SinkError> {
        self.inner.reserve(path)
    }
}
