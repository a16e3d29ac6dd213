//! Owns holding an advisory against what was derived from the history of its packages.
//! Must never derive, or report: which difference matters, and how it is said, is for the rules.

use std::collections::{BTreeMap, BTreeSet};

use caveat_advisory::{
    Affected, Document, Draft, Lock, LockedEffect, LockedEvent, LockedPackage, LockedTag,
};
use caveat_diag::Report;
use caveat_versions::Version;
use rayon::prelude::*;

use crate::candidate::{Candidate, Row};

/// Every lock of the input.
pub(crate) struct Locks {
    /// Those that could be read, by their paths without extension.
    read: BTreeMap<String, Document<Lock>>,
    /// Paths of those beside which no advisory is.
    pub(crate) orphans: Vec<String>,
}

/// A path without its extension.
fn stem(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(stem, _)| stem)
}

impl Locks {
    pub(crate) fn read(drafts: Vec<Draft>, advisories: &[Draft], report: &mut Report) -> Self {
        let beside: BTreeSet<&str> = advisories.iter().map(|draft| stem(&draft.path)).collect();
        let (drafts, orphans): (Vec<_>, Vec<_>) = drafts
            .into_iter()
            .partition(|draft| beside.contains(stem(&draft.path)));
        // A lock is often larger than its advisory.
        let one = |draft: Draft| {
            let mut found = Report::default();
            let path = stem(&draft.path).to_owned();
            (path, Document::<Lock>::read(draft, &mut found), found)
        };
        let all: Vec<_> = drafts.into_par_iter().map(one).collect();
        let mut read = BTreeMap::new();
        for (path, lock, found) in all {
            read.extend(lock.map(|lock| (path, lock)));
            report.extend(found);
        }
        let orphans = orphans.into_iter().map(|draft| draft.path).collect();
        Self { read, orphans }
    }

    /// The lock beside an advisory.
    pub(crate) fn of(&self, path: &str) -> Option<&Document<Lock>> {
        self.read.get(stem(path))
    }
}

/// What was locked for one row of an advisory.
pub(crate) struct Locked<'a> {
    pub(crate) document: &'a Document<Lock>,
    pub(crate) package: &'a LockedPackage,
    /// Its place among the packages of the lock.
    pub(crate) at: usize,
}

/// A fact that is no longer what the lock was made from.
pub(crate) struct Stale {
    /// The field of the advisory's row, or of the package in caveat.toml.
    pub(crate) field: &'static str,
    /// Where: in the advisory, or in caveat.toml.
    pub(crate) in_project: bool,
    /// The same in the lock.
    pub(crate) locked: &'static str,
}

impl Candidate {
    /// What was locked for a row.
    pub(crate) fn locked(&self, row: usize) -> Option<Locked<'_>> {
        let document = self.lock.as_ref()?;
        let package = self.rows[row].package.as_ref().ok()?;
        let same = |locked: &LockedPackage| {
            locked.ecosystem == package.ecosystem.as_str() && locked.name == package.name
        };
        let at = document.data().packages.iter().position(same)?;
        let package = &document.data().packages[at];
        Some(Locked {
            document,
            package,
            at,
        })
    }

    /// For each row, the commits of its lock for a range of git.
    pub(crate) fn commits(&self) -> Vec<Option<(Vec<String>, Vec<String>)>> {
        let rows = 0..self.rows.len();
        rows.map(|row| self.locked(row).map(|locked| commits(locked.package)))
            .collect()
    }

    /// The same, where it was made from what the advisory says now.
    pub(crate) fn fresh(&self, row: usize, tags: &[String]) -> Option<Locked<'_>> {
        let written = self.advisory().affected.get(row)?;
        self.locked(row)
            .filter(|locked| locked.stale(&self.rows[row], written, tags).is_none())
    }
}

impl<'a> Locked<'a> {
    /// The first fact that is not what it was; `tags` are the patterns of caveat.toml.
    pub(crate) fn stale(&self, row: &Row, written: &Affected, tags: &[String]) -> Option<Stale> {
        let repository = row
            .package
            .as_ref()
            .ok()
            .and_then(|one| one.repository.as_ref());
        let differs = |a: &[String], b: &[String]| {
            a.iter().collect::<BTreeSet<_>>() != b.iter().collect::<BTreeSet<_>>()
        };
        let locked = self.package;
        let stale = |field, in_project| Stale {
            field,
            in_project,
            locked: field,
        };
        if differs(&written.introduced_by, &locked.introduced_by) {
            Some(stale("introduced-by", false))
        } else if differs(&written.fixed_by, &locked.fixed_by) {
            Some(stale("fixed-by", false))
        } else if repository != locked.repository.as_ref() {
            Some(stale("repository", true))
        } else if !tags.is_empty() && tags != locked.tags {
            Some(stale("tags", true))
        } else {
            None
        }
    }

