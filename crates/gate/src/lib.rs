//! Owns the judgement over two publications: what readers would see change, and what must not change in silence.
//! Must never read a file or a clock, or judge one side by another reader than the other.

mod affected;
mod codes;
mod diff;
mod finding;
mod history;
mod limits;
mod paths;
mod quiet;
mod reach;
mod record;
mod tree;

use caveat_advisory::Timestamp;

pub use affected::{Commits, Reach};
pub use codes::{CODES, Code};
pub use diff::{Flip, fields, flips};
pub use finding::{Finding, Verdict};
pub use limits::Limits;
pub use paths::{Pages, pages};
pub use record::{Record, Told, Unreadable};
pub use tree::{Tree, differing, ids, redirected};

/// By what severities are compared.
pub struct Scale<'a> {
    /// Classes of the policy, highest first.
    pub classes: Vec<&'a str>,
    /// The base score of a CVSS vector.
    pub score: fn(&str) -> Option<f64>,
}

/// Everything that the new tree does to readers of the old one and may not do, or may do only with a reason, by advisory.
pub fn gate(old: &Tree, new: &Tree, scale: &Scale<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    found.extend(issued(old.issued, new.issued));
    for id in differing(&old.files, &new.files) {
        match (old.records.get(&id), new.records.get(&id)) {
            (Some(_), None) => found.push(history::lost(&id)),
            (Some(before), Some(after)) => {
                history::judge(before, after, &mut found);
                reach::judge(before, after, scale, &mut found);
                found.extend(quiet::judge(before, after));
                found.extend(history::late(old.issued, before.modified, after));
            }
            (None, Some(after)) => found.extend(history::late(old.issued, Timestamp::MIN, after)),
            (None, None) => {}
        }
    }
    paths::judge(old, new, &mut found);
    found
}

/// A publication is never older than what it replaces.
fn issued(old: Timestamp, new: Timestamp) -> Option<Finding> {
    (new < old).then(|| {
        Finding::refused("gate-issued", "this is older than what is out")
            .between(&old, &new)
            .help("publish a later commit, or name a later time with --as-of")
    })
}

#[cfg(test)]
mod tests;
