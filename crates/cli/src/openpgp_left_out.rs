//! Owns what a program says that was built without the feature `openpgp`, where a keyring wants OpenPGP signatures.
//! Must never publish without them.

use std::convert::Infallible;

use caveat_advisory::{Project, Timestamp};
use caveat_artifact::{Artifact, PathError, Sink, SinkError, SitePath};
use caveat_keyring::{Keyring, Role};

use crate::failure::Failure;
use crate::hands::Hands;

/// Nobody signs.
pub(crate) struct Seal(Infallible);

impl Seal {
    pub(crate) fn of(
        project: &Project,
        keyring: &Keyring,
        _: &Hands,
        _: Timestamp,
        _: bool,
    ) -> Result<Option<Self>, Failure> {
        if project.csaf.is_some() && !keyring.keys(Role::OpenPgp).is_empty() {
            return Err(Failure::OpenPgpLeftOut);
        }
        Ok(None)
    }

    pub(crate) fn fingerprint(&self) -> String {
        match self.0 {}
    }

    pub(crate) fn key(&self) -> Result<Artifact, PathError> {
        match self.0 {}
    }
}

/// Passes everything on.
pub(crate) struct Sealing<S>(S);

impl<S> Sealing<S> {
    pub(crate) fn into_inner(self) -> S {
        self.0
    }
}

impl<S: Sink> Sink for Sealing<S> {
    fn put(&self, artifact: Artifact) -> Result<(), SinkError> {
        self.0.put(artifact)
    }

    fn reserve(&self, path: &SitePath) -> Result<(), SinkError> {
        self.0.reserve(path)
    }
}

pub(crate) fn sealing<S: Sink>(sink: S, _: Option<&Seal>) -> Sealing<S> {
    Sealing(sink)
}
