//! Owns the four roles, and what the files that they sign are called.
//! Must never know a fifth: there are no delegations here.

use std::fmt;

/// Who may sign what (specification 2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Says which keys every role has, its own as well.
    Root,
    /// Says which files there are.
    Targets,
    /// Says which list of files is the one.
    Snapshot,
    /// Says that this is the newest, and until when nobody need ask again.
    Timestamp,
}

impl Role {
    /// All roles, in the order in which a keyring lists them.
    pub const ALL: [Self; 4] = [Self::Root, Self::Snapshot, Self::Targets, Self::Timestamp];

    /// The word of the specification.
    pub fn name(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Targets => "targets",
            Self::Snapshot => "snapshot",
            Self::Timestamp => "timestamp",
        }
    }

    /// The file of this version. Only the newest timestamp has a name that can be known (specification 6.2.1).
    pub fn file(self, version: u64) -> String {
        match self {
            Self::Timestamp => "timestamp.json".to_owned(),
            _ => format!("{version}.{}.json", self.name()),
        }
    }

    /// The longest file that every client takes: python-tuf, tuf-js and go-tuf have these limits as they come.
    pub fn longest(self) -> u64 {
        match self {
            Self::Root => 512_000,
            Self::Targets => 5_000_000,
            Self::Snapshot => 2_000_000,
            Self::Timestamp => 16_384,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
