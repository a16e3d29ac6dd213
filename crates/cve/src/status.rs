//! Owns what is said of the versions of a package: stretches with a status, and the status of all others.
//! Must never call a version free of the flaw where the advisory does not say where it ends.

use caveat_advisory::StatusKind;
use caveat_check::{AffectedPackage, Entry, PackageId, Standing};
use caveat_versions::{Ecosystem, Interval, Order, RangeType, Ranges, Upper, Version};
use caveat_words::unaffected_branches;

use crate::model::{Change, Versions};

pub(crate) const AFFECTED: &str = "affected";
pub(crate) const UNAFFECTED: &str = "unaffected";
pub(crate) const UNKNOWN: &str = "unknown";

/// The status of all that is in no stretch, and the stretches.
pub(crate) type Statuses = (&'static str, Vec<Versions>);

/// Of a package that is affected: what has the flaw, then what the advisory says of the rest.
///
/// Where every other version is free of it, the rest goes without saying.
pub(crate) fn of_affected(entry: &Entry, affected: &AffectedPackage) -> Statuses {
    let kind = version_type(&affected.package.ecosystem);
    let row = |branch: &Interval, status| stretch(branch, status, kind);
    let mut rows: Vec<Versions> = affected
        .branches
        .iter()
        .map(|one| row(one, AFFECTED))
        .collect();
    let free = unaffected_branches(entry, affected);
    let mut known = Ranges::merge(&affected.branches).union(&Ranges::merge(&free));
    for one in told(entry, &affected.package) {
        if one.state == StatusKind::NotAffected {
            let stretch = Ranges::merge(&one.branches);
            let all = one.branches.is_empty();
            known = if all {
                Ranges::all()
            } else {
                known.union(&stretch)
            };
        }
    }
    let default = if known.complement().is_empty() {
        UNAFFECTED
    } else {
        rows.extend(free.iter().map(|branch| row(branch, UNAFFECTED)));
        UNKNOWN
    };
    for said in standings(entry, &affected.package) {
        if !rows.contains(&said) {
            rows.push(said);
        }
    }
    (default, rows)
}

/// Of a package that is named for nothing else.
pub(crate) fn of_other(entry: &Entry, package: &PackageId) -> Statuses {
    let free = |one: &&Standing| one.state == StatusKind::NotAffected && one.branches.is_empty();
    let default = if told(entry, package).any(|one| free(&one)) {
        UNAFFECTED
    } else {
        UNKNOWN
    };
    let mut rows: Vec<Versions> = Vec::new();
    for said in standings(entry, package) {
        if !rows.contains(&said) {
            rows.push(said);
        }
    }
    (default, rows)
}

fn told<'e>(entry: &'e Entry, package: &'e PackageId) -> impl Iterator<Item = &'e Standing> {
    entry
        .statuses
        .iter()
        .filter(move |one| one.package == *package)
}

/// What the advisory itself says is not affected, or was not looked at.
fn standings<'e>(entry: &'e Entry, package: &'e PackageId) -> impl Iterator<Item = Versions> {
    let kind = version_type(&package.ecosystem);
    told(entry, package).flat_map(move |one| {
        let status = match one.state {
            StatusKind::NotAffected => UNAFFECTED,
            StatusKind::NotAnalysed => UNKNOWN,
        };
        one.branches
            .iter()
            .map(move |branch| stretch(branch, status, kind))
    })
}

/// By which rules versions follow each other: the names of the format where it has one, else the type of package URLs.
fn version_type(ecosystem: &Ecosystem) -> &'static str {
    if ecosystem.range_type() == RangeType::SemVer {
        return "semver";
    }
    match ecosystem.order() {
        Some(Order::SemVer) => "semver",
        Some(Order::Pub) => "pub",
        Some(Order::Pep440) => "python",
        Some(Order::Apk) => "apk",
        Some(Order::Debian) => "deb",
        Some(Order::Rpm) => "rpm",
        Some(Order::RubyGems) => "gem",
        Some(Order::Maven) => "maven",
        Some(Order::NuGet) => "nuget",
        Some(Order::Packagist) => "composer",
        Some(Order::Hackage) => "hackage",
        Some(Order::Cran) => "cran",
        None => "custom",
    }
}

fn stretch(branch: &Interval, status: &'static str, version_type: &'static str) -> Versions {
    let lower = branch.lower();
    let (mut less_than, mut less_than_or_equal) = (None, None);
    match branch.upper() {
        Upper::Fixed(fixed) => less_than = Some(fixed.canonical()),
        Upper::LastAffected(last) if lower == Some(last) => {}
        Upper::LastAffected(last) => less_than_or_equal = Some(last.canonical()),
        Upper::Open => less_than = Some("*".to_owned()),
    }
    Versions {
        changes: Vec::new(),
        less_than,
        less_than_or_equal,
        status,
        version: lower.map_or_else(|| "0".to_owned(), Version::canonical),
        version_type,
    }
}

/// What follows from a commit has the flaw, until a commit of `ends` comes.
pub(crate) fn commits(start: &str, ends: &[String]) -> Versions {
    let change = |end: &String| Change {
        at: end.clone(),
        status: UNAFFECTED,
    };
    Versions {
        changes: ends.iter().map(change).collect(),
        less_than: Some("*".to_owned()),
        less_than_or_equal: None,
        status: AFFECTED,
        version: start.to_owned(),
        version_type: "git",
    }
}
