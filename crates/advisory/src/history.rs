//! Owns what an advisory says of its own past: revisions, its withdrawal, and the advisories it comes from.
//! Must never judge whether that past is true: git and the gate are its witnesses.

use jiff::Timestamp;

use crate::leaf::vocabulary;

/// One published state of the advisory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// When readers could first see it.
    pub at: Timestamp,
    /// What changed and why, one line.
    pub note: String,
    /// Nobody need act: no mail, and readers of feeds are not woken.
    pub editorial: bool,
    /// Which fields changed; empty for the first.
    pub changed: Vec<Change>,
    /// Why fewer people are told to act than before: fewer versions, a lower severity, a package or alias less.
    pub narrows: Option<String>,
    /// Why a version that was called fixed is not: its fix was taken back, or never was in it.
    pub fix_reverted: Option<String>,
    /// Why a withdrawn advisory stands again.
    pub reinstates: Option<String>,
}

impl Revision {
    /// Its reasons by the names of their keys, in the order of the form.
    pub fn reasons(&self) -> [(&'static str, Option<&str>); 3] {
        [
            ("narrows", self.narrows.as_deref()),
            ("fix-reverted", self.fix_reverted.as_deref()),
            ("reinstates", self.reinstates.as_deref()),
        ]
    }
}

impl Revision {
    /// A revision that says no more than when and what.
    pub fn new(at: Timestamp, note: impl Into<String>) -> Self {
        Self {
            at,
            note: note.into(),
            editorial: false,
            changed: Vec::new(),
            narrows: None,
            fix_reverted: None,
            reinstates: None,
        }
    }
}

/// One field that a revision changed. Long texts and names of people are never repeated.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The field as it is written: `severity`, `affected[torsh].versions`.
    pub field: String,
    /// What it said; absent where it was not there, or is too long to be repeated.
    pub from: Option<String>,
    /// What it says.
    pub to: Option<String>,
}

/// Why an advisory should not have been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// Since when.
    pub at: Timestamp,
    /// Of the closed list.
    pub reason: WithdrawalReason,
    /// The advisories to read instead.
    pub replaced_by: Vec<String>,
    /// One sentence for readers.
    pub note: Option<String>,
}

vocabulary! {
    /// Why an advisory was withdrawn.
    WithdrawalReason, "reason for a withdrawal" {
        /// Another advisory covers it.
        Duplicate = "duplicate" / "Duplicate of another advisory",
        /// A later advisory says it better.
        Superseded = "superseded" / "Superseded by another advisory",
        /// It was several flaws: each has an advisory of its own now.
        Split = "split" / "Split into several advisories",
        /// It was one flaw of several names: one advisory covers all.
        Merged = "merged" / "Merged into another advisory",
        /// It is no security flaw.
        NotAVulnerability = "not-a-vulnerability" / "Not a vulnerability",
        /// Nobody could reproduce it.
        NotReproducible = "not-reproducible" / "Not reproducible",
        /// It named the wrong package.
        WrongPackage = "wrong-package" / "Wrong package",
        /// It was published by mistake.
        IssuedInError = "issued-in-error" / "Issued in error",
    }
}

impl WithdrawalReason {
    /// Does the flaw live on in other advisories?
    pub fn needs_successor(self) -> bool {
        matches!(
            self,
            Self::Duplicate | Self::Superseded | Self::Split | Self::Merged
        )
    }
}

/// What an advisory has to do with an older one of the same feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// What.
    pub kind: RelationType,
    /// The older advisory.
    pub id: String,
}

vocabulary! {
    /// What an advisory has to do with an older one.
    RelationType, "relation" {
        /// It tells more of the same matter.
        FollowUpOf = "follow-up-of" / "Follow-up of",
        /// The fix of the older one left something open: this.
        IncompleteFixOf = "incomplete-fix-of" / "Incomplete fix of",
        /// A flaw that was fixed is back.
        RegressionOf = "regression-of" / "Regression of",
        /// Read this one instead.
        Supersedes = "supersedes" / "Supersedes",
        /// It is one of several flaws that the older one told as one.
        SplitFrom = "split-from" / "Split from",
        /// It tells as one what the older one told in part.
        Merges = "merges" / "Merges",
    }
}

impl RelationType {
    /// What the older advisory says of this one.
    pub fn inverse(self) -> &'static str {
        match self {
            Self::FollowUpOf => "Followed up by",
            Self::IncompleteFixOf => "The fix was incomplete; see",
            Self::RegressionOf => "The flaw came back; see",
            Self::Supersedes => "Superseded by",
            Self::SplitFrom => "Split into",
            Self::Merges => "Merged into",
        }
    }

    /// The reason for which the older one is withdrawn; `None` where it stands.
    pub fn withdraws(self) -> Option<WithdrawalReason> {
        match self {
            Self::Supersedes => Some(WithdrawalReason::Superseded),
            Self::SplitFrom => Some(WithdrawalReason::Split),
            Self::Merges => Some(WithdrawalReason::Merged),
            _ => None,
        }
    }
}
