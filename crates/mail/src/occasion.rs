//! Owns why a mail about an advisory is written.
//! Must never give one state of an advisory two reasons.

use caveat_advisory::{Relation, RelationType};
use caveat_check::Entry;

/// Why readers are told, by what the last revision is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// The advisory is new.
    Announce,
    /// It is new, and an earlier fix was not enough, or was undone.
    Regression,
    /// It is new, before the day that was agreed.
    PublishedEarly,
    /// It was revised.
    Update,
    /// It was withdrawn.
    Withdrawal,
}

impl Occasion {
    /// What the last mail of an advisory is for.
    pub fn of(entry: &Entry) -> Self {
        let advisory = &entry.advisory;
        let early = advisory.embargo.as_ref();
        let early = early.is_some_and(|embargo| embargo.ended_early.is_some());
        match (&advisory.withdrawn, entry.told) {
            (Some(_), _) => Self::Withdrawal,
            (None, 2..) => Self::Update,
            (None, _) if early => Self::PublishedEarly,
            (None, _) if reopened(entry).next().is_some() => Self::Regression,
            (None, _) => Self::Announce,
        }
    }

    /// The word that commands use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Announce => "announce",
            Self::Regression => "regression",
            Self::PublishedEarly => "published-early",
            Self::Update => "update",
            Self::Withdrawal => "withdrawal",
        }
    }
}

/// The older advisories whose fix left this flaw open, or was undone.
pub(crate) fn reopened(entry: &Entry) -> impl Iterator<Item = &Relation> {
    let open = |one: &&Relation| {
        matches!(
            one.kind,
            RelationType::IncompleteFixOf | RelationType::RegressionOf
        )
    };
    entry.advisory.relations.iter().filter(open)
}

/// `incomplete fix of ID`, for a subject.
pub(crate) fn reopening(relation: &Relation) -> String {
    format!("{} {}", relation.kind.label().to_lowercase(), relation.id)
}
