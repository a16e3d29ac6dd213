//! Owns where a question finds its records: by id, by alias, by commit, by package.
//! Must never hold a withdrawn advisory where questions about packages look: such a one is there by its id alone.

use std::collections::BTreeMap;

use caveat_check::{AffectedPackage, Book, Entry};
use caveat_convert::{Record, Records};
use caveat_versions::{Ecosystem, Interval, Version, canonical_name, purl};

/// The place of an advisory in the book.
pub(crate) type Place = usize;

/// All records of a book, in the places where they are looked for.
#[derive(Debug)]
pub struct Index {
    flaws: Vec<Flaw>,
    by_id: BTreeMap<String, Place>,
    by_alias: BTreeMap<String, Vec<Place>>,
    by_commit: BTreeMap<String, Vec<Place>>,
    /// By ecosystem without its release, then by package.
    packages: BTreeMap<&'static str, BTreeMap<String, Vec<Part>>>,
}

/// One advisory.
#[derive(Debug)]
pub(crate) struct Flaw {
    pub(crate) id: String,
    pub(crate) modified: String,
    /// The record without the line feed at its end.
    pub(crate) record: Vec<u8>,
}

/// What one advisory says of one package.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) place: Place,
    release: Option<String>,
    branches: Vec<Interval>,
}

impl Index {
    /// Finds a place for everything. `records` are those of `book`.
    pub fn new(book: &Book, records: &Records) -> Self {
        let mut index = Self {
            flaws: records.all().iter().map(Flaw::new).collect(),
            by_id: BTreeMap::new(),
            by_alias: BTreeMap::new(),
            by_commit: BTreeMap::new(),
            packages: BTreeMap::new(),
        };
        for (place, entry) in book.entries().iter().enumerate() {
            index.by_id.insert(entry.id.clone(), place);
            for alias in &entry.advisory.aliases {
                index.by_alias.entry(alias.clone()).or_default().push(place);
            }
            if entry.advisory.withdrawn.is_none() {
                index.add(place, entry);
            }
        }
        index
    }

    fn add(&mut self, place: Place, entry: &Entry) {
        for affected in &entry.affected {
            self.add_commits(place, affected);
            let id = &affected.package;
            let part = Part {
                place,
                release: id.ecosystem.suffix().map(str::to_owned),
                branches: affected.branches.clone(),
            };
            let packages = self.packages.entry(id.ecosystem.name()).or_default();
            let parts = packages.entry(key(&id.ecosystem, &id.name)).or_default();
            parts.push(part);
        }
    }

    /// A commit that brought the flaw has it. One that both brought and removed it, or that nobody named, says nothing.
    fn add_commits(&mut self, place: Place, affected: &AffectedPackage) {
        let starts = affected.starts.iter();
        for commit in starts.filter(|commit| !affected.ends.contains(commit)) {
            let places = self.by_commit.entry(commit.to_ascii_lowercase());
            let places = places.or_default();
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.flaws.len()
    }

    /// Is there no record?
    pub fn is_empty(&self) -> bool {
        self.flaws.is_empty()
    }

    pub(crate) fn flaw(&self, place: Place) -> &Flaw {
        &self.flaws[place]
    }

    pub(crate) fn place(&self, id: &str) -> Option<Place> {
        self.by_id.get(id).copied()
    }

    pub(crate) fn with_alias(&self, alias: &str) -> &[Place] {
        self.by_alias.get(alias).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn with_commit(&self, commit: &str) -> &[Place] {
        self.by_commit.get(commit).map_or(&[], Vec::as_slice)
    }

    /// What is said of a package there, in the order of the book. A name that the ecosystem cannot have is nobody's.
    pub(crate) fn parts(&self, ecosystem: &Ecosystem, name: &str) -> &[Part] {
        let packages = self.packages.get(ecosystem.name());
        let name = canonical_name(ecosystem, name).ok();
        let found = packages.zip(name);
        let found = found.and_then(|(packages, name)| packages.get(&key(ecosystem, &name)));
        found.map_or(&[], Vec::as_slice)
    }

    /// Every ecosystem that a record speaks of, without its release.
    pub(crate) fn ecosystems(&self) -> impl Iterator<Item = Ecosystem> {
        let names = self.packages.keys();
        names.filter_map(|name| Ecosystem::asked(name).ok())
    }
}

impl Flaw {
    fn new(record: &Record) -> Self {
        Self {
            id: record.id().to_owned(),
            modified: record.modified().to_string(),
            record: record.bytes().trim_ascii_end().to_vec(),
        }
    }
}

impl Part {
    /// Is it about this release? Whoever leaves it out asks about all, and a record that leaves it out speaks of all:
    /// so do scanners.
    pub(crate) fn is_of(&self, release: Option<&str>) -> bool {
        let both = self.release.as_deref().zip(release);
        both.is_none_or(|(ours, theirs)| ours == theirs)
    }

    /// Is this version affected?
    pub(crate) fn holds(&self, version: &Version) -> bool {
        self.branches.iter().any(|branch| branch.contains(version))
    }
}

/// Package URLs see through spellings: the address of a repository with and without `https://`, for one.
fn key(ecosystem: &Ecosystem, name: &str) -> String {
    purl(ecosystem, name).unwrap_or_else(|| name.to_owned())
}
