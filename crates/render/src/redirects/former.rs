//! Owns what earlier revisions named, as later ones tell it: packages and the versions that fixed them.
//! Must never guess at what a revision left out.

use caveat_advisory::{Change, Package, Project};
use caveat_check::Entry;
use caveat_versions::{Ecosystem, Interval};

/// A package as an earlier revision had it, and the versions that fixed it.
pub(super) struct Former {
    pub(super) ecosystem: Ecosystem,
    pub(super) name: String,
    pub(super) key: String,
    pub(super) ranges: Vec<Interval>,
    /// Is it one of caveat.toml, whose releases have pages?
    pub(super) declared: bool,
    /// Did the revision drop the whole row?
    pub(super) dropped: bool,
}

impl Former {
    /// The directory of the package's page.
    pub(super) fn package_page(&self) -> String {
        let path = caveat_versions::package_path(&self.ecosystem, &self.name);
        format!("packages/{path}/")
    }
}

/// What earlier revisions named, as later ones tell it; and what a withdrawn advisory names.
pub(super) fn formers(project: &Project, entry: &Entry) -> Vec<Former> {
    let revisions = entry.advisory.revisions.iter();
    let changes = revisions.flat_map(|revision| &revision.changed);
    let mut all: Vec<Former> = changes.filter_map(|change| told(project, change)).collect();
    if entry.advisory.withdrawn.is_some() {
        all.extend(entry.affected.iter().map(|affected| Former {
            ecosystem: affected.package.ecosystem.clone(),
            name: affected.package.name.clone(),
            key: affected.package.key.clone(),
            ranges: affected.branches.clone(),
            declared: declared(project, &affected.package.key),
            dropped: false,
        }));
    }
    all
}

/// What a change of a row says of before.
fn told(project: &Project, change: &Change) -> Option<Former> {
    let rest = change.field.strip_prefix("affected[")?;
    let (row, field) = rest.split_once(']')?;
    let told = field.is_empty() || field == ".versions";
    let former = former(project, row, change.from.as_deref().filter(|_| told)?)?;
    Some(Former {
        dropped: field.is_empty() && change.to.is_none(),
        ..former
    })
}

fn declared(project: &Project, key: &str) -> bool {
    project.packages.iter().any(|package| package.key == key)
}

/// `torch`, `PyPI/torch`, or either with `#2`, and range strings.
fn former(project: &Project, row: &str, ranges: &str) -> Option<Former> {
    let row = row.split_once('#').map_or(row, |(row, _)| row);
    let declared = project.packages.iter().find(|package| package.key == row);
    let (ecosystem, name) = match declared {
        Some(Package {
            ecosystem, name, ..
        }) => (Ecosystem::parse(ecosystem).ok()?, name.as_str()),
        None => spelled(row)?,
    };
    let name = caveat_versions::canonical_name(&ecosystem, name).ok()?;
    // `check` reads a spelled row as the package of caveat.toml that it names, and so do the paths.
    let same = |one: &&Package| one.ecosystem == ecosystem.as_str() && one.name == name;
    let declared = declared.or_else(|| project.packages.iter().find(same));
    let key = match declared {
        Some(package) => package.key.clone(),
        None => caveat_versions::package_path(&ecosystem, &name),
    };
    let order = ecosystem.order()?;
    let branches = ranges.split("; ");
    let branches = branches.filter_map(|text| Interval::parse(order, text).ok());
    Some(Former {
        ranges: branches.collect(),
        declared: declared.is_some(),
        dropped: false,
        ecosystem,
        name,
        key,
    })
}

/// An ecosystem may have slashes of its own: the first one that is known ends it.
fn spelled(row: &str) -> Option<(Ecosystem, &str)> {
    let mut places = row.match_indices('/');
    places.find_map(|(at, _)| Some((Ecosystem::parse(&row[..at]).ok()?, &row[at + 1..])))
}
