//! Owns addresses that are no more: which there were, as the book tells it, and where each leads.
//! Must never lead on from an address where something is, or depend on what was published: the same book, the same answer.

use std::collections::{BTreeMap, BTreeSet};

use caveat_advisory::{MailList, MailStyle, Package, Project, Redirect, State};
use caveat_artifact::{PathError, Sink, SitePath};
use caveat_check::{Book, Entry};
use caveat_versions::{Ecosystem, Interval};

use crate::Error;
use crate::error::put;
use crate::pages::Press;
use crate::view::{Named, Releases, bounds, package_path, packages, release_path};

/// Addresses below the site's root, or whole ones, by the file that was there.
type Leads = BTreeMap<SitePath, String>;

/// `_redirects`, as several static hosts read it; empty where nothing ever moved.
///
/// # Errors
/// A name that cannot be a path.
pub fn redirects(book: &Book) -> Result<String, PathError> {
    Ok(text(&leads(book, &packages(book))?))
}

fn text(leads: &Leads) -> String {
    let line = |(from, to): (&SitePath, &String)| {
        let slash = if to.starts_with("https://") { "" } else { "/" };
        format!("/{} {slash}{to} 301\n", from.address())
    };
    leads.iter().map(line).collect()
}

/// The list for hosts that read one, and a page that leads on for those that do not.
pub(crate) fn render(
    press: &Press<'_>,
    packages: &[Named<'_>],
    sink: &dyn Sink,
) -> Result<(), Error> {
    let leads = leads(press.book, packages)?;
    if !leads.is_empty() {
        put(sink, "_redirects", text(&leads))?;
    }
    for (from, to) in leads {
        let ending = from.as_ref().rsplit_once('.').map(|(_, ending)| ending);
        let free = if ending == Some("html") {
            press.moved(&from, &to)
        } else {
            sink.reserve(&from).map_err(Error::from)
        };
        free.map_err(|error| match error {
            Error::Sink(sink) if sink.is_clash() => Error::Taken(from.address()),
            other => other,
        })?;
    }
    Ok(())
}

fn leads(book: &Book, packages: &[Named<'_>]) -> Result<Leads, PathError> {
    let entries = book.entries();
    let formers = entries.iter().map(|entry| formers(book.project(), entry));
    let formers: Vec<Vec<Former>> = formers.collect();
    let there = There::new(book, packages, formers.iter().flatten());
    let mut leads = Leads::new();
    for (entry, formers) in entries.iter().zip(&formers) {
        letters(book, entry, &mut leads)?;
        weaknesses(entry, &there, &mut leads)?;
        for former in formers {
            there.lead(former, entry, &mut leads)?;
        }
    }
    for (from, id) in caveat_mail::planned_release_paths(book) {
        let to = SitePath::new(format!("advisories/{id}/index.html"))?.address();
        for ending in ["eml", "txt"] {
            leads.insert(SitePath::new(format!("{from}.{ending}"))?, to.clone());
        }
    }
    // What people wrote goes before what follows from the data.
    for redirect in &book.project().redirects {
        let from = SitePath::new(Redirect::file(&redirect.from))?;
        let to = if redirect.to.starts_with("https://") {
            redirect.to.clone()
        } else {
            SitePath::new(Redirect::file(&redirect.to))?.address()
        };
        leads.insert(from, to);
    }
    Ok(leads)
}

/// Mails of earlier revisions: the last one of the same list tells all. Where a list is only planned, the page does.
fn letters(book: &Book, entry: &Entry, leads: &mut Leads) -> Result<(), PathError> {
    let mut lead = |from: &str, to: &dyn Fn(&str) -> String| {
        for ending in ["eml", "txt"] {
            let to = SitePath::new(to(ending))?.address();
            leads.insert(SitePath::new(format!("{from}.{ending}"))?, to);
        }
        Ok(())
    };
    for list in live_lists(book.project()) {
        let last = caveat_mail::path(entry, &list.name);
        for from in caveat_mail::earlier_paths(entry, &list.name) {
            lead(&from, &|ending| format!("{last}.{ending}"))?;
        }
    }
    for from in caveat_mail::planned_paths(book, entry) {
        lead(&from, &|_| format!("advisories/{}/index.html", entry.id))?;
    }
    Ok(())
}

fn live_lists(project: &Project) -> impl Iterator<Item = &MailList> {
    let lists = project.mail.iter().flat_map(|mail| &mail.lists);
    lists.filter(|list| list.state == State::Live)
}

/// Weaknesses that only an earlier revision named: the list of all.
fn weaknesses(entry: &Entry, there: &There, leads: &mut Leads) -> Result<(), PathError> {
    let revisions = entry.advisory.revisions.iter();
    let changes = revisions.flat_map(|revision| &revision.changed);
    let former = changes.filter(|change| change.field == "cwe");
    for from in former.filter_map(|change| change.from.as_deref()) {
        let words = from.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        for number in words.filter_map(|word| word.strip_prefix("CWE-")?.parse().ok()) {
            if !there.weaknesses.contains(&number) {
                let path = format!("weaknesses/CWE-{number}/index.html");
                let list = SitePath::new("weaknesses/index.html")?;
                leads.insert(SitePath::new(path)?, list.address());
            }
        }
    }
    Ok(())
}

/// A package as an earlier revision had it, and the versions that fixed it.
struct Former {
    ecosystem: Ecosystem,
    name: String,
    key: String,
    ranges: Vec<Interval>,
    /// Is it one of caveat.toml, whose releases have pages?
    declared: bool,
}

/// What earlier revisions named, as later ones tell it; and what a withdrawn advisory names.
fn formers(project: &Project, entry: &Entry) -> Vec<Former> {
    let revisions = entry.advisory.revisions.iter();
    let changes = revisions.flat_map(|revision| &revision.changed);
    let mut all: Vec<Former> = changes
        .filter_map(|change| {
            let rest = change.field.strip_prefix("affected[")?;
            let (row, field) = rest.split_once(']')?;
            let told = field.is_empty() || field == ".versions";
            former(project, row, change.from.as_deref().filter(|_| told)?)
        })
        .collect();
    if entry.advisory.withdrawn.is_some() {
        all.extend(entry.affected.iter().map(|affected| Former {
            ecosystem: affected.package.ecosystem.clone(),
            name: affected.package.name.clone(),
            key: affected.package.key.clone(),
            ranges: affected.branches.clone(),
            declared: declared(project, &affected.package.key),
        }));
    }
    all
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

/// What the book has now.
struct There {
    notes: BTreeSet<String>,
    /// Of packages that may have had others.
    releases: BTreeSet<String>,
    /// Mails of releases, without endings.
    letters: BTreeSet<String>,
    /// The lists that such mails go to.
    lists: Vec<String>,
    packages: BTreeSet<String>,
    ecosystems: BTreeSet<&'static str>,
    weaknesses: BTreeSet<u32>,
}

impl There {
    fn new<'f>(
        book: &Book,
        named: &[Named<'_>],
        formers: impl Iterator<Item = &'f Former>,
    ) -> Self {
        let notes = book.entries().iter().flat_map(caveat_notes::keys_of);
        let weaknesses = book.entries().iter().flat_map(|entry| &entry.weaknesses);
        let affected = || book.entries().iter().flat_map(|entry| &entry.affected);
        let lists = live_lists(book.project());
        let lists = lists.filter(|list| list.style == MailStyle::Project);
        // Of all releases there may be more than of anything else.
        let asked: BTreeSet<&str> = formers.map(|former| former.key.as_str()).collect();
        let asked = named
            .iter()
            .filter(|one| asked.contains(one.package.key.as_str()));
        let releases = asked.filter_map(|one| Releases::of(book, one));
        Self {
            letters: caveat_mail::release_paths(book),
            lists: lists.map(|list| list.name.clone()).collect(),
            releases: releases
                .flat_map(|one| one.paths().collect::<Vec<_>>())
                .collect(),
            notes: notes
                .map(|(key, version)| caveat_notes::path(&key, &version))
                .collect(),
            packages: affected().map(|one| package_path(&one.package)).collect(),
            weaknesses: weaknesses.map(|weakness| weakness.number).collect(),
            ecosystems: affected().map(|one| one.package.ecosystem.name()).collect(),
        }
    }

    /// The mails of a release that fixes fewer flaws by now, without endings.
    fn gone(&self, package: &str, version: &str) -> impl Iterator<Item = String> {
        let path = |list: &String| caveat_mail::release_path(package, version, list);
        let paths = self.lists.iter().map(path);
        paths.filter(|path| !self.letters.contains(path))
    }

    /// Adds what was there for a former package and is no more.
    fn lead(&self, former: &Former, entry: &Entry, leads: &mut Leads) -> Result<(), PathError> {
        let mut put = |from: String, to: &str| {
            let (from, to) = (SitePath::new(from)?, SitePath::new(to)?);
            leads.entry(from).or_insert_with(|| to.address());
            Ok(())
        };
        let page = format!("advisories/{}/index.html", entry.id);
        let text = format!("advisories/{}/index.txt", entry.id);
        for fixed in former.ranges.iter().filter_map(Interval::fixed) {
            let path = caveat_notes::path(&former.key, &fixed.canonical());
            if !self.notes.contains(&path) {
                put(path, &page)?;
            }
            for mail in self.gone(&former.key, &fixed.canonical()) {
                put(format!("{mail}.eml"), &page)?;
                put(format!("{mail}.txt"), &page)?;
            }
        }
        let named = former.ranges.iter().flat_map(bounds);
        for version in named.filter(|_| former.declared) {
            let path = release_path(&former.ecosystem, &former.name, &version.canonical());
            if !self.releases.contains(&path) {
                put(format!("{path}index.html"), &page)?;
                put(format!("{path}index.json"), &page)?;
                put(format!("{path}index.txt"), &text)?;
            }
        }
        let path = caveat_versions::package_path(&former.ecosystem, &former.name);
        let path = format!("packages/{path}/");
        if !self.packages.contains(&path) {
            put(format!("{path}index.html"), &page)?;
            put(format!("{path}index.txt"), &text)?;
            for feed in ["feed.atom", "feed.json"] {
                put(format!("{path}{feed}"), feed)?;
            }
            if former.declared {
                put(format!("{path}matrix/index.html"), &page)?;
            }
        }
        let name = former.ecosystem.name();
        let mut affected = entry.affected.iter();
        if affected.all(|one| one.package.ecosystem.name() != name) {
            let record = format!("osv/{}.json", entry.id);
            put(format!("osv/{name}/{}.json", entry.id), &record)?;
        }
        if !self.ecosystems.contains(name) {
            for file in ["all.zip", "modified_id.csv"] {
                put(format!("osv/{name}/{file}"), &format!("osv/{file}"))?;
            }
        }
        Ok(())
    }
}
