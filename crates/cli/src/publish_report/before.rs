//! Owns what readers see until now: an older tree, as far as its list and its records tell.
//! Must never take what cannot be read for what did not change.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use caveat_advisory::Timestamp;
use caveat_artifact::{Digest, Manifest, SitePath};
use caveat_check::Entry;
use caveat_verify::SUMS;

use crate::failure::Failure;

/// An older tree.
pub(crate) struct Before {
    directory: PathBuf,
    manifest: Manifest,
}

/// What readers hear of an advisory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// They did not see it before.
    New,
    /// They were told of a change.
    Updated,
    /// It stands no longer.
    Withdrawn,
}

impl Change {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Updated => "updated",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Before {
    /// The tree there; none where nothing was published yet.
    ///
    /// # Errors
    /// A list that cannot be read.
    pub(crate) fn read(directory: &Path) -> Result<Option<Self>, Failure> {
        let path = directory.join(SUMS);
        let sums = match fs::read(&path) {
            Ok(sums) => sums,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(Failure::Read { path, source }),
        };
        let manifest = Manifest::parse_sums(&sums);
        let manifest = manifest.map_err(|source| Failure::Sums { path, source })?;
        Ok(Some(Self {
            directory: directory.to_owned(),
            manifest,
        }))
    }

    /// What became of an advisory whose record has this path and hash now; none where readers were told nothing.
    pub(super) fn change(&self, entry: &Entry, record: &SitePath, now: &Digest) -> Option<Change> {
        match self.manifest.files().get(record) {
            None => Some(Change::New),
            Some(digest) if digest == now => None,
            // Nobody is told of what is editorial, nor of bytes that a newer program writes otherwise.
            Some(_) if self.modified(record) >= Some(entry.told_at()) => None,
            Some(_) if entry.advisory.withdrawn.is_some() => Some(Change::Withdrawn),
            Some(_) => Some(Change::Updated),
        }
    }

    fn modified(&self, record: &SitePath) -> Option<Timestamp> {
        let bytes = fs::read(self.directory.join(record.as_ref())).ok()?;
        let record: serde_json::Value = serde_json::from_slice(&bytes).ok()?;
        record.get("modified")?.as_str()?.parse().ok()
    }
}
