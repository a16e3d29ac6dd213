//! Owns what can be said of a published tree, and every reason to refuse one.
//! Must never call two different attacks by one name.

use std::fmt;

use jiff::Timestamp as Time;

use crate::{Chain, Flaw, Memory, Role, SignatureFlaw, Targets};

/// What a check of a tree came to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The answer.
    pub verdict: Verdict,
    /// What to remember for the next time, whatever the answer was: it never forgets what protects from rollbacks.
    pub memory: Option<Memory>,
    /// The files that the feed vouches for, where the answer is fresh or stale.
    pub targets: Option<Targets>,
    /// The line of roots as far as it holds, where the trusted one is the first.
    pub chain: Option<Chain>,
}

/// The answer: four that call for four different acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Authentic, and the newest that anybody should know of.
    Fresh {
        /// When the first signature ends, and this answer with it.
        until: Time,
    },
    /// Authentic, but nobody has said for too long that it is the newest: a publisher asleep, or a mirror that withholds.
    Stale {
        /// What has ended, and when.
        expired: Vec<Expired>,
    },
    /// Authentic as far as it was read, but older than what was seen before: a slow mirror, or a rollback. Ask again.
    Behind(Behind),
    /// Not to be used.
    Invalid(Reason),
}

/// A document whose time is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expired {
    /// Whose it is.
    pub role: Role,
    /// When its time was over.
    pub at: Time,
}

/// How far a tree is behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Behind {
    /// What is older than it was: `timestamp` or `root`.
    pub role: Role,
    /// The version that was seen before, or is trusted.
    pub seen: u64,
    /// The version that the tree has, if it has one.
    pub offered: Option<u64>,
}

impl Behind {
    pub(crate) fn of(role: Role, seen: u64, offered: Option<u64>) -> Self {
        Self {
            role,
            seen,
            offered,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fresh { until } => write!(f, "fresh until {until}"),
            Self::Stale { expired } => {
                f.write_str("authentic, but stale: ")?;
                for (at, end) in expired.iter().enumerate() {
                    let comma = if at == 0 { "" } else { ", " };
                    write!(f, "{comma}{} ended at {}", end.role, end.at)?;
                }
                Ok(())
            }
            Self::Behind(behind) => write!(f, "behind: {behind}"),
            Self::Invalid(reason) => write!(f, "invalid: {reason}"),
        }
    }
}

impl fmt::Display for Behind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.offered {
            Some(offered) => write!(
                f,
                "{} is version {offered}, after {} was seen",
                self.role, self.seen
            ),
            None => write!(
                f,
                "there is no version {} of {}, which is trusted",
                self.seen, self.role
            ),
        }
    }
}

/// Why a tree is not to be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// A file that must be there is not. Nothing unsigned is taken instead.
    #[error("{0} is missing: a tree without it proves nothing")]
    Missing(String),
    /// More bytes than any good file has.
    #[error("{0} is longer than {1} bytes")]
    Long(String, u64),
    /// A file that is no metadata of ours.
    #[error("{0}: {1}")]
    Flaw(String, #[source] Flaw),
    /// A file that those who must sign did not sign.
    #[error("{0}: {1}")]
    Signature(String, #[source] SignatureFlaw),
    /// A file of another length than the signed pointer to it says.
    #[error("{file} has {found} bytes, not {listed}: it is not the file that was signed for")]
    Length {
        /// The file.
        file: String,
        /// What was signed.
        listed: u64,
        /// What there is.
        found: u64,
    },
    /// A file with another hash than the signed pointer to it says.
    #[error("{0} has another SHA-256 than was signed: it is not the file that was signed for")]
    Hash(String),
    /// A file with another version inside than its name or the pointer to it says.
    #[error("{file} should be version {expected}, and says that it is {found}")]
    Version {
        /// The file.
        file: String,
        /// What its name says.
        expected: u64,
        /// What it says.
        found: u64,
    },
    /// A new, signed document that points back to an older one.
    #[error(
        "the newest {role} is version {offered}, but version {seen} was seen before: a rollback by whoever signs"
    )]
    Rollback {
        /// What is older than it was.
        role: Role,
        /// The version that was seen.
        seen: u64,
        /// The version that is offered.
        offered: u64,
    },
    /// One version with two contents, both signed.
    #[error("version {1} of {0} was seen before with another content: somebody signed two")]
    TwoContents(Role, u64),
    /// The tree grows out of another root: another feed, or a forged one.
    #[error(
        "version {0} of root is not the one that is trusted: this is another feed, or a forged one"
    )]
    OtherRoot(u64),
    /// Nothing that the line of roots knows.
    #[error("{0}: no root vouches for it")]
    Stranger(String),
    /// More new roots than any feed has.
    #[error("there are more than {0} new roots")]
    Endless(u64),
    /// This machine's clock would make old things look fresh.
    #[error("the clock says {now}, but the last check was at {seen}: correct the clock")]
    Clock {
        /// What the clock says.
        now: Time,
        /// When it was surely.
        seen: Time,
    },
}
