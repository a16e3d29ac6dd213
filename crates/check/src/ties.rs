//! Owns what advisories of the feed have to do with each other, told from both sides.
//! Must never name what is not in the book.

use std::collections::BTreeMap;

use crate::book::Entry;

/// What one advisory has to do with another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tie {
    /// What, for people: `Regression of`, or `Superseded by`.
    pub label: &'static str,
    /// The other advisory.
    pub id: String,
}

/// Ties all entries, those of a relation and those of a withdrawal.
pub(crate) fn tie(entries: &mut [Entry]) {
    let mut ties: BTreeMap<String, Vec<Tie>> = BTreeMap::new();
    for entry in entries.iter() {
        for (label, inverse, other) in said(entry) {
            add(&mut ties, &entry.id, label, other);
            add(&mut ties, other, inverse, &entry.id);
        }
    }
    for entry in entries {
        entry.ties = ties.remove(&entry.id).unwrap_or_default();
    }
}

/// What an entry says of others: label here, label there, which.
fn said(entry: &Entry) -> Vec<(&'static str, &'static str, &String)> {
    let advisory = &entry.advisory;
    let relations = advisory.relations.iter();
    let mut all: Vec<_> = relations
        .map(|one| (one.kind.label(), one.kind.inverse(), &one.id))
        .collect();
    let withdrawn = advisory.withdrawn.iter();
    let successors = withdrawn.flat_map(|withdrawn| &withdrawn.replaced_by);
    all.extend(successors.map(|id| ("Replaced by", "Replaces", id)));
    all
}

/// A withdrawal and a relation may say the same: the one that says more is kept.
fn add(ties: &mut BTreeMap<String, Vec<Tie>>, id: &str, label: &'static str, other: &str) {
    let own = ties.entry(id.to_owned()).or_default();
    let plain = |label: &str| label == "Replaced by" || label == "Replaces";
    match own.iter_mut().find(|tie| tie.id == other) {
        Some(tie) if plain(tie.label) => tie.label = label,
        Some(_) if plain(label) => {}
        Some(tie) if tie.label == label => {}
        _ => own.push(Tie {
            label,
            id: other.to_owned(),
        }),
    }
}
