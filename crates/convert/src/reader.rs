//! Owns our own reader of OSV records: strict, and written without a look at the writer.
//! Must never forgive: a key it does not know is a fault.

use std::collections::{BTreeMap, BTreeSet};

use caveat_advisory::PACKAGE_KEYS;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::extra;
use crate::facts::{Branch, Facts, package};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "fields that are only there to be known")]
struct Osv {
    schema_version: String,
    id: String,
    modified: String,
    published: String,
    withdrawn: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    related: Vec<String>,
    #[serde(default)]
    upstream: Vec<String>,
    summary: String,
    details: String,
    #[serde(default)]
    severity: Vec<Severity>,
    affected: Vec<Affected>,
    references: Vec<Reference>,
    #[serde(default)]
    credits: Vec<Credit>,
    database_specific: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "fields that are only there to be known")]
struct Severity {
    r#type: String,
    score: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Affected {
    package: Option<Package>,
    ranges: Vec<Range>,
    #[serde(default)]
    database_specific: Map<String, Value>,
    #[serde(default)]
    ecosystem_specific: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Package {
    ecosystem: String,
    name: String,
    purl: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Range {
    r#type: String,
    repo: Option<String>,
    events: Vec<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "fields that are only there to be known")]
struct Reference {
    r#type: String,
    url: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "fields that are only there to be known")]
struct Credit {
    name: String,
    r#type: String,
    #[serde(default)]
    contact: Vec<String>,
}

/// What a record says, or why it cannot be read.
pub(crate) fn read(bytes: &[u8]) -> Result<Facts, String> {
    let record: Osv = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    let mut branches = BTreeSet::new();
    for affected in &record.affected {
        add_branches(affected, &mut branches)?;
    }
    Ok(Facts {
        id: record.id,
        published: record.published,
        modified: record.modified,
        withdrawn: record.withdrawn,
        summary: record.summary,
        aliases: record.aliases,
        related: record.related,
        upstream: record.upstream,
        severity: record
            .severity
            .into_iter()
            .map(|severity| severity.score)
            .collect(),
        branches,
        extra: extras(record.database_specific, record.affected),
        links: record.references.into_iter().map(|link| link.url).collect(),
        credits: record
            .credits
            .into_iter()
            .map(|credit| credit.name)
            .collect(),
    })
}

fn extras(own: Map<String, Value>, affected: Vec<Affected>) -> Vec<Value> {
    let rows = affected.into_iter().filter(|row| row.package.is_some());
    let rows = rows.map(|mut row| {
        // Who reaches the flaw through what is a key of the form.
        row.ecosystem_specific
            .retain(|key, _| !PACKAGE_KEYS.contains(&key.as_str()));
        extra::pair(row.database_specific, row.ecosystem_specific)
    });
    std::iter::once(extra::own(own)).chain(rows).collect()
}

fn add_branches(affected: &Affected, all: &mut BTreeSet<Branch>) -> Result<(), String> {
    for range in &affected.ranges {
        if range.r#type == "GIT" {
            let alone = affected.package.is_none() && range.repo.is_some();
            alone
                .then_some(())
                .ok_or("a GIT range shares an entry with a package")?;
            continue;
        }
        let id = affected
            .package
            .as_ref()
            .ok_or("a version range without a package")?;
        let name = package(&id.ecosystem, &id.name, id.purl.as_deref());
        all.extend(pair(&name, &range.events)?);
    }
    Ok(())
}

/// Events alternate: a start, then its end; only the last start may stay open.
fn pair(name: &str, events: &[BTreeMap<String, String>]) -> Result<Vec<Branch>, String> {
    let mut branches: Vec<Branch> = Vec::new();
    let mut start: Option<String> = None;
    for event in events {
        let one = event.iter().next().filter(|_| event.len() == 1);
        let (kind, version) = one.ok_or("an event with more or less than one key")?;
        match (kind.as_str(), start.take()) {
            ("introduced", None) => start = Some(version.clone()),
            ("fixed" | "last_affected", Some(from)) => {
                branches.push((name.to_owned(), from, kind.clone(), version.clone()));
            }
            _ => return Err(format!("`{kind}` out of turn")),
        }
    }
    branches.extend(start.map(|from| (name.to_owned(), from, String::new(), String::new())));
    Ok(branches)
}
