//! Owns what readers see until now: an older tree, as far as its signed list and its records tell.
//! Must never take what cannot be read for what did not change.

use caveat_advisory::Timestamp;
use caveat_artifact::{Digest, SitePath};
use caveat_check::Entry;
use caveat_gate::Record;
use caveat_publish::Out;

/// An older tree.
pub(crate) struct Before(Out);

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
    /// The tree that was verified.
    pub(crate) fn new(out: Out) -> Self {
        Self(out)
    }

    /// What became of an advisory whose record has this path and hash now; none where readers were told nothing.
    pub(super) fn change(
        &mut self,
        entry: &Entry,
        record: &SitePath,
        now: &Digest,
    ) -> Option<Change> {
        match self.0.manifest().files().get(record).copied() {
            None => Some(Change::New),
            Some(digest) if digest == *now => None,
            // Nobody is told of what is editorial, nor of bytes that a newer program writes otherwise.
            Some(_) if self.modified(&entry.id) >= Some(entry.told_at()) => None,
            Some(_) if entry.advisory.withdrawn.is_some() => Some(Change::Withdrawn),
            Some(_) => Some(Change::Updated),
        }
    }

    /// Out of the archive: a copy of a tree has no other records.
    fn modified(&mut self, id: &str) -> Option<Timestamp> {
        let bytes = self.0.record(id).ok()?;
        Some(Record::read(id, &bytes).ok()?.modified)
    }
}
