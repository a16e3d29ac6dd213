//! Owns the finished records and what indexes need to know of them.
//! Must never hand out bytes other than those that were proven.

use std::collections::BTreeSet;

use caveat_advisory::Timestamp;
use caveat_check::Entry;

/// One OSV record.
#[derive(Debug)]
pub struct Record {
    id: String,
    modified: Timestamp,
    ecosystems: BTreeSet<String>,
    bytes: Vec<u8>,
}

impl Record {
    pub(crate) fn new(entry: &Entry, bytes: Vec<u8>) -> Self {
        let ecosystems = entry
            .affected
            .iter()
            .map(|affected| affected.package.ecosystem.name());
        Self {
            id: entry.id.clone(),
            modified: entry.modified,
            ecosystems: ecosystems.map(str::to_owned).collect(),
            bytes,
        }
    }

    /// The advisory's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// OSV `modified`.
    pub fn modified(&self) -> Timestamp {
        self.modified
    }

    /// The ecosystems it speaks of, without suffix: the directories it is exported to.
    pub fn ecosystems(&self) -> &BTreeSet<String> {
        &self.ecosystems
    }

    /// Canonical JSON: keys sorted, indented by two spaces, one line feed at the end.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// All records, in the order of the book.
#[derive(Debug)]
pub struct Records {
    records: Vec<Record>,
}

impl Records {
    pub(crate) fn new(records: Vec<Record>) -> Self {
        Self { records }
    }

    /// Every record, in the order of the book.
    pub fn all(&self) -> &[Record] {
        &self.records
    }

    /// Every ecosystem that occurs.
    pub fn ecosystems(&self) -> BTreeSet<&str> {
        self.records
            .iter()
            .flat_map(|record| &record.ecosystems)
            .map(String::as_str)
            .collect()
    }
}
