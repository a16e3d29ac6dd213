//! Owns every way in which a tree is not what was signed, each with a name of its own.
//! Must never call two different attacks by one name.

use std::fmt;

/// Something that is not as it was signed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The list itself, or a signature over it.
    Signature {
        /// Which file.
        file: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Listed, but not there.
    Missing(String),
    /// There, but with other bytes.
    Changed(String),
    /// There, but not listed.
    Extra(String),
    /// There, but a link or something else that is no file.
    NotAFile(String),
    /// Signed for another feed: one that tries things out, perhaps.
    Feed {
        /// The feed that it should be.
        expected: String,
        /// The feed that it was signed for.
        found: String,
    },
    /// What proves that a tree is the newest was taken away.
    Downgrade(String),
    /// Metadata below `tuf/`, in the words of the crate that judges it.
    Metadata(String),
    /// A target that is not what it should be a copy of.
    Target {
        /// Its name.
        name: String,
        /// What is wrong.
        reason: String,
    },
    /// A record.
    Record {
        /// Which file.
        file: String,
        /// What is wrong.
        reason: String,
    },
    /// The archive of all records.
    Archive(String),
    /// The index of all records.
    Index {
        /// Which part.
        file: String,
        /// What is wrong.
        reason: String,
    },
    /// Two lists under one number, both signed.
    TwoContents(u64),
    /// A clock that is behind makes old things look new.
    Clock {
        /// What the clock says.
        now: String,
        /// What is later, and surely was: `the last check was at ..`.
        after: String,
    },
    /// It was not there yet at the time that it is judged by.
    Early {
        /// The time to judge by.
        at: String,
        /// When it was issued: its commit.
        issued: String,
    },
}

impl Fault {
    /// A name for programs, which stays.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Signature { .. } => "signature",
            Self::Missing(_) => "missing",
            Self::Changed(_) => "changed",
            Self::Extra(_) => "extra",
            Self::NotAFile(_) => "not-a-file",
            Self::Feed { .. } => "other-feed",
            Self::Downgrade(_) => "downgrade",
            Self::Metadata(_) => "metadata",
            Self::Target { .. } => "target",
            Self::Record { .. } => "record",
            Self::Archive(_) => "archive",
            Self::Index { .. } => "index",
            Self::TwoContents(_) => "two-contents",
            Self::Clock { .. } => "clock",
            Self::Early { .. } => "early",
        }
    }

    /// Which file it is about, where it is about one.
    pub fn file(&self) -> Option<&str> {
        match self {
            Self::Signature { file, .. } | Self::Record { file, .. } | Self::Index { file, .. } => {
                Some(file)
            }
            Self::Missing(file)
            | Self::Changed(file)
            | Self::Extra(file)
            | Self::NotAFile(file)
            | Self::Downgrade(file)
            | Self::Target { name: file, .. } => Some(file),
            Self::Archive(_) => Some(ARCHIVE),
            Self::Feed { .. }
            | Self::Metadata(_)
            | Self::TwoContents(_)
            | Self::Clock { .. }
            | Self::Early { .. } => None,
        }
    }
}

/// Where the archive of all records is.
pub(crate) const ARCHIVE: &str = "osv/all.zip";

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Signature { file, reason }
            | Self::Record { file, reason }
            | Self::Index { file, reason } => write!(f, "{}: {reason}", file.escape_debug()),
            Self::Missing(path) => write!(f, "missing: {}", path.escape_debug()),
            Self::Changed(path) => write!(f, "changed: {}", path.escape_debug()),
            Self::Extra(path) => write!(f, "extra: {}", path.escape_debug()),
            Self::NotAFile(path) => write!(f, "not a file: {}", path.escape_debug()),
            Self::Feed { expected, found } => write!(
                f,
                "it was signed for the feed `{}`, and should be `{}`",
                found.escape_debug(),
                expected.escape_debug()
            ),
            Self::Downgrade(path) => write!(
                f,
                "{path} is missing: it proves that the rest is the newest, and nothing unsigned is taken instead"
            ),
            Self::Metadata(reason) => write!(f, "tuf/: {}", reason.escape_debug()),
            Self::Target { name, reason } => write!(f, "the target {name}: {reason}"),
            Self::Archive(reason) => write!(f, "{ARCHIVE}: {reason}"),
            Self::TwoContents(seq) => write!(
                f,
                "seq={seq} was seen before with another SHA256SUMS: somebody signed two"
            ),
            Self::Clock { now, after } => {
                write!(f, "the clock says {now}, but {after}: correct the clock")
            }
            Self::Early { at, issued } => write!(
                f,
                "it was issued at {issued}, after {at}, the time to judge it by"
            ),
        }
    }
}
