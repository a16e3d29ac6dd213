//! Owns what both forms of VEX say alike: why versions are not affected, and what a withdrawal means for names.
//! Must never let a name acquit anybody while it still stands for a flaw.

use caveat_advisory::{Withdrawal, WithdrawalReason};
use caveat_check::{AffectedPackage, Book, Entry};

/// May all names of the flaw be used for versions that do not have it? Not where an advisory was withdrawn for the sake of
/// another, which the names stand for now, nor where it was too early or not to be reproduced: the flaw may be one; nor where an
/// advisory that stands has one of the names.
pub fn acquits(book: &Book, entry: &Entry) -> bool {
    let names = &entry.advisory.aliases;
    let stands = |other: &&Entry| other.advisory.withdrawn.is_none() && other.id != entry.id;
    let mut standing = book.entries().iter().filter(stands);
    is_none(entry)
        && !standing.any(|other| {
            other
                .advisory
                .aliases
                .iter()
                .any(|name| names.contains(name))
        })
}

/// Was it withdrawn, if at all, since there is no flaw?
fn is_none(entry: &Entry) -> bool {
    use WithdrawalReason::{NotAVulnerability, WrongPackage};
    entry.advisory.withdrawn.as_ref().is_none_or(|withdrawn| {
        let none = matches!(withdrawn.reason, NotAVulnerability | WrongPackage);
        none && withdrawn.replaced_by.is_empty()
    })
}

/// Why an advisory was withdrawn, and what to read instead.
pub fn withdrawn(withdrawn: &Withdrawal) -> String {
    let mut text = format!("Withdrawn: {}.", withdrawn.reason.label());
    if !withdrawn.replaced_by.is_empty() {
        text.push_str(&format!(
            " Read {} instead.",
            withdrawn.replaced_by.join(", ")
        ));
    }
    if let Some(note) = &withdrawn.note {
        text.push(' ');
        text.push_str(note.trim());
    }
    text
}

/// Why what is older than the first branch is not affected; empty where nothing is.
pub fn older(affected: &AffectedPackage) -> String {
    let first = affected.branches.first().and_then(|branch| branch.lower());
    first.map_or_else(String::new, |first| format!("The flaw came with {first}."))
}
