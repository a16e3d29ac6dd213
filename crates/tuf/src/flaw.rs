//! Owns why a document cannot be read as metadata, each reason with its own name.
//! Must never speak of signatures' worth: a document without a flaw may still be a lie.

use crate::{JsonFlaw, KeyId, Role, name::NameFlaw};

/// Why some bytes are no metadata of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// No canonical JSON.
    #[error(transparent)]
    Json(#[from] JsonFlaw),
    /// A field is not there.
    #[error("the field `{0}` is missing")]
    Missing(String),
    /// A field that the document should not have.
    #[error("the field `{0}` is not expected")]
    Unexpected(String),
    /// A field holds another kind of value.
    #[error("`{0}` should be {1}")]
    Shape(String, &'static str),
    /// Metadata of another role.
    #[error("it is `{1}` metadata, not {0}")]
    Type(Role, String),
    /// A later major version, or no version at all.
    #[error("spec_version is `{0}`; only 1.x is understood")]
    SpecVersion(String),
    /// Versions start at 1.
    #[error("its version is 0")]
    VersionZero,
    /// A number that some readers would round.
    #[error("its {0} is 2^53 or more")]
    Large(&'static str),
    /// Another form of time than the specification's.
    #[error("`{0}` is no time such as 2026-11-21T00:00:00Z")]
    Time(String),
    /// RSA, ECDSA and others.
    #[error("a key of the type `{0}`; only ed25519 is understood")]
    KeyType(String),
    /// Another way to sign.
    #[error("a key with the scheme `{0}`; only ed25519 is understood")]
    Scheme(String),
    /// No point of the curve, or one that anybody can sign for.
    #[error("a key is weak: anybody could sign for it, or one person for several")]
    WeakKey,
    /// The id is not the hash of the key: the way to list one key twice.
    #[error("a key is listed under the id {0}, but its id is {1}")]
    WrongKeyId(String, KeyId),
    /// A role that nobody can sign for.
    #[error("the role {0} has no keys")]
    NoKeys(Role),
    /// A role that nobody need sign for.
    #[error("the threshold of the role {0} is 0")]
    ThresholdZero(Role),
    /// A role that can never be signed for.
    #[error("the role {0} asks for {1} signatures of {2} keys")]
    Unreachable(Role, u64, u64),
    /// A role names a key that is not there.
    #[error("the role {0} names the key {1}, which is not listed")]
    UnknownKey(Role, String),
    /// One key twice in a role.
    #[error("the role {0} names the key {1} twice")]
    RepeatedKey(Role, KeyId),
    /// A key that no role names.
    #[error("the key {0} has no role")]
    IdleKey(KeyId),
    /// Files whose names do not hold versions could be swapped in the middle of an update.
    #[error("consistent_snapshot is not true")]
    NotConsistent,
    /// A target with a name that is no plain file name.
    #[error("the target `{0}`: {1}")]
    Name(String, NameFlaw),
    /// Two names that are one file on some machines.
    #[error("the targets `{0}` and `{1}` differ in case alone")]
    Collision(String, String),
    /// Nobody signed it.
    #[error("it has no signature")]
    Unsigned,
    /// One key signed twice: somebody wants to be counted twice.
    #[error("the key {0} has two signatures")]
    RepeatedSignature(KeyId),
    /// Another order than ours.
    #[error("`{0}` is out of order")]
    Order(&'static str),
    /// It says what it should, in other words than the writer's.
    #[error("it is not written as the writer would write it")]
    Form,
}
