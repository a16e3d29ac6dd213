//! Owns what the book has now where earlier revisions had more, and what is missing of that.
//! Must never lead on from an address where something is.

use std::collections::BTreeSet;

use caveat_advisory::MailStyle;
use caveat_artifact::{PathError, SitePath};
use caveat_check::{Book, Entry};
use caveat_versions::Interval;

use super::former::Former;
use super::letters::live_lists;
use super::{Leads, databases};
use crate::view::{Named, Releases, bounds, package_path, release_path};

/// Takes an address that is no more, and the file that it leads to.
pub(super) type Put<'p> = dyn FnMut(String, &str) -> Result<(), PathError> + 'p;

/// What the book has now.
pub(super) struct There {
    notes: BTreeSet<String>,
    /// Of packages that may have had others.
    releases: BTreeSet<String>,
    /// Mails of releases, without endings.
    letters: BTreeSet<String>,
    /// The lists that such mails go to.
    lists: Vec<String>,
    packages: BTreeSet<String>,
    /// Documents of packages: CSAF VEX and OpenVEX.
    documents: BTreeSet<String>,
    /// Whether there are any, and what their names begin with.
    csaf: bool,
    vex: bool,
    prefix: String,
    ecosystems: BTreeSet<&'static str>,
}

impl There {
    pub(super) fn new<'f>(
        book: &Book,
        named: &[Named<'_>],
        formers: impl Iterator<Item = &'f Former>,
    ) -> Self {
        let notes = book.entries().iter().flat_map(caveat_notes::keys_of);
        let project = book.project();
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
            csaf: project.csaf.is_some(),
            vex: project.vex.is_some(),
            prefix: project.feed.id_prefix.clone(),
            documents: caveat_csaf::package_paths(book)
                .into_iter()
                .chain(caveat_openvex::package_paths(book))
                .collect(),
            ecosystems: affected().map(|one| one.package.ecosystem.name()).collect(),
        }
    }

    /// The mails of a release that fixes fewer flaws by now, without endings.
    fn gone(&self, package: &str, version: &str) -> impl Iterator<Item = String> {
        let path = |list: &String| caveat_mail::release_path(package, version, list);
        let paths = self.lists.iter().map(path);
        paths.filter(|path| !self.letters.contains(path))
    }

    /// The directories of releases of packages that may have had others.
    pub(super) fn releases(&self) -> impl Iterator<Item = &String> {
        self.releases.iter()
    }

    /// Adds what was there for a former package and is no more.
    pub(super) fn lead(
        &self,
        former: &Former,
        entry: &Entry,
        leads: &mut Leads,
    ) -> Result<(), PathError> {
        let mut put = |from: String, to: &str| {
            let (from, to) = (SitePath::new(from)?, SitePath::new(to)?);
            leads.entry(from).or_insert_with(|| to.address());
            Ok(())
        };
        self.fixes(former, entry, &mut put)?;
        self.versions(former, entry, &mut put)?;
        self.package(former, entry, &mut put)?;
        self.documents(former, entry, &mut put)?;
        self.records(former, entry, &mut put)?;
        databases::lead(former, entry, &self.ecosystems, &mut put)
    }

    /// Notes and mails of releases that fix fewer flaws by now.
    fn fixes(&self, former: &Former, entry: &Entry, put: &mut Put<'_>) -> Result<(), PathError> {
        let page = page(entry);
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
        Ok(())
    }

    /// Pages of releases that nothing names by now.
    fn versions(&self, former: &Former, entry: &Entry, put: &mut Put<'_>) -> Result<(), PathError> {
        let named = former.ranges.iter().flat_map(bounds);
        for version in named.filter(|_| former.declared) {
            let path = release_path(&former.ecosystem, &former.name, &version.canonical());
            if !self.releases.contains(&path) {
                put(format!("{path}index.html"), &page(entry))?;
                put(format!("{path}index.json"), &page(entry))?;
                put(format!("{path}index.txt"), &text(entry))?;
            }
        }
        Ok(())
    }

    /// The page of a package that nothing names by now, and what is below it.
    fn package(&self, former: &Former, entry: &Entry, put: &mut Put<'_>) -> Result<(), PathError> {
        let path = former.package_page();
        if self.packages.contains(&path) {
            return Ok(());
        }
        put(format!("{path}index.html"), &page(entry))?;
        put(format!("{path}index.txt"), &text(entry))?;
        for feed in ["feed.atom", "feed.json"] {
            put(format!("{path}{feed}"), feed)?;
        }
        if former.declared {
            put(format!("{path}matrix/index.html"), &page(entry))?;
        }
        Ok(())
    }

    /// What was known of a package that nothing names by now: read the advisory.
    fn documents(
        &self,
        former: &Former,
        entry: &Entry,
        put: &mut Put<'_>,
    ) -> Result<(), PathError> {
        let vex = caveat_openvex::package_path(&former.key);
        if self.vex && former.declared && !self.documents.contains(&vex) {
            put(vex, &caveat_openvex::document_path(entry))?;
        }
        let csaf = caveat_csaf::package_path(&self.prefix, &former.key, entry);
        if self.csaf && former.declared && !self.documents.contains(&csaf) {
            let to = caveat_csaf::document_path(entry);
            for end in ["", ".sha256", ".sha512"] {
                put(format!("{csaf}{end}"), &format!("{to}{end}"))?;
            }
        }
        Ok(())
    }

    /// Records of an ecosystem that the advisory does not name by now.
    fn records(&self, former: &Former, entry: &Entry, put: &mut Put<'_>) -> Result<(), PathError> {
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

fn page(entry: &Entry) -> String {
    format!("advisories/{}/index.html", entry.id)
}

fn text(entry: &Entry) -> String {
    format!("advisories/{}/index.txt", entry.id)
}
