//! Owns the question whether a publisher may go on: does its state know all that was signed for the tree that is out?
//! Must never believe the tree where the state says less: two contents under one version are a forgery by oneself.

use crate::chain::{below, next};
use crate::pointer::Newest;
use crate::{Chain, Fingerprint, Role, State};

/// Why nothing may be signed: the next number was, or may have been, used already.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fork {
    /// The state is older than what is out.
    #[error("what is out was signed as number {out}, and the state knows of {state} only")]
    Behind {
        /// What the state knows.
        state: u64,
        /// What is out.
        out: u64,
    },
    /// There is no state.
    #[error("what is out was signed as number {0}, and there is no state that knows of it")]
    Lost(u64),
    /// Nobody can tell what was signed.
    #[error(
        "what is out has a timestamp.json that no key of the roots here signed, and there is no state that knows what was signed"
    )]
    Unknown,
    /// Two publishers.
    #[error("number {0} was signed twice: what is out is not what the state remembers")]
    Twice(u64),
    /// The roots here are older than those that are out.
    #[error("version {0} of root is out, and is not here")]
    Root(u64),
}

/// The newest signing that a tree shows.
struct Shown {
    version: u64,
    file: Fingerprint,
    /// Clients forget it when they see the newest root.
    forgotten: bool,
}

impl Chain {
    /// May something be signed behind `state`, where `fetch` gives the files that are out, by their names below `tuf/`?
    ///
    /// What a thief pushed up is in nobody's way once the newest root makes every client forget it.
    ///
    /// # Errors
    /// Those of `fetch`.
    pub fn may_follow<E>(
        &self,
        state: Option<&State>,
        mut fetch: impl FnMut(&str) -> Result<Option<Vec<u8>>, E>,
    ) -> Result<Result<(), Fork>, E> {
        let after = self.newest().version() + 1;
        if let Some(bytes) = fetch(&Role::Root.file(after))?
            && next(self.newest(), &bytes).is_ok()
        {
            return Ok(Err(Fork::Root(after)));
        }
        let timestamp = fetch(&Role::Timestamp.file(1))?;
        Ok(timestamp.map_or(Ok(()), |bytes| self.judge(state, &bytes)))
    }

    fn judge(&self, state: Option<&State>, timestamp: &[u8]) -> Result<(), Fork> {
        match (self.shown(timestamp), state) {
            (Some(shown), _) if shown.forgotten => Ok(()),
            (None, None) => Err(Fork::Unknown),
            (None, Some(_)) => Ok(()),
            (Some(shown), None) => Err(Fork::Lost(shown.version)),
            (Some(shown), Some(state)) => {
                let (out, seq) = (shown.version, state.seq());
                let kept = state.timestamp.pointer;
                if out > seq {
                    Err(Fork::Behind { state: seq, out })
                } else if out == kept.version && shown.file != kept.file {
                    Err(Fork::Twice(out))
                } else {
                    Ok(())
                }
            }
        }
    }

    /// Signed under any root: keys that were replaced have signed honestly, too.
    fn shown(&self, timestamp: &[u8]) -> Option<Shown> {
        let name = || Role::Timestamp.file(1);
        let newest = self.newest();
        let versions = (1..=newest.version()).rev();
        let mut roots = versions.filter_map(|version| self.get(version));
        roots.find_map(|(root, _)| {
            let read = below::<Newest>(name(), timestamp, root).ok()?;
            let cut = |role| newest.cuts(root, role);
            Some(Shown {
                version: crate::document::Document::head(&read).version,
                file: Fingerprint::of(timestamp),
                forgotten: cut(Role::Timestamp) && cut(Role::Snapshot),
            })
        })
    }
}
