//! Owns what a lock changes for readers: the commits of the ranges of git in a record.
//! Must never tell of a lock that no record shows.

use std::collections::BTreeMap;

use caveat_advisory::{Affected, Change, Lock, Project, row_names};

use super::{Beside, Full};
use crate::book::PackageId;
use crate::candidate::package;
use crate::lock::commits;

/// Starts and ends of a flaw in one package, and whether a lock has them.
type Commits = (Vec<String>, Vec<String>, bool);

/// Rows in both states whose commits differ because of a lock.
pub(super) fn differences(old: &Full, new: &Full, project: &Project) -> Vec<Change> {
    let unknown = |state: &Full| matches!(state.lock, Beside::Unreadable | Beside::Lost);
    if old.lock == new.lock || unknown(old) || unknown(new) {
        return Vec::new();
    }
    let (before, after) = (rows(old, project), rows(new, project));
    let differing = after.iter().filter(|(name, (starts, ends, locked))| {
        before
            .get(*name)
            .is_some_and(|(old_starts, old_ends, old_locked)| {
                (*locked || *old_locked) && (starts, ends) != (old_starts, old_ends)
            })
    });
    differing
        .map(|(name, _)| Change {
            field: format!("affected[{name}].commits"),
            from: None,
            to: None,
        })
        .collect()
}

/// May a record of these packages have ranges of git? pip-audit dies on an entry without a package.
pub fn shows_commits<'a>(packages: impl IntoIterator<Item = &'a PackageId>) -> bool {
    let mut packages = packages.into_iter();
    packages.all(|package| package.ecosystem.name() != "PyPI")
}

/// The commits of each row as a record has them; none where it has no ranges of git.
fn rows(state: &Full, project: &Project) -> BTreeMap<String, Commits> {
    let names = row_names(&state.advisory);
    let packages = state.advisory.affected.iter();
    let lock = match &state.lock {
        Beside::Lock(lock) => Some(lock),
        _ => None,
    };
    let packages: Vec<_> = packages
        .map(|row| package(&row.package, project).ok())
        .collect();
    let mut all = BTreeMap::new();
    let ids = packages.iter().flatten().map(|(id, _)| id);
    if !shows_commits(ids) {
        return all;
    }
    let rows = names
        .into_iter()
        .zip(&state.advisory.affected)
        .zip(&packages);
    for ((name, row), package) in rows {
        let Some((id, _)) = package else { continue };
        if id.repository.is_some() {
            let (ecosystem, package) = (id.ecosystem.as_str(), id.name.as_str());
            all.insert(name, of(row, lock, (ecosystem, package)));
        }
    }
    all
}

fn of(row: &Affected, lock: Option<&Lock>, (ecosystem, name): (&str, &str)) -> Commits {
    let mut locked = lock.into_iter().flat_map(|lock| &lock.packages);
    let found = locked.find(|one| one.ecosystem == ecosystem && one.name == name);
    match found {
        Some(package) => {
            let (starts, ends) = commits(package);
            (starts, ends, true)
        }
        None => (row.introduced_by.clone(), row.fixed_by.clone(), false),
    }
}
