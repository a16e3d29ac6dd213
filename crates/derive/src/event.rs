//! Owns what can happen to a flaw in a history, and how that is known.
//! Must never hold a conclusion without its evidence.

use crate::Id;

/// What a commit does to the flaw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// From here on it is there.
    Starts,
    /// From here on it is gone.
    Ends,
}

impl Effect {
    /// What undoing it does.
    pub(crate) fn undone(self) -> Self {
        match self {
            Self::Starts => Self::Ends,
            Self::Ends => Self::Starts,
        }
    }
}

/// How it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The advisory says so.
    Given,
    /// Its message says that it was picked from that commit.
    Picked(Id),
    /// It makes the same change as that commit, and has the same author and date, or the same subject.
    SamePatch(Id),
    /// It has author, date and subject of that commit; the change differs, as after a conflict.
    SameAuthor(Id),
    /// Its message says that it reverts that commit.
    Reverts(Id),
    /// Its subject says so, and it takes back the very change.
    TakesBack(Id),
    /// Its subject says so, and the change differs.
    RevertsByName(Id),
}

impl Evidence {
    /// Sure enough to be published by itself.
    pub fn is_strong(self) -> bool {
        !matches!(self, Self::SameAuthor(_) | Self::RevertsByName(_))
    }

    /// The commit that it is known by.
    pub fn of(self) -> Option<Id> {
        match self {
            Self::Given => None,
            Self::Picked(id)
            | Self::SamePatch(id)
            | Self::SameAuthor(id)
            | Self::Reverts(id)
            | Self::TakesBack(id)
            | Self::RevertsByName(id) => Some(id),
        }
    }
}

/// A commit that matters to the flaw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its place in the graph.
    pub commit: u32,
    /// What it does.
    pub effect: Effect,
    /// How that is known.
    pub evidence: Evidence,
    /// Only a part of a fix that a later commit completes: by itself it changes nothing.
    pub part: bool,
}
