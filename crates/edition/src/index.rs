//! Owns the index: for each record when it changed last, how long it is, and its hash.
//! Must never hold a record in two parts, or leave out a part because nothing is in it.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// So many records are in one file. A client that asks for one record loads all of its part.
const WHOLE: usize = 2000;

/// One record, as it lies at `osv/ID.json`.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    length: u64,
    modified: String,
    sha256: String,
}

impl Entry {
    /// What is said of these bytes.
    pub fn of(bytes: &[u8], modified: &impl ToString) -> Self {
        Self {
            length: bytes.len() as u64,
            modified: modified.to_string(),
            sha256: caveat_artifact::sha256(bytes),
        }
    }
}

/// The files of the index, by name: `index.json`, or 256 parts by the first byte of the SHA-256 of each id.
pub fn index(records: BTreeMap<String, Entry>) -> BTreeMap<String, Vec<u8>> {
    if records.len() <= WHOLE {
        return BTreeMap::from([("index.json".to_owned(), file(&records))]);
    }
    let mut parts = vec![BTreeMap::new(); 256];
    for (id, entry) in records {
        let part = usize::from(Sha256::digest(id.as_bytes())[0]);
        parts[part].insert(id, entry);
    }
    // A part without records says that there is none, and is not missing.
    let named = |(part, records)| (format!("index-{part:02x}.json"), file(records));
    parts.iter().enumerate().map(named).collect()
}

/// Sorted, without white space, one line.
fn file(records: &BTreeMap<String, Entry>) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(records).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
