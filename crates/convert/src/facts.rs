//! Owns what a record says, as plain facts that two readers can be compared by.
//! Must never hold prose layout: only what a consumer acts on.

use std::collections::BTreeSet;

use caveat_advisory::{Consent, Project};
use caveat_check::Entry;
use caveat_versions::Upper;

use serde_json::Value;

use crate::affected::references;
use crate::extra;
use crate::osv::{related, time};

/// Package, start and end of one affected branch; the end is `fixed`, `last_affected` or nothing.
pub(crate) type Branch = (String, String, String, String);

/// What consumers act on.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) id: String,
    pub(crate) published: String,
    pub(crate) modified: String,
    pub(crate) withdrawn: Option<String>,
    pub(crate) summary: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) related: Vec<String>,
    pub(crate) upstream: Vec<String>,
    pub(crate) severity: Vec<String>,
    pub(crate) branches: BTreeSet<Branch>,
    pub(crate) links: Vec<String>,
    pub(crate) credits: Vec<String>,
    /// Data without a key of the form, of the flaw and of each package.
    pub(crate) extra: Vec<Value>,
}

/// Package names as the facts spell them.
pub(crate) fn package(ecosystem: &str, name: &str, purl: Option<&str>) -> String {
    format!("{ecosystem}/{name} {}", purl.unwrap_or("-"))
}

/// What the book says.
pub(crate) fn of_entry(entry: &Entry, project: &Project) -> Facts {
    let written = &entry.advisory;
    let credits = written
        .credits
        .iter()
        .filter_map(|credit| credit.name_for(Consent::Advisory));
    Facts {
        id: entry.id.clone(),
        published: time(entry.published),
        modified: time(entry.modified),
        withdrawn: written
            .withdrawn
            .as_ref()
            .map(|withdrawn| time(withdrawn.at)),
        summary: written.title.trim().to_owned(),
        aliases: written.aliases.clone(),
        related: related(entry),
        upstream: written.upstream.clone(),
        severity: entry
            .scores
            .iter()
            .map(|score| score.vector.clone())
            .collect(),
        branches: branches(entry),
        links: references(entry, project)
            .into_iter()
            .map(|link| link.url)
            .collect(),
        credits: credits.map(str::to_owned).collect(),
        extra: extra::all(entry),
    }
}

fn branches(entry: &Entry) -> BTreeSet<Branch> {
    let mut all = BTreeSet::new();
    for affected in &entry.affected {
        let id = &affected.package;
        let name = package(id.ecosystem.as_str(), &id.name, id.purl().as_deref());
        for branch in &affected.branches {
            let from = branch
                .lower()
                .map_or_else(|| "0".to_owned(), caveat_versions::Version::canonical);
            let (kind, end) = match branch.upper() {
                Upper::Fixed(version) => ("fixed", version.canonical()),
                Upper::LastAffected(version) => ("last_affected", version.canonical()),
                Upper::Open => ("", String::new()),
            };
            all.insert((name.clone(), from, kind.to_owned(), end));
        }
    }
    all
}
