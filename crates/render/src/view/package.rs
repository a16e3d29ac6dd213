//! Owns a package as its page and the list of packages show it.
//! Must never mix two ecosystems that use the same name.

use std::collections::BTreeMap;

use caveat_check::{AffectedPackage, Book, Entry, PackageId};
use caveat_texts::Texts;
use serde::Serialize;

use super::affected::range;
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
    count: usize,
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

/// A package and every advisory that names it, oldest first.
pub(crate) struct Named<'b> {
    pub(crate) package: &'b PackageId,
    pub(crate) found: Vec<(&'b Entry, &'b AffectedPackage)>,
}

/// Every package that any advisory names, by ecosystem and name.
pub(crate) fn packages(book: &Book) -> Vec<Named<'_>> {
    let mut found: BTreeMap<(&str, &str), Named<'_>> = BTreeMap::new();
    let mut entries: Vec<&Entry> = book.entries().iter().collect();
    entries.sort_by(|a, b| (a.published, &a.id).cmp(&(b.published, &b.id)));
    for entry in entries {
        for affected in &entry.affected {
            let package = &affected.package;
            let key = (package.ecosystem.as_str(), package.name.as_str());
            let named = found.entry(key).or_insert(Named {
                package,
                found: Vec::new(),
            });
            named.found.push((entry, affected));
        }
    }
    found.into_values().collect()
}

impl Named<'_> {
    /// The head of its page.
    pub(crate) fn view(&self) -> PackageView {
        PackageView {
            link: package_link(self.package),
            repository: self.package.repository.clone(),
            notes: note_links(&self.found),
            count: self.found.len(),
        }
    }

    /// Its row in the list of packages.
    pub(crate) fn row(&self) -> PackageRow {
        row(self)
    }
}

/// Advisories in the table of a package, newest first.
pub(crate) fn package_cards(
    texts: &Texts,
    found: &[(&Entry, &AffectedPackage)],
) -> Vec<PackageCard> {
    let cards = found.iter().rev().map(|(entry, affected)| PackageCard {
        card: card(entry),
        ranges: affected
            .branches
            .iter()
            .map(|branch| range(texts, branch))
            .collect(),
    });
    cards.collect()
}

fn row(named: &Named<'_>) -> PackageRow {
    let standing = || {
        let found = named.found.iter();
        found.filter(|(entry, _)| entry.advisory.withdrawn.is_none())
    };
    let unfixed = |affected: &AffectedPackage| {
        let mut branches = affected.branches.iter();
        branches.any(|branch| branch.fixed().is_none())
    };
    let highest = standing()
        .min_by_key(|(entry, _)| entry.rank)
        .map(|(entry, _)| severity(entry));
    let latest = named.found.iter().map(|(entry, _)| entry.modified).max();
    PackageRow {
        link: package_link(named.package),
        count: standing().count(),
        open: standing().filter(|(_, affected)| unfixed(affected)).count(),
        highest,
        latest_date: latest.map(day).unwrap_or_default(),
    }
}

fn note_links(found: &[(&Entry, &AffectedPackage)]) -> Vec<NoteLink> {
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
