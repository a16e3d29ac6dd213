//! Owns a package as its page and the list of packages show it.
//! Must never mix two ecosystems that use the same name.

use std::collections::BTreeMap;

use caveat_check::{AffectedPackage, Book, Entry};
use serde::Serialize;

use super::advisory::range;
use super::card::{Card, PackageLink, Severity, card, package_link, severity};
use super::day;
use super::shape::RangeView;
use crate::notes;

/// A package in the list of packages.
#[derive(Serialize)]
pub(crate) struct PackageRow {
    #[serde(flatten)]
    link: PackageLink,
    count: usize,
    open: usize,
    highest: Option<Severity>,
    latest_date: String,
}

/// A package's own page.
#[derive(Serialize)]
pub(crate) struct PackageView {
    #[serde(flatten)]
    pub(crate) link: PackageLink,
    repository: Option<String>,
    notes: Vec<NoteLink>,
    #[serde(skip)]
    pub(crate) row: PackageRow,
    #[serde(skip)]
    pub(crate) advisories: Vec<PackageCard>,
}

#[derive(Serialize)]
struct NoteLink {
    version: String,
    path: String,
}

/// An advisory in the list of a package.
#[derive(Serialize)]
pub(crate) struct PackageCard {
    #[serde(flatten)]
    card: Card,
    ranges: Vec<RangeView>,
}

type Found<'b> = Vec<(&'b Entry, &'b AffectedPackage)>;

/// Every package that any advisory names, by ecosystem and name; its advisories newest first.
pub(crate) fn packages(book: &Book) -> Vec<PackageView> {
    let mut found: BTreeMap<(&str, &str), Found<'_>> = BTreeMap::new();
    for entry in book.entries().iter().rev() {
        for affected in &entry.affected {
            let key = (
                affected.package.ecosystem.as_str(),
                affected.package.name.as_str(),
            );
            found.entry(key).or_default().push((entry, affected));
        }
    }
    found
        .into_values()
        .filter_map(|found| view(&found))
        .collect()
}

fn view(found: &Found<'_>) -> Option<PackageView> {
    let package = &found.first()?.1.package;
    let advisories = found.iter().map(|(entry, affected)| PackageCard {
        card: card(entry),
        ranges: affected.branches.iter().map(range).collect(),
    });
    Some(PackageView {
        link: package_link(package),
        repository: package.repository.clone(),
        notes: note_links(found),
        row: row(found)?,
        advisories: advisories.collect(),
    })
}

fn row(found: &Found<'_>) -> Option<PackageRow> {
    let standing = || {
        found
            .iter()
            .filter(|(entry, _)| entry.advisory.withdrawn.is_none())
    };
    let unfixed = |affected: &AffectedPackage| {
        affected
            .branches
            .iter()
            .any(|branch| branch.fixed().is_none())
    };
    let highest = standing()
        .min_by_key(|(entry, _)| entry.rank)
        .map(|(entry, _)| severity(entry));
    Some(PackageRow {
        link: package_link(&found.first()?.1.package),
        count: standing().count(),
        open: standing().filter(|(_, affected)| unfixed(affected)).count(),
        highest,
        latest_date: found.iter().map(|(entry, _)| day(entry.modified)).max()?,
    })
}

fn note_links(found: &Found<'_>) -> Vec<NoteLink> {
    let mut links: Vec<NoteLink> = Vec::new();
    for (_, affected) in found
        .iter()
        .filter(|(entry, _)| entry.advisory.withdrawn.is_none())
    {
        for version in affected
            .branches
            .iter()
            .filter_map(caveat_versions::Interval::fixed)
            .map(caveat_versions::Version::canonical)
        {
            let path = notes::path(&affected.package.key, &version);
            if links.iter().all(|link| link.path != path) {
                links.push(NoteLink { version, path });
            }
        }
    }
    links
}
