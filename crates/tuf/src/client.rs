//! Owns the question that a client asks of a tree: which root it trusts, what it remembers, and what time it is.
//! Must never read a clock or a file: both are told.

use jiff::{SignedDuration, Timestamp as Time};

use crate::walk::{Stop, Walk};
use crate::{Memory, Outcome};

/// The time to judge by, fixed before the first file is read (specification 5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// What the clock says.
    Now(Time),
    /// A day that somebody names, for a copy that is kept away from the network. Nothing is learnt about the clock.
    OfflineAt(Time),
}

/// What a tree is held against.
#[derive(Clone, Debug)]
pub struct Check<'a> {
    /// The root that is trusted, got in another way than the tree.
    pub root: &'a [u8],
    /// What was remembered of the last check.
    pub memory: Option<&'a Memory>,
    /// The time to judge by.
    pub when: When,
    /// For how long after its end a signature still counts as fresh.
    pub max_stale: SignedDuration,
}

impl Check<'_> {
    /// Judges a tree. `fetch` gives the file of a name below `tuf/`, or none where there is none; of a longer file than the
    /// number it is told, it may give no more than one byte beyond that number.
    ///
    /// # Errors
    /// Those of `fetch`: then nothing was found out.
    pub fn run<E>(
        &self,
        fetch: impl FnMut(&str, u64) -> Result<Option<Vec<u8>>, E>,
    ) -> Result<Outcome, E> {
        let mut walk = Walk::new(self, fetch);
        let (verdict, targets) = match walk.all() {
            Ok(targets) => (walk.verdict(), Some(targets)),
            Err(Stop::Verdict(verdict)) => (verdict, None),
            Err(Stop::Fetch(error)) => return Err(error),
        };
        Ok(walk.end(verdict, targets))
    }

    pub(crate) fn time(&self) -> Time {
        match self.when {
            When::Now(time) | When::OfflineAt(time) => time,
        }
    }
}
