//! Owns the files of other databases that are no more, because an advisory names no such package by now.
//! Must never lead a scanner to a file that it would take for an answer: pages and records are none.

use std::collections::BTreeSet;

use caveat_artifact::PathError;
use caveat_check::Entry;

use super::former::Former;
use super::there::Put;

/// Adds what was there for a former package.
pub(super) fn lead(
    former: &Former,
    entry: &Entry,
    ecosystems: &BTreeSet<&str>,
    put: &mut Put<'_>,
) -> Result<(), PathError> {
    let page = format!("advisories/{}/index.html", entry.id);
    let named = |one: &&str| !ecosystems.contains(one);
    let gone = Some(former.ecosystem.name()).filter(named);
    match former.ecosystem.name() {
        "crates.io" => {
            for path in crates(former, entry) {
                put(path, &page)?;
            }
            gone.map_or(Ok(()), |_| put(caveat_rustsec::ARCHIVE.to_owned(), &page))
        }
        "Go" => {
            modules(entry, put)?;
            let mut indexes = caveat_vulndb::indexes();
            gone.map_or(Ok(()), |_| indexes.try_for_each(|path| put(path, &page)))
        }
        _ => Ok(()),
    }
}

/// RustSec files of a crate that is gone, and of those that may have another name since.
fn crates(former: &Former, entry: &Entry) -> Vec<String> {
    let rows = entry.affected.iter().map(|one| &one.package);
    let mut names: Vec<&str> = rows
        .filter(|one| one.ecosystem.name() == "crates.io")
        .map(|one| one.name.as_str())
        .collect();
    if names.contains(&former.name.as_str()) {
        return Vec::new();
    }
    names.push(&former.name);
    let now = caveat_rustsec::paths(entry);
    let ever = names.into_iter();
    let ever = ever.flat_map(|name| caveat_rustsec::former_paths(entry, name));
    ever.filter(|path| !now.contains(path)).collect()
}

/// The record for govulncheck: all that it says is in the OSV record.
fn modules(entry: &Entry, put: &mut Put<'_>) -> Result<(), PathError> {
    let mut rows = entry.affected.iter().map(|one| &one.package);
    if rows.any(|one| one.ecosystem.name() == "Go") {
        return Ok(());
    }
    let (path, record) = (
        caveat_vulndb::place(&entry.id),
        format!("osv/{}.json", entry.id),
    );
    put(format!("{path}.gz"), &record)?;
    put(path, &record)
}
