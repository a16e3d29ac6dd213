//! Owns whole documents: of one advisory, and of one package with all that is known of it.
//! Must never let the number of a document go back when it changes.

use std::collections::{BTreeMap, BTreeSet};

use caveat_advisory::{Project, Timestamp, Vex};
use caveat_check::{Book, Entry, PackageId};

use crate::known::Listed;
use crate::model::{Document, Statement, Time, bytes};
use crate::place::{document_path, package_path};
use crate::statement::statements;

/// A package of caveat.toml and the advisories that name it, by id.
pub(crate) struct Sheet<'b> {
    pub(crate) package: &'b PackageId,
    entries: Vec<&'b Entry>,
}

/// The document of an advisory.
pub(crate) fn of_advisory(book: &Book, listed: &Listed, entry: &Entry, vex: &Vex) -> Vec<u8> {
    let mut seen = BTreeSet::new();
    let packages = packages(entry).filter(|one| seen.insert(one.key.as_str()));
    let releases: usize = packages.map(|one| listed.count(one)).sum();
    let head = Head {
        path: document_path(entry),
        published: entry.published,
        modified: entry.modified,
        version: entry.advisory.revisions.len() + releases,
    };
    head.document(book.project(), vex, statements(book, listed, entry, None))
}

/// The packages of a book that caveat.toml has. Others have no name that could be part of a path for good.
pub(crate) fn sheets<'b>(book: &'b Book, listed: &Listed) -> Vec<Sheet<'b>> {
    let declared = book.project().packages.iter();
    let declared: BTreeSet<&str> = declared.map(|one| one.key.as_str()).collect();
    let mut sheets: BTreeMap<&str, Sheet<'_>> = BTreeMap::new();
    for entry in book.entries() {
        let mut seen = BTreeSet::new();
        for package in packages(entry) {
            let key = package.key.as_str();
            if !declared.contains(key) || !seen.insert(key) {
                continue;
            }
            let sheet = sheets.entry(key).or_insert_with(|| Sheet {
                package,
                entries: Vec::new(),
            });
            sheet.entries.push(entry);
        }
    }
    // A package that is only named for what nobody looked at, or for versions that nobody can name, has no statement.
    let mut sheets: Vec<Sheet<'_>> = sheets.into_values().collect();
    sheets.retain(|sheet| {
        let mut entries = sheet.entries.iter();
        entries.any(|entry| !statements(book, listed, entry, Some(sheet.package)).is_empty())
    });
    sheets
}

fn packages(entry: &Entry) -> impl Iterator<Item = &PackageId> {
    let affected = entry.affected.iter().map(|one| &one.package);
    affected.chain(entry.statuses.iter().map(|one| &one.package))
}

impl Sheet<'_> {
    /// The document of a package.
    pub(crate) fn document(&self, book: &Book, listed: &Listed, vex: &Vex) -> Vec<u8> {
        let entries = self.entries.iter();
        let told = entries.flat_map(|entry| statements(book, listed, entry, Some(self.package)));
        let revisions = self.entries.iter();
        let revisions = revisions.map(|entry| entry.advisory.revisions.len());
        let releases = listed.count(self.package);
        let times = self.entries.iter().map(|entry| entry.published);
        let head = Head {
            path: package_path(&self.package.key),
            published: times.min().unwrap_or_default(),
            modified: self.modified(),
            version: revisions.sum::<usize>() + releases,
        };
        head.document(book.project(), vex, told.collect())
    }

    pub(crate) fn modified(&self) -> Timestamp {
        let times = self.entries.iter().map(|entry| entry.modified);
        times.max().unwrap_or_default()
    }
}

/// What a document says of itself.
struct Head {
    path: String,
    published: Timestamp,
    modified: Timestamp,
    /// Revisions, and the releases that caveat.toml lists: each of them makes another document.
    version: usize,
}

impl Head {
    fn document(self, project: &Project, vex: &Vex, statements: Vec<Statement<'_>>) -> Vec<u8> {
        bytes(&Document {
            context: "https://openvex.dev/ns/v0.2.0",
            id: format!("{}/{}", project.feed.url, self.path),
            author: vex.author.trim(),
            last_updated: Time(self.modified),
            role: vex.role.trim(),
            statements,
            timestamp: Time(self.published),
            tooling: "Caveat",
            version: self.version,
        })
    }
}
