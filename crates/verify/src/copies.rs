//! Owns what both layers say alike: copies of files, and the index of all records.
//! Must never take one layer's word where the other says something else.

use std::collections::BTreeMap;

use caveat_artifact::{Manifest, SitePath};
use caveat_tuf::{Fingerprint, Targets};

use crate::contents::Known;
use crate::directory::SUMS;
use crate::fault::ARCHIVE;
use crate::index::{self, Entry, Part};
use crate::{Fault, record};

/// Targets that are copies of files of the tree.
const COPIES: [(&str, &str); 3] = [
    ("SHA256SUMS", SUMS),
    ("all.zip", ARCHIVE),
    ("keyring.json", "keys/keyring.json"),
];

/// Targets that are not the files that they should be copies of.
pub(crate) fn differ(list: &Targets, sums: &[u8], manifest: &Manifest) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (name, path) in COPIES {
        let plain = match path {
            SUMS => Some(Fingerprint::of(sums).sha256),
            _ => SitePath::new(path)
                .ok()
                .and_then(|path| manifest.files().get(&path).copied()),
        };
        let target = list.files().get(name).map(|file| file.sha256);
        let reason = match (plain, target) {
            (None, None) => continue,
            (Some(plain), Some(target)) if plain == target => continue,
            (Some(_), Some(_)) => format!("it is not {path}: the two are of different editions"),
            (Some(_), None) => format!("it is not listed, though there is {path}"),
            (None, Some(_)) => format!("it is listed, though there is no {path}"),
        };
        let name = name.to_owned();
        faults.push(Fault::Target { name, reason });
    }
    faults
}

/// All parts of an index, by their number, with name and bytes.
pub(crate) type Parts = BTreeMap<Part, (String, Vec<u8>)>;

/// Every record is in the index as it is in the tree, and no other.
pub(crate) fn indexed(
    parts: &Parts,
    manifest: &Manifest,
    records: &BTreeMap<String, Known>,
) -> Vec<Fault> {
    let whole = parts.len() == 1 && parts.contains_key(&Part::Whole);
    if !whole && (parts.len() != 256 || parts.contains_key(&Part::Whole)) {
        let reason = "there should be index.json, or index-00.json to index-ff.json".to_owned();
        return vec![fault("index.json", reason)];
    }
    let mut faults = Vec::new();
    let mut entries = BTreeMap::new();
    for (part, (name, bytes)) in parts {
        match index::read(bytes, *part) {
            Ok(read) => {
                entries.extend(
                    read.into_iter()
                        .map(|(id, entry)| (id, (name.as_str(), entry))),
                );
            }
            Err(flaw) => faults.push(fault(name, flaw.to_string())),
        }
    }
    faults.extend(compared(entries, manifest, records));
    faults
}

/// Each record with its entry, by the part that it is in.
fn compared(
    mut entries: BTreeMap<String, (&str, Entry)>,
    manifest: &Manifest,
    records: &BTreeMap<String, Known>,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, digest) in manifest.files() {
        let Some(id) = record::id_of(path.as_ref()) else {
            continue;
        };
        let Some((name, entry)) = entries.remove(id) else {
            faults.push(fault("index.json", format!("{path} is not in it")));
            continue;
        };
        let same = entry.sha256 == *digest
            && records.get(id).is_none_or(|known| {
                known.length == entry.length && known.modified == entry.modified
            });
        if !same {
            faults.push(fault(name, format!("{path} is another one than it says")));
        }
    }
    faults.extend(entries.into_iter().map(|(id, (name, _))| {
        let id = id.escape_debug();
        fault(
            name,
            format!("`{id}` is in it, and no such record is published"),
        )
    }));
    faults
}

fn fault(file: &str, reason: String) -> Fault {
    Fault::Index {
        file: file.to_owned(),
        reason,
    }
}
