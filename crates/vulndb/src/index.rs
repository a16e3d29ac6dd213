//! Owns the indexes: of the database, of modules, of records.
//! Must never tell a fix for a module whose flaw comes back after it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::record::GoRecord;

#[derive(Serialize)]
pub(crate) struct Database<'r> {
    modified: &'r str,
}

#[derive(Serialize)]
pub(crate) struct Module<'r> {
    path: &'r str,
    vulns: Vec<OfModule<'r>>,
}

#[derive(Serialize)]
struct OfModule<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    fixed: Option<&'r str>,
    id: &'r str,
    modified: &'r str,
}

#[derive(Serialize)]
pub(crate) struct Vuln<'r> {
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    aliases: &'r [String],
    id: &'r str,
    modified: &'r str,
}

/// The time of the last change of any record.
pub(crate) fn database(records: &[GoRecord]) -> Database<'_> {
    let times = records.iter().map(|record| record.modified.as_str());
    Database {
        // UTC and whole seconds: the order of texts is that of times.
        modified: times.max().unwrap_or_default(),
    }
}

/// By path; of each its records by id, each once.
pub(crate) fn modules(records: &[GoRecord]) -> Vec<Module<'_>> {
    let mut modules: BTreeMap<&str, BTreeMap<&str, OfModule<'_>>> = BTreeMap::new();
    for record in records {
        for (path, fixed) in &record.modules {
            let vulns = modules.entry(path).or_default();
            let twice = vulns.contains_key(record.id.as_str());
            let fixed = fixed.as_deref().filter(|_| !twice);
            let vuln = OfModule {
                fixed,
                id: &record.id,
                modified: &record.modified,
            };
            vulns.insert(&record.id, vuln);
        }
    }
    let module = |(path, vulns): (_, BTreeMap<_, _>)| Module {
        path,
        vulns: vulns.into_values().collect(),
    };
    modules.into_iter().map(module).collect()
}

/// By id.
pub(crate) fn vulns(records: &[GoRecord]) -> Vec<Vuln<'_>> {
    let mut all: Vec<Vuln<'_>> = records.iter().map(vuln).collect();
    all.sort_by_key(|vuln| vuln.id);
    all
}

fn vuln(record: &GoRecord) -> Vuln<'_> {
    Vuln {
        aliases: &record.aliases,
        id: &record.id,
        modified: &record.modified,
    }
}
