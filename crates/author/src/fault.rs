//! Owns why a text cannot be changed as asked, in sentences that say what to do.
//! Must never describe a faulty advisory: that is a diagnostic.

use caveat_advisory::Timestamp;

/// Why a text stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// `caveat check` says more about it.
    #[error("is no TOML: {0}")]
    Syntax(String),
    /// A key that holds something else than it should.
    #[error("has a wrong `{0}`; `caveat check` says more")]
    Shape(&'static str),
    /// Formatting would change more than the form.
    #[error("cannot be formatted without a loss; please report this, with the file")]
    Lossy,
    /// A draft gets its id here.
    #[error("has the id `{0}` already; take it out, the next free one is given here")]
    HasId(String),
    /// `modified` must grow.
    #[error("{at} is not later than its last revision, {last}; name a later time with --at")]
    NotLater {
        /// The time of the new revision.
        at: Timestamp,
        /// The time of the one before.
        last: Timestamp,
    },
    /// Nothing is withdrawn twice.
    #[error("is withdrawn already")]
    Withdrawn,
    /// Only what was withdrawn can stand again.
    #[error("is not withdrawn")]
    NotWithdrawn,
    /// Only what is kept back can be published early.
    #[error("has no `[embargo]` to end")]
    NoEmbargo,
    /// Readers have seen it.
    #[error("is published already: its first revision is not in the future")]
    Published,
    /// What is not published cannot be withdrawn.
    #[error("was never published: it has no revision")]
    Unpublished,
}
