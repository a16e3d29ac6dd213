//! Owns the proof of a record: two readers must understand what the book says. The only door to the `osv` crate.
//! Must never be skipped for a record that is published, except by a reader that does not know the ecosystem.

use std::collections::BTreeSet;

use caveat_advisory::{PACKAGE_KEYS, Project};
use caveat_check::Entry;
use osv::schema::{Affected, Event, RangeType, Vulnerability};
use serde_json::{Map, Value};

use crate::extra;
use crate::facts::{Branch, Facts, of_entry, package};
use crate::reader;

/// A record that a reader understands differently: a fault of this program, not of the advisory.
#[derive(Debug, thiserror::Error)]
#[error(
    "{reader} does not read the OSV record of {id} as it was written: {reason}; please report this"
)]
pub struct Unfaithful {
    /// The advisory.
    pub id: String,
    /// Which reader.
    pub reader: &'static str,
    /// What it understands instead.
    pub reason: String,
}

/// Reads the record back with our reader and with the `osv` crate.
pub(crate) fn prove(entry: &Entry, project: &Project, bytes: &[u8]) -> Result<(), Unfaithful> {
    let unfaithful = |reader: &'static str, reason: String| Unfaithful {
        id: entry.id.clone(),
        reader,
        reason,
    };
    let expected = of_entry(entry, project);
    let ours = reader::read(bytes).map_err(|reason| unfaithful("caveat", reason))?;
    if ours != expected {
        return Err(unfaithful("caveat", difference(&ours, &expected)));
    }
    // The crate's list of ecosystems is closed and older than the schema's: what it does not know, it cannot judge.
    let theirs: Vulnerability = match serde_json::from_slice(bytes) {
        Ok(record) => record,
        Err(error) if is_unknown_ecosystem(&error, entry) => return Ok(()),
        Err(error) => return Err(unfaithful("the osv crate", error.to_string())),
    };
    let theirs = facts(theirs);
    if theirs != expected {
        return Err(unfaithful("the osv crate", difference(&theirs, &expected)));
    }
    Ok(())
}

fn is_unknown_ecosystem(error: &serde_json::Error, entry: &Entry) -> bool {
    let said = error.to_string();
    let mut names = entry
        .affected
        .iter()
        .map(|one| one.package.ecosystem.as_str());
    // One sentence of the crate has a capital letter, for names with a suffix that it does not know.
    said.to_ascii_lowercase().contains("ecosystem") && names.any(|name| said.contains(name))
}

fn difference(found: &Facts, expected: &Facts) -> String {
    format!("found {found:?}, expected {expected:?}")
}

fn facts(record: Vulnerability) -> Facts {
    let time = |at: String| at.replace("+00:00", "Z");
    let affected = record.affected.unwrap_or_default();
    Facts {
        id: record.id,
        published: record
            .published
            .map(|at| time(at.to_rfc3339()))
            .unwrap_or_default(),
        modified: time(record.modified.to_rfc3339()),
        withdrawn: record.withdrawn.map(|at| time(at.to_rfc3339())),
        summary: record.summary.unwrap_or_default(),
        aliases: record.aliases.unwrap_or_default(),
        related: record.related.unwrap_or_default(),
        upstream: record.upstream.unwrap_or_default(),
        severity: record
            .severity
            .unwrap_or_default()
            .into_iter()
            .map(|one| one.score)
            .collect(),
        extra: extras(record.database_specific, &affected),
        branches: affected.iter().flat_map(branches).collect(),
        links: record
            .references
            .unwrap_or_default()
            .into_iter()
            .map(|link| link.url)
            .collect(),
        credits: record
            .credits
            .unwrap_or_default()
            .into_iter()
            .map(|credit| credit.name)
            .collect(),
    }
}

fn extras(own: Option<Value>, affected: &[Affected]) -> Vec<Value> {
    let map = |value: Option<Value>| match value {
        Some(Value::Object(map)) => map,
        _ => Map::new(),
    };
    let rows = affected.iter().filter(|row| row.package.is_some());
    let rows = rows.map(|row| {
        let mut ecosystem = map(row.ecosystem_specific.clone());
        ecosystem.retain(|key, _| !PACKAGE_KEYS.contains(&key.as_str()));
        extra::pair(map(row.database_specific.clone()), ecosystem)
    });
    std::iter::once(extra::own(map(own))).chain(rows).collect()
}

fn branches(affected: &Affected) -> BTreeSet<Branch> {
    let Some(id) = &affected.package else {
        return BTreeSet::new();
    };
    let ecosystem = serde_json::to_value(&id.ecosystem).ok();
    let ecosystem = ecosystem
        .as_ref()
        .and_then(|value| value.as_str())
        .unwrap_or_default();
    let name = package(ecosystem, &id.name, id.purl.as_deref());
    let ranges = affected.ranges.iter().flatten();
    let versions = ranges.filter(|range| !matches!(range.range_type, RangeType::Git));
    versions
        .flat_map(|range| pair(&name, &range.events))
        .collect()
}

fn pair(name: &str, events: &[Event]) -> Vec<Branch> {
    let mut branches: Vec<Branch> = Vec::new();
    for event in events {
        match (event, branches.last_mut()) {
            (Event::Introduced(from), _) => {
                branches.push((name.to_owned(), from.clone(), String::new(), String::new()));
            }
            (Event::Fixed(version), Some(open)) => {
                (open.2, open.3) = ("fixed".to_owned(), version.clone());
            }
            (Event::LastAffected(version), Some(open)) => {
                (open.2, open.3) = ("last_affected".to_owned(), version.clone());
            }
            _ => {}
        }
    }
    branches
}
