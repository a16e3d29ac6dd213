//! Owns the numbers of one year, counted from the book.
//! Must never count what is not in the book, nor a date that the policy keeps private.

use std::collections::BTreeMap;

use caveat_check::Entry;
use caveat_clock::Promise;
use serde::Serialize;

use super::people::{People, people};
use super::promises::{Missed, PromiseRow, late, promises};
use super::year::{Archive, Item, Spread, Year, YearRow, year_of};
use crate::view::{day, package_path};

/// Everything that the report of a year says; `report.json` is this.
#[derive(Serialize)]
pub(crate) struct Facts {
    pub(crate) feed: String,
    pub(crate) year: i16,
    /// The day up to which it counts.
    pub(crate) as_of: String,
    /// The year is over.
    pub(crate) complete: bool,
    /// Published in the year: those that stand, and those withdrawn since.
    pub(crate) advisories: usize,
    pub(crate) standing: usize,
    pub(crate) withdrawn: Vec<Item>,
    /// Told to readers in the year, after first publications.
    pub(crate) revisions: usize,
    pub(crate) severities: Vec<Row>,
    pub(crate) packages: Vec<Row>,
    pub(crate) weaknesses: Vec<Row>,
    /// Advisories without a weakness.
    pub(crate) unclassified: usize,
    pub(crate) promises: Vec<PromiseRow>,
    pub(crate) late: Vec<Missed>,
    pub(crate) time_to_fix: Option<Spread>,
    pub(crate) exploited: Vec<Item>,
    pub(crate) credits: People,
    pub(crate) years: Vec<YearRow>,
}

/// How many advisories have something, this year and the year before.
#[derive(Serialize)]
pub(crate) struct Row {
    pub(crate) key: String,
    pub(crate) label: String,
    pub(crate) path: Option<String>,
    pub(crate) count: usize,
    pub(crate) before: usize,
}

/// Counts one year.
pub(crate) fn facts(archive: &Archive<'_>, year: i16) -> Facts {
    let book = archive.book;
    let (this, last) = (archive.year(year), archive.year(year - 1));
    let revisions = book.entries().iter();
    let revisions = revisions.flat_map(|entry| entry.advisory.revisions.iter().skip(1));
    Facts {
        feed: book.project().feed.name.clone(),
        year,
        as_of: day(book.as_of()),
        complete: year_of(book.as_of()) > year,
        advisories: this.all.len(),
        standing: this.standing().count(),
        withdrawn: this.withdrawn(),
        revisions: revisions.filter(|one| year_of(one.at) == year).count(),
        severities: severities(&this, &last),
        packages: rows(&this, &last, packages_of),
        weaknesses: rows(&this, &last, weaknesses_of),
        unclassified: this
            .standing()
            .filter(|one| one.weaknesses.is_empty())
            .count(),
        promises: promises(&this),
        late: late(&this),
        time_to_fix: this.time_to_fix(),
        exploited: this.exploited(),
        credits: people(&this),
        years: archive
            .history
            .iter()
            .filter(|row| row.year <= year)
            .cloned()
            .collect(),
    }
}

/// Every class of the policy, highest first, those without an advisory too.
fn severities(this: &Year<'_>, last: &Year<'_>) -> Vec<Row> {
    let classes = this.book.project().policy.severities.iter().enumerate();
    let of = |year: &Year<'_>, rank| year.standing().filter(|one| one.rank == rank).count();
    let row = |(rank, class): (usize, &caveat_advisory::SeverityClass)| Row {
        key: class.id.clone(),
        label: class.label.clone(),
        path: None,
        count: of(this, rank),
        before: of(last, rank),
    };
    classes.map(row).collect()
}

/// What an advisory has, each once: a name for programs, one for people, and a page.
type Traits = BTreeMap<String, (String, Option<String>)>;

fn packages_of(entry: &Entry) -> Traits {
    let packages = entry.affected.iter().map(|affected| &affected.package);
    let one = |package: &caveat_check::PackageId| {
        let key = format!("{}/{}", package.ecosystem, package.name);
        (key, (package.title.clone(), Some(package_path(package))))
    };
    packages.map(one).collect()
}

fn weaknesses_of(entry: &Entry) -> Traits {
    let one = |cwe: &caveat_check::Weakness| {
        let key = format!("CWE-{}", cwe.number);
        (key, (cwe.name.to_owned(), None))
    };
    entry.weaknesses.iter().map(one).collect()
}

/// What the advisories of this year have, most frequent first.
fn rows(this: &Year<'_>, last: &Year<'_>, of: fn(&Entry) -> Traits) -> Vec<Row> {
    let mut before: BTreeMap<String, usize> = BTreeMap::new();
    for key in last.standing().flat_map(of).map(|(key, _)| key) {
        *before.entry(key).or_default() += 1;
    }
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    for (key, (label, path)) in this.standing().flat_map(of) {
        let row = rows.entry(key.clone()).or_insert_with(|| Row {
            before: before.get(&key).copied().unwrap_or_default(),
            key,
            label,
            path,
            count: 0,
        });
        row.count += 1;
    }
    let mut rows: Vec<Row> = rows.into_values().collect();
    rows.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.key.cmp(&b.key)));
    rows
}

/// The review, of which the policy promises that every incident gets one.
pub(crate) fn reviews(facts: &Facts) -> Option<&PromiseRow> {
    let review = Promise::Review.as_str();
    facts.promises.iter().find(|row| row.promise == review)
}
