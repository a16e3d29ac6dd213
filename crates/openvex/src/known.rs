//! Owns which versions of a package are known by name: those that caveat.toml lists, and those that the advisory itself names.
//! Must never take one from another advisory: a document changes only with its own and with caveat.toml.

use std::collections::BTreeMap;

use caveat_check::{Book, Entry, PackageId};
use caveat_versions::{Ecosystem, Interval, Upper, Version};

/// The releases that caveat.toml lists, by the key of the package: read once, since there may be thousands.
pub(crate) struct Listed(BTreeMap<String, Vec<Version>>);

impl Listed {
    pub(crate) fn of(book: &Book) -> Self {
        let packages = book.project().packages.iter();
        let versions = packages.map(|package| {
            let ecosystem = Ecosystem::parse(&package.ecosystem).ok();
            let order = ecosystem.and_then(|ecosystem| ecosystem.order());
            let texts = package.releases.iter();
            let read = texts.filter_map(|text| Version::parse(order?, text).ok());
            (package.key.clone(), read.collect())
        });
        Self(versions.collect())
    }

    fn get(&self, package: &PackageId) -> &[Version] {
        self.0.get(&package.key).map_or(&[], Vec::as_slice)
    }

    /// How many releases of a package there are.
    pub(crate) fn count(&self, package: &PackageId) -> usize {
        self.get(package).len()
    }
}

/// Ascending, each once. The first version of a branch without the flaw may never have been released; what was released
/// in its place is here.
pub(crate) fn versions(listed: &Listed, entry: &Entry, package: &PackageId) -> Vec<Version> {
    let mut all = listed.get(package).to_vec();
    for affected in entry.affected.iter().filter(|one| one.package == *package) {
        all.extend(affected.targets().into_iter().cloned());
        all.extend(affected.branches.iter().flat_map(named).cloned());
        let never = affected.branches.iter().filter_map(Interval::fixed);
        let never: Vec<&Version> = never
            .filter(|fixed| !affected.targets().contains(fixed))
            .collect();
        all.retain(|version| !never.contains(&version));
    }
    let statuses = entry.statuses.iter();
    let statuses = statuses.filter(|one| one.package == *package);
    let branches = statuses.flat_map(|one| &one.branches);
    all.extend(branches.flat_map(named).cloned());
    // Of versions that are one in order each spelling is kept: readers compare texts.
    all.sort_by(|a, b| a.cmp(b).then_with(|| a.canonical().cmp(&b.canonical())));
    all.dedup_by(|a, b| a.canonical() == b.canonical());
    all
}

/// The versions that a branch names and holds.
fn named(branch: &Interval) -> impl Iterator<Item = &Version> {
    let last = match branch.upper() {
        Upper::LastAffected(last) => Some(last),
        Upper::Fixed(_) | Upper::Open => None,
    };
    branch.lower().into_iter().chain(last)
}
