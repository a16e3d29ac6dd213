//! Owns the shape of an OSV record as we write it (schema 1.7.5; 1.8.0 for `x_` ids).
//! Must never write a null, an empty list, a key the schema does not define, or keys out of order.

use std::collections::BTreeMap;

use caveat_advisory::{Change, Consent, Credit, Project, Revision, Timestamp};
use caveat_check::{Entry, PackageId, Score};
use caveat_versions::{Interval, Version};
use serde::Serialize;

use crate::affected::{Affected, affected, references};
use crate::details::details;
use crate::extra;

/// An OSV record. Fields stand in the order of their names, so that the bytes are canonical.
#[derive(Serialize)]
pub(crate) struct Osv {
    affected: Vec<Affected>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    credits: Vec<OsvCredit>,
    database_specific: serde_json::Map<String, serde_json::Value>,
    details: String,
    id: String,
    modified: String,
    published: String,
    references: Vec<OsvReference>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<String>,
    schema_version: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    severity: Vec<Severity>,
    summary: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    upstream: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn: Option<String>,
}

#[derive(Serialize)]
struct OsvCredit {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contact: Vec<String>,
    name: String,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Serialize)]
struct Severity {
    score: String,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Serialize, PartialEq, Eq)]
pub(crate) struct OsvReference {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) url: String,
}

/// The address of an advisory's page.
pub fn page(project: &Project, id: &str) -> String {
    format!("{}/advisories/{id}/", project.feed.url)
}

/// UTC, whole seconds, `Z`.
pub(crate) fn time(at: Timestamp) -> String {
    at.to_string()
}

/// The record of an entry.
pub(crate) fn record(entry: &Entry, project: &Project) -> Osv {
    let written = &entry.advisory;
    Osv {
        affected: affected(entry),
        aliases: written.aliases.clone(),
        credits: written.credits.iter().filter_map(credit).collect(),
        database_specific: database_specific(entry, project),
        details: details(entry),
        id: entry.id.clone(),
        modified: time(entry.modified),
        published: time(entry.published),
        references: references(entry, project),
        related: related(entry),
        schema_version: schema_version(entry),
        severity: entry.scores.iter().map(severity).collect(),
        summary: written.title.trim().to_owned(),
        upstream: written.upstream.clone(),
        withdrawn: written
            .withdrawn
            .as_ref()
            .map(|withdrawn| time(withdrawn.at)),
    }
}

/// Other flaws: those that were named, then those that it says it follows, or is replaced by. What others say of it is in
/// their records alone: this one would change without a revision of its own.
pub fn related(entry: &Entry) -> Vec<String> {
    let written = &entry.advisory;
    let followed = written.relations.iter().map(|relation| &relation.id);
    let successors = written.withdrawn.iter().flat_map(|one| &one.replaced_by);
    let mut all = written.related.clone();
    for id in followed.chain(successors) {
        if !all.contains(id) && !written.upstream.contains(id) {
            all.push(id.clone());
        }
    }
    all
}

/// The oldest version that knows everything in the record: strict readers drop what they do not know.
fn schema_version(entry: &Entry) -> &'static str {
    let own = if entry.id.starts_with("x_") {
        "1.8.0"
    } else {
        "1.7.5"
    };
    let ecosystems = entry
        .affected
        .iter()
        .map(|affected| affected.package.ecosystem.since_schema());
    ecosystems.fold(own, std::cmp::Ord::max)
}

