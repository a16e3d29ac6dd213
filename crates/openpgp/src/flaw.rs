//! Owns the reasons why a key or a signature is not good.
//! Must never say "invalid" where it can say why.

use jiff::Timestamp;

/// What is wrong with a key, or with a signature of a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// Other bytes than this program writes.
    #[error("it is no {0} as this program writes it")]
    Form(&'static str),
    /// A signature that says nothing of the ends of lines.
    #[error("it signs a text, whose line ends anybody may change, and not the bytes of a file")]
    Text,
    /// Made by somebody else.
    #[error("it was made with another key, {0}")]
    Key(String),
    /// The file was sent through something that changes the ends of lines.
    #[error("it fits the file with other line ends: something converted them")]
    LineEnds,
    /// The bytes or the signature were changed.
    #[error("it does not fit the file: one of the two was changed")]
    Mismatch,
    /// The list of digests beside a file is of other bytes, or of another name.
    #[error("its .{0} does not fit it")]
    Digest(&'static str),
    /// A signature from before its key.
    #[error("it was made before its key")]
    BeforeKey,
    /// A signature from after the end of its key.
    #[error("it was made when the key had expired, at {0}")]
    AfterKey(Timestamp),
    /// The key has come to its end.
    #[error("the key expired at {0}")]
    Expired(Timestamp),
    /// Signed or made later than now.
    #[error("it is from the future: {0}")]
    Future(Timestamp),
    /// A time that OpenPGP cannot write.
    #[error("{0} is not between 1970 and 2106, which is all that OpenPGP can write")]
    Time(Timestamp),
    /// An end before the beginning.
    #[error("the key ends at {until}, and begins at {from}")]
    Period {
        /// When it begins.
        from: Timestamp,
        /// When it ends.
        until: Timestamp,
    },
    /// A name that readers cannot be shown.
    #[error("`{}` cannot be the name of a key: it has to be text of one line", .0.escape_debug())]
    Name(String),
}
