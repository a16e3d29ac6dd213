//! Owns versions as RustSec writes them: not what is affected, but what is patched and what never was affected.
//! Must never let a version be on both sides, or on none.

use std::ops::Bound;

use caveat_check::AffectedPackage;
use caveat_versions::{Ranges, Version};

/// Requirements as Cargo reads them: at most one lower and one upper bound each, no two that share a version.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Requirements {
    /// From a first fix on.
    pub(crate) patched: Vec<String>,
    /// Before the flaw, and after a version that is only known to be the last: nobody says what ended it there.
    pub(crate) unaffected: Vec<String>,
    /// What they leave.
    pub(crate) affected: Vec<String>,
}

pub(crate) fn requirements(rows: &[&AffectedPackage]) -> Requirements {
    let branches = rows.iter().flat_map(|row| row.branches.iter().cloned());
    of(&Ranges::merge(&branches.collect::<Vec<_>>()))
}

pub(crate) fn of(affected: &Ranges) -> Requirements {
    let mut found = Requirements {
        affected: affected.bounds().map(requirement).collect(),
        ..Requirements::default()
    };
    for (from, to) in affected.complement().bounds() {
        if is_last_number(from) {
            continue;
        }
        let list = match from {
            Bound::Included(_) => &mut found.patched,
            Bound::Excluded(_) | Bound::Unbounded => &mut found.unaffected,
        };
        list.push(requirement((from, to)));
    }
    found
}

/// `rustsec` adds one to the last number of what a stretch begins after. Where nothing can be added, more is affected.
fn is_last_number(from: Bound<&Version>) -> bool {
    matches!(from, Bound::Excluded(version) if bare(version).ends_with(&format!(".{}", u64::MAX)))
}

fn requirement((from, to): (Bound<&Version>, Bound<&Version>)) -> String {
    let from = match from {
        Bound::Included(version) => Some((">=", version)),
        Bound::Excluded(version) => Some((">", version)),
        Bound::Unbounded => None,
    };
    let to = match to {
        Bound::Included(version) => Some(("<=", version)),
        Bound::Excluded(version) => Some(("<", version)),
        Bound::Unbounded => None,
    };
    let ends = from.into_iter().chain(to);
    let text: Vec<String> = ends
        .map(|(sign, at)| format!("{sign} {}", bare(at)))
        .collect();
    if text.is_empty() {
        return "*".to_owned();
    }
    text.join(", ")
}

/// Without build metadata, which decides nothing.
fn bare(version: &Version) -> String {
    let text = version.canonical();
    text.split('+').next().unwrap_or_default().to_owned()
}