/// Pretty-printed with sorted keys: what `jq -S .` would print.
pub(crate) fn bytes(record: &Osv) -> Vec<u8> {
    // The model has no map with keys that are not text and no number, so nothing can fail to be written.
    let mut bytes = serde_json::to_vec_pretty(record).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn credit(credit: &Credit) -> Option<OsvCredit> {
    let name = credit.name_for(Consent::Advisory)?.to_owned();
    let kind = credit.role.as_str().to_ascii_uppercase().replace('-', "_");
    Some(OsvCredit {
        contact: credit.url.iter().cloned().collect(),
        name,
        kind,
    })
}

fn severity(score: &Score) -> Severity {
    let kind = match score.version {
        "2.0" => "CVSS_V2",
        "4.0" => "CVSS_V4",
        _ => "CVSS_V3",
    };
    Severity {
        score: score.vector.clone(),
        kind,
    }
}

/// What readers were told when, and which fields changed.
fn revision(revision: &Revision) -> serde_json::Value {
    let mut map = serde_json::Map::new();
    map.insert("at".to_owned(), time(revision.at).into());
    map.insert("note".to_owned(), revision.note.trim().into());
    let changed: Vec<serde_json::Value> = revision.changed.iter().map(change).collect();
    if !changed.is_empty() {
        map.insert("changed".to_owned(), changed.into());
    }
    if revision.editorial {
        map.insert("editorial".to_owned(), true.into());
    }
    for (key, reason) in revision.reasons() {
        let reason = reason.map(|reason| reason.trim().into());
        map.extend(reason.map(|reason| (key.replace('-', "_"), reason)));
    }
    map.into()
}

fn change(change: &Change) -> serde_json::Value {
    let mut map = serde_json::Map::new();
    map.insert("field".to_owned(), change.field.clone().into());
    for (key, side) in [("from", &change.from), ("to", &change.to)] {
        map.extend(side.clone().map(|side| (key.to_owned(), side.into())));
    }
    map.into()
}

/// What is to be known of fixes, and of versions that are not affected: OSV has no place for either.
fn lists(entry: &Entry) -> impl Iterator<Item = (&'static str, serde_json::Value)> {
    let fixes = entry.affected.iter().flat_map(|one| {
        let fixes = one.fixes.iter();
        fixes.map(|fix| {
            let mut map = package(&one.package);
            map.insert("version".to_owned(), fix.version.canonical().into());
            let to = fix.upgrade_to.as_ref().map(Version::canonical);
            optional(&mut map, "upgrade_to", to);
            optional(&mut map, "availability", fix.availability.clone());
            map.into()
        })
    });
    let statuses = entry.statuses.iter().map(|one| {
        let mut map = package(&one.package);
        map.insert("state".to_owned(), one.state.as_str().into());
        let versions: Vec<String> = one.branches.iter().map(Interval::expression).collect();
        if !versions.is_empty() {
            map.insert("versions".to_owned(), versions.into());
        }
        let justification = one.justification.map(|one| one.as_str().to_owned());
        optional(&mut map, "justification", justification);
        optional(&mut map, "reason", one.reason.clone());
        map.into()
    });
    let all: [(_, Vec<serde_json::Value>); 2] =
        [("fixes", fixes.collect()), ("statuses", statuses.collect())];
    let all = all.into_iter().filter(|(_, list)| !list.is_empty());
    all.map(|(key, list)| (key, list.into()))
}

fn package(id: &PackageId) -> serde_json::Map<String, serde_json::Value> {
    let mut map = serde_json::Map::new();
    map.insert("ecosystem".to_owned(), id.ecosystem.as_str().into());
    map.insert("name".to_owned(), id.name.clone().into());
    map
}

fn optional(map: &mut serde_json::Map<String, serde_json::Value>, key: &str, text: Option<String>) {
    let text = text.map(|text| text.trim().into());
    map.extend(text.map(|text| (key.to_owned(), text)));
}

/// What every record says, and what the form has no key for: `check` keeps the two apart.
fn database_specific(
    entry: &Entry,
    project: &Project,
) -> serde_json::Map<String, serde_json::Value> {
    let mut map = extra::table(&entry.advisory.extra);
    let own = specific(entry, project).into_iter();
    map.extend(own.map(|(key, value)| (key.to_owned(), value)));
    map
}

/// Always there: one scanner dies on records without it.
fn specific(entry: &Entry, project: &Project) -> BTreeMap<&'static str, serde_json::Value> {
    let mut map = BTreeMap::new();
    map.insert("license", project.feed.license.clone().into());
    map.insert("severity", entry.severity.id.clone().into());
    map.insert("url", page(project, &entry.id).into());
    let cwe: Vec<_> = entry
        .weaknesses
        .iter()
        .map(|cwe| format!("CWE-{}", cwe.number))
        .collect();
    if !cwe.is_empty() {
        map.insert("cwe_ids", cwe.into());
    }
    if entry.advisory.revisions.len() > 1 {
        map.insert(
            "revisions",
            entry.advisory.revisions.iter().map(revision).collect(),
        );
    }
    if let Some(reason) = &entry.advisory.severity_reason {
        map.insert("severity_reason", reason.trim().into());
    }
    map.extend(lists(entry));
    if let Some(withdrawn) = &entry.advisory.withdrawn {
        map.insert("withdrawn_reason", withdrawn.reason.as_str().into());
        if !withdrawn.replaced_by.is_empty() {
            map.insert(
                "withdrawn_replaced_by",
                withdrawn.replaced_by.clone().into(),
            );
        }
    }
    map
}
