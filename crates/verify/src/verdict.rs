//! Owns the answer to whoever asks about a tree: four words that call for four different acts, and why.
//! Must never call what has ended forged, or what is older an attack.

use std::fmt;

use caveat_tuf::{Behind, Expired, Role};
use jiff::Timestamp as Time;

use crate::{Comment, Fault, Memory, PublicKey};

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// What was signed, whole, nothing else, and nothing in it has ended.
    Fresh {
        /// When the first signature ends; none where nothing says so.
        until: Option<Time>,
    },
    /// Authentic, but nobody has said for too long that it is the newest.
    Stale(Vec<Ended>),
    /// Authentic as far as it can be known, but older than what was seen before.
    Behind(Vec<Older>),
    /// Not to be used, for the faults beside it.
    Invalid,
}

impl Verdict {
    /// One word, which stays.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Fresh { .. } => "fresh",
            Self::Stale(_) => "stale",
            Self::Behind(_) => "behind",
            Self::Invalid => "invalid",
        }
    }

    /// What a program says to the shell.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Fresh { .. } => 0,
            Self::Invalid => 1,
            Self::Stale(_) => 3,
            Self::Behind(_) => 4,
        }
    }
}

/// Something whose time is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// A file, or the newest of its kind.
    pub what: String,
    /// The same, where it is one whose name does not change.
    pub file: Option<String>,
    /// When its time was over.
    pub at: Time,
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} was good until {}", self.what, self.at)
    }
}

impl From<Expired> for Ended {
    fn from(expired: Expired) -> Self {
        let file = (expired.role == Role::Timestamp).then(|| "tuf/timestamp.json".to_owned());
        let newest = || format!("the newest {} below tuf/", expired.role);
        Self {
            what: file.clone().unwrap_or_else(newest),
            file,
            at: expired.at,
        }
    }
}

/// Something that is older than it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Older {
    /// A file, or what it says.
    pub what: String,
    /// What was seen before.
    pub seen: String,
    /// What there is now.
    pub offered: String,
}

impl fmt::Display for Older {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} is {}, after {} was seen",
            self.what, self.offered, self.seen
        )
    }
}

impl From<&Behind> for Older {
    fn from(behind: &Behind) -> Self {
        let offered = behind.offered;
        Self {
            what: format!("the {} below tuf/", behind.role),
            seen: format!("version {}", behind.seen),
            offered: offered.map_or_else(
                || "not there".to_owned(),
                |offered| format!("version {offered}"),
            ),
        }
    }
}

/// Who vouches for a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vouched {
    /// A root that was trusted before.
    Root,
    /// An authority that was trusted before, by a certificate.
    Authority,
    /// A key that was trusted before.
    Key,
    /// Nobody: it was compared with itself.
    Itself,
}

impl Vouched {
    /// One word, which stays.
    pub fn word(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Authority => "ca",
            Self::Key => "key",
            Self::Itself => "itself",
        }
    }
}

/// The answer, and all that was found on the way to it.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The answer.
    pub verdict: Verdict,
    /// Everything that is wrong, sorted. Empty is good.
    pub faults: Vec<Fault>,
    /// How many files were read.
    pub files: usize,
    /// How many bytes they have.
    pub bytes: u64,
    /// The feed that it was held to be; empty where nothing says which.
    pub feed: String,
    /// Who vouches for it.
    pub vouched: Vouched,
    /// The key that signed the list of files, where its signature holds.
    pub signer: Option<PublicKey>,
    /// What the signer says in minisign's trusted comment; empty if it could not be trusted.
    pub comment: String,
    /// The same, read.
    pub said: Option<Comment>,
    /// The version of the newest root.
    pub root: Option<u64>,
    /// What to remember for the next time, whatever the answer is.
    pub memory: Option<Memory>,
}

impl Answer {
    /// What to do about it; nothing where it is fresh.
    pub fn advice(&self) -> Option<&'static str> {
        match &self.verdict {
            Verdict::Fresh { .. } => None,
            Verdict::Stale(_) if self.vouched == Vouched::Itself => Some(
                "everything is consistent with itself, but it may not be the newest: ask again or ask another mirror; where both are stale, ask the publisher",
            ),
            Verdict::Stale(_) => Some(
                "everything is authentic, but it may not be the newest: ask again or ask another mirror; where both are stale, ask the publisher",
            ),
            Verdict::Behind(_) => Some(
                "this copy is older than one that was seen: ask again in some minutes or ask another mirror; where it stays so, somebody may be holding back what is new",
            ),
            Verdict::Invalid => Some(self.refusal()),
        }
    }

    /// No mirror is to blame for the reader's own clock.
    fn refusal(&self) -> &'static str {
        match self.faults.as_slice() {
            [Fault::Clock { .. }] => {
                "nothing can be said by such a clock: correct it, and ask again"
            }
            [Fault::Early { .. }] => {
                "name a later time, or none: what was not there yet is not judged"
            }
            _ => "do not use it: ask another mirror, and tell the publisher",
        }
    }
}
