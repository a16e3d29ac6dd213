//! Owns what advisories of the feed have to do with each other, told from both sides.
//! Must never name what is not in the book.

use std::collections::BTreeMap;

use caveat_advisory::RelationType;

use crate::book::Entry;

/// What one advisory has to do with another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tie {
    /// What.
    pub kind: TieKind,
    /// The other advisory.
    pub id: String,
}

/// What an advisory can have to do with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TieKind {
    /// It says so itself: it is a regression of the other.
    Is(RelationType),
    /// The other says so: that it is a regression of this one.
    Has(RelationType),
    /// Its withdrawal names the other.
    ReplacedBy,
    /// The withdrawal of the other names it.
    Replaces,
}

impl TieKind {
    /// For people, before an id: `Regression of`, or `Superseded by`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Is(kind) => kind.label(),
            Self::Has(kind) => kind.inverse(),
            Self::ReplacedBy => "Replaced by",
            Self::Replaces => "Replaces",
        }
    }

    /// Does it come of a withdrawal alone, which says less than a relation?
    fn is_plain(self) -> bool {
        matches!(self, Self::ReplacedBy | Self::Replaces)
    }
}

/// Ties all entries, those of a relation and those of a withdrawal.
pub(crate) fn tie(entries: &mut [Entry]) {
    let mut ties: BTreeMap<String, Vec<Tie>> = BTreeMap::new();
    for entry in entries.iter() {
        for (here, there, other) in said(entry) {
            add(&mut ties, &entry.id, here, other);
            add(&mut ties, other, there, &entry.id);
        }
    }
    for entry in entries {
        entry.ties = ties.remove(&entry.id).unwrap_or_default();
    }
}

/// What an entry says of others: what is tied here, what there, which.
fn said(entry: &Entry) -> Vec<(TieKind, TieKind, &String)> {
    let advisory = &entry.advisory;
    let relations = advisory.relations.iter();
    let mut all: Vec<_> = relations
        .map(|one| (TieKind::Is(one.kind), TieKind::Has(one.kind), &one.id))
        .collect();
    let withdrawn = advisory.withdrawn.iter();
    let successors = withdrawn.flat_map(|withdrawn| &withdrawn.replaced_by);
    all.extend(successors.map(|id| (TieKind::ReplacedBy, TieKind::Replaces, id)));
    all
}

/// A withdrawal and a relation may say the same: the one that says more is kept.
fn add(ties: &mut BTreeMap<String, Vec<Tie>>, id: &str, kind: TieKind, other: &str) {
    let own = ties.entry(id.to_owned()).or_default();
    match own.iter_mut().find(|tie| tie.id == other) {
        Some(tie) if tie.kind.is_plain() => tie.kind = kind,
        Some(_) if kind.is_plain() => {}
        Some(tie) if tie.kind.label() == kind.label() => {}
        _ => own.push(Tie {
            kind,
            id: other.to_owned(),
        }),
    }
}
