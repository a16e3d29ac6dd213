//! Owns what stays of earlier editions: whoever has read the timestamp before may still ask for what it leads to.
//! Must never name a file that no state of ours pointed at, or believe one whose bytes are others.

use std::collections::BTreeMap;

use caveat_artifact::{PathError, SitePath};
use caveat_tuf::{DIRECTORY, Fingerprint, State, Targets, target_path};
use jiff::{SignedDuration, Timestamp};

/// A file to carry over: where it lies, and what tells its bytes from all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Below the feed's address.
    pub path: SitePath,
    /// Its bytes.
    pub file: Fingerprint,
}

/// The documents of editions that ended a short while ago, by their names below `tuf/`.
#[derive(Clone, Debug, Default)]
pub struct Superseded {
    documents: BTreeMap<String, Fingerprint>,
}

impl Superseded {
    /// How long a document is kept after another took its place: as long as a timestamp may still lead to it, and a week.
    pub fn room(timestamp: SignedDuration) -> SignedDuration {
        timestamp.saturating_add(SignedDuration::from_hours(24 * 7))
    }

    /// Of these states, the newest first, all whose end is no further back than `room`. The newest ends now.
    ///
    /// # Errors
    /// Those of the states. No more of them are asked for than are needed.
    pub fn among<E>(
        states: impl Iterator<Item = Result<State, E>>,
        now: Timestamp,
        room: SignedDuration,
    ) -> Result<Self, E> {
        let mut documents = BTreeMap::new();
        let oldest = now.saturating_sub(room).unwrap_or(Timestamp::MIN);
        let mut end = now;
        for state in states {
            if end < oldest {
                break;
            }
            let state = state?;
            end = state.issued();
            documents.extend(state.documents());
        }
        Ok(Self { documents })
    }

    /// What is to be carried over beside `new`, which is made anew. `read` gives the files that are out, by their names
    /// below `tuf/`; lists that are not as they were signed lead to nothing.
    ///
    /// # Errors
    /// Those of `read`.
    pub fn kept<E: From<PathError>>(
        &self,
        read: impl Fn(&str) -> Result<Option<Vec<u8>>, E>,
    ) -> Result<Vec<Kept>, E> {
        let mut files = self.documents.clone();
        for (name, document) in &self.documents {
            let Some(bytes) = read(name)? else {
                continue;
            };
            if name.ends_with(".targets.json") && Fingerprint::of(&bytes) == *document {
                files.extend(listed(&bytes));
            }
        }
        let kept = |(name, file)| {
            let path = SitePath::new(format!("{DIRECTORY}{name}"))?;
            Ok(Kept { path, file })
        };
        files.into_iter().map(kept).collect()
    }
}

/// Where the files of a list lie below `tuf/`. Nothing for what is no list.
pub fn listed(list: &[u8]) -> BTreeMap<String, Fingerprint> {
    let targets = Targets::known(list);
    let files = targets.map(|targets| targets.files().clone());
    let files = files.unwrap_or_default().into_iter();
    files
        .map(|(name, file)| (target_path(&name, &file), file))
        .collect()
}