    /// Tags for which the row and the lock say different things, by their places.
    pub(crate) fn differences(&self, row: &Row) -> Vec<(usize, &'a LockedTag)> {
        let mut all = self.unequal(row);
        all.retain(|(_, tag)| !self.is_older(row, tag));
        all
    }

    /// Tags from before the start that the row states, where no commit shows that start.
    pub(crate) fn older(&self, row: &Row) -> Vec<(usize, &'a LockedTag)> {
        let mut all = self.unequal(row);
        all.retain(|(_, tag)| self.is_older(row, tag));
        all
    }

    /// Git knows nothing of a start that no commit is named for: the author may know it all the same.
    fn is_older(&self, row: &Row, tag: &LockedTag) -> bool {
        let unknown = self.package.introduced_by.is_empty() && tag.by.is_empty();
        let order = row
            .package
            .as_ref()
            .ok()
            .and_then(|one| one.ecosystem.order());
        let version = order.and_then(|order| Version::found(order, &tag.version).ok());
        let mut branches = row.branches.iter().flatten();
        let before = |version: &Version| {
            branches.all(|branch| branch.lower().is_some_and(|lower| version < lower))
        };
        unknown && version.as_ref().is_some_and(before)
    }

    /// All of these tags together.
    pub(crate) fn unequal(&self, row: &Row) -> Vec<(usize, &'a LockedTag)> {
        let order = row
            .package
            .as_ref()
            .ok()
            .and_then(|one| one.ecosystem.order());
        let Some(order) = order.filter(|_| row.branches.iter().all(Result::is_ok)) else {
            return Vec::new();
        };
        let declared = |version: &Version| {
            let mut branches = row.branches.iter().flatten();
            branches.any(|branch| branch.contains(version))
        };
        let differs = |(_, tag): &(usize, &LockedTag)| {
            let version = Version::found(order, &tag.version);
            version.is_ok_and(|version| declared(&version) != tag.verdict.is_affected())
        };
        let tags: &'a [LockedTag] = &self.package.tagged;
        tags.iter().enumerate().filter(differs).collect()
    }
}

/// Commits for a range of git: those that start the flaw, and those that end it. What is not certain is left out,
/// and so is what was undone later: such a range knows no order between its events.
pub(crate) fn commits(package: &LockedPackage) -> (Vec<String>, Vec<String>) {
    let events = &package.events;
    let undone = |commit: &str| {
        let mut events = events.iter();
        events.any(|event| event.how.is_revert() && event.of.as_deref() == Some(commit))
    };
    let ends = events.iter().filter(|event| {
        let ends = event.effect == LockedEffect::Ends;
        ends && event.how.is_strong() && !undone(&event.commit)
    });
    // A start stays one where it was reverted: the revert is the end of it.
    let starts = events.iter().filter(|event| {
        let starts = event.effect == LockedEffect::Starts;
        starts && event.how.is_strong() && !event.how.is_revert()
    });
    let commits = |event: &LockedEvent| event.commit.clone();
    (starts.map(commits).collect(), ends.map(commits).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commits(events: &str) -> (Vec<String>, Vec<String>) {
        let text = format!(
            "format = 1\n[[package]]\necosystem = 'npm'\nname = 'a'\nevent = [\n{events}]\n"
        );
        let draft = Draft {
            path: "a.lock".to_owned(),
            bytes: text.into_bytes(),
        };
        let document = Document::<Lock>::read(draft, &mut Report::default()).expect("read");
        super::commits(&document.data().packages[0])
    }

    #[test]
    fn a_range_of_git_has_what_is_certain_and_lasts() {
        let (starts, ends) = commits(
            "{ commit = 'i', effect = 'starts', how = 'given' },
             { commit = 'j', effect = 'starts', how = 'picked', of = 'i' },
             { commit = 'p', effect = 'part', how = 'given' },
             { commit = 'f', effect = 'ends', how = 'given' },
             { commit = 'g', effect = 'ends', how = 'same-patch', of = 'f' },
             { commit = 'w', effect = 'ends', how = 'same-author', of = 'f' },
             { commit = 'r', effect = 'starts', how = 'takes-back', of = 'f' },
             { commit = 'b', effect = 'ends', how = 'reverts', of = 'r' },\n",
        );
        assert_eq!(starts, ["i", "j"]);
        assert_eq!(ends, ["g", "b"]);
    }

    #[test]
    fn a_start_that_was_reverted_is_one_and_its_revert_is_its_end() {
        let (starts, ends) = commits(
            "{ commit = 'i', effect = 'starts', how = 'given' },
             { commit = 'r', effect = 'ends', how = 'reverts', of = 'i' },
             { commit = 'n', effect = 'ends', how = 'reverts-by-name', of = 'i' },\n",
        );
        assert_eq!(starts, ["i"]);
        assert_eq!(ends, ["r"]);
    }
}
