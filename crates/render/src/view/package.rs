//! Owns a package as its page and the list of packages show it.
//! Must never mix two ecosystems that use the same name.

use std::collections::{BTreeMap, BTreeSet};

use caveat_check::{AffectedPackage, Book, Entry, PackageId};
use caveat_texts::Texts;
use caveat_versions::Version;
use serde::Serialize;

use super::affected::range;
use super::card::{Card, PackageLink, Severity, card, package_link, severity};
use super::day;
use super::shape::RangeView;

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
    mails: Vec<MailLink>,
    count: usize,
}

#[derive(Serialize)]
struct NoteLink {
    version: String,
    path: String,
}

/// The mail of a release.
#[derive(Serialize)]
struct MailLink {
    version: String,
    channel: String,
    path: String,
}

/// An advisory in the list of a package.
#[derive(Serialize)]
pub(crate) struct PackageCard {
    #[serde(flatten)]
    card: Card,
    ranges: Vec<RangeView>,
    /// Without which of them nobody is affected.
    features: Vec<String>,
}

/// An advisory, and what it says of one package.
pub(crate) type Found<'b> = (&'b Entry, &'b AffectedPackage);

/// A package and every advisory that names it, oldest first.
pub(crate) struct Named<'b> {
    pub(crate) package: &'b PackageId,
    pub(crate) found: Vec<Found<'b>>,
}

/// Every package that any advisory names, by ecosystem and name.
pub(crate) fn packages(book: &Book) -> Vec<Named<'_>> {
    let mut found: BTreeMap<(&str, &str), Named<'_>> = BTreeMap::new();
    for entry in by_time(book) {
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

/// By the time they were published, oldest first.
pub(crate) fn by_time(book: &Book) -> Vec<&Entry> {
    let mut entries: Vec<&Entry> = book.entries().iter().collect();
    entries.sort_by(|a, b| (a.published, &a.id).cmp(&(b.published, &b.id)));
    entries
}

impl Named<'_> {
    /// The head of its page.
    pub(crate) fn view(&self, book: &Book) -> PackageView {
        PackageView {
            link: package_link(self.package),
            repository: self.package.repository.clone(),
            notes: note_links(&self.found),
            mails: self.mails(book),
            count: self.found.len(),
        }
    }

    /// The mails of its newest releases that fix several flaws, oldest first.
    fn mails(&self, book: &Book) -> Vec<MailLink> {
        let standing = self
            .found
            .iter()
            .filter(|(entry, _)| entry.advisory.withdrawn.is_none());
        let mut fixes: BTreeMap<&Version, usize> = BTreeMap::new();
        for version in standing.flat_map(|(_, affected)| affected.targets()) {
            *fixes.entry(version).or_default() += 1;
        }
        let links = fixes.into_iter().rev().map(|(version, fixes)| {
            let version = version.canonical();
            let mails =
                caveat_mail::mails_of_release(book.project(), &self.package.key, &version, fixes);
            let link = |(channel, path)| MailLink {
                version: version.clone(),
                channel,
                path: format!("{path}.txt"),
            };
            mails.into_iter().map(link).collect::<Vec<_>>()
        });
        let links = links.filter(|mails| !mails.is_empty()).take(NOTES);
        let mut links: Vec<Vec<MailLink>> = links.collect();
        links.reverse();
        links.into_iter().flatten().collect()
    }

    /// Its row in the list of packages.
    pub(crate) fn row(&self) -> PackageRow {
        row(self)
    }
}

/// Advisories in the table of a package, newest first.
pub(crate) fn package_cards(texts: &Texts, found: &[Found<'_>]) -> Vec<PackageCard> {
    let cards = found.iter().rev().map(|(entry, affected)| PackageCard {
        card: card(entry),
        features: affected.features.clone(),
        ranges: affected
            .branches
            .iter()
            .map(|branch| range(texts, affected, branch))
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

/// A package's page leads to the notes and mails of so many releases; the page of each advisory leads to all of its own.
const NOTES: usize = 30;

/// The releases that fix something, of the newest advisories, in their order.
fn note_links(found: &[Found<'_>]) -> Vec<NoteLink> {
    let standing = found.iter();
    let standing = standing.filter(|(entry, _)| entry.advisory.withdrawn.is_none());
    let targets = standing.flat_map(|(_, one)| one.targets().into_iter().map(move |to| (one, to)));
    let link = |(one, version): (&&AffectedPackage, &Version)| {
        let version = version.canonical();
        let path = caveat_notes::path(&one.package.key, &version);
        NoteLink { version, path }
    };
    let mut links: Vec<NoteLink> = targets.map(link).collect();
    let mut seen = BTreeSet::new();
    links.retain(|link| seen.insert(link.path.clone()));
    links.split_off(links.len().saturating_sub(NOTES))
}
