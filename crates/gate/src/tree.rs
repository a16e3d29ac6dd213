//! Owns one publication as the gate sees it: its files, its records, and what leads on from addresses that are no more.
//! Must never hold more records than are compared.

use std::collections::{BTreeMap, BTreeSet};

use caveat_advisory::Timestamp;
use caveat_artifact::{Digest, Manifest};

use crate::Record;

/// What is out, or what would be.
#[derive(Debug, Default)]
pub struct Tree {
    /// Every file.
    pub files: Manifest,
    /// When it was signed.
    pub issued: Timestamp,
    /// Addresses that are no more and where they lead, as `_redirects` names them.
    pub redirects: BTreeMap<String, String>,
    /// Records by id; those that do not differ may be left out.
    pub records: BTreeMap<String, Record>,
}

/// Every record of a tree, by id.
pub fn ids(files: &Manifest) -> BTreeMap<&str, &Digest> {
    let all = files.files().iter().filter_map(|(path, digest)| {
        let id = path.as_ref().strip_prefix("osv/")?.strip_suffix(".json")?;
        (!id.contains('/') && id != "all").then_some((id, digest))
    });
    all.collect()
}

/// The signature beside a record: it comes and goes with its signer, and is asked for by nobody who does not have the record.
pub(crate) fn is_signature(path: &str) -> bool {
    let name = path.strip_prefix("osv/");
    name.is_some_and(|name| name.ends_with(".json.sig") && !name.contains('/'))
}

/// The ids of all records that are in one tree only, or have other bytes.
pub fn differing(old: &Manifest, new: &Manifest) -> Vec<String> {
    let (before, after) = (ids(old), ids(new));
    let names: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    let differs = |id: &&str| before.get(id) != after.get(id);
    names
        .into_iter()
        .filter(differs)
        .map(str::to_owned)
        .collect()
}

/// What a `_redirects` leads on from, and where to: addresses below the root without the slash in front, or whole ones.
pub fn redirected(text: &str) -> BTreeMap<String, String> {
    let lines = text.lines().filter_map(|line| {
        let mut words = line.split_ascii_whitespace();
        let (from, to) = (words.next()?.strip_prefix('/')?, words.next()?);
        let to = to.strip_prefix('/').unwrap_or(to);
        Some((from.to_owned(), to.to_owned()))
    });
    lines.collect()
}
