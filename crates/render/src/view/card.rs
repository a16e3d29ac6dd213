//! Owns an advisory in short, as lists show it.
//! Must never hold what only the whole page can explain.

use caveat_check::{AffectedPackage, Entry, PackageId};
use serde::Serialize;

use super::day;
use crate::markdown::line_to_html;

/// An advisory in a list.
#[derive(Clone, Serialize)]
pub(crate) struct Card {
    pub(crate) id: String,
    title: String,
    title_html: String,
    impact: String,
    pub(crate) severity: Severity,
    status: &'static str,
    published: String,
    published_date: String,
    modified: String,
    pub(crate) modified_date: String,
    packages: Vec<PackageLink>,
    aliases: Vec<String>,
    fixed: Vec<String>,
}

/// A severity class in short.
#[derive(Clone, Serialize)]
pub(crate) struct Severity {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) rank: usize,
    pub(crate) definition: String,
}

/// A package and its page.
#[derive(Clone, Serialize)]
pub(crate) struct PackageLink {
    pub(crate) title: String,
    pub(crate) ecosystem: String,
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) purl: Option<String>,
    pub(crate) registry_url: Option<String>,
}

/// The directory of a package's page.
pub(crate) fn package_path(package: &PackageId) -> String {
    let path = caveat_versions::package_path(&package.ecosystem, &package.name);
    format!("packages/{path}/")
}

pub(crate) fn package_link(package: &PackageId) -> PackageLink {
    PackageLink {
        title: package.title.clone(),
        ecosystem: package.ecosystem.to_string(),
        name: package.name.clone(),
        path: package_path(package),
        purl: package.purl(),
        registry_url: caveat_versions::registry_url(&package.ecosystem, &package.name),
    }
}

pub(crate) fn severity(entry: &Entry) -> Severity {
    let class = &entry.severity;
    Severity {
        id: class.id.clone(),
        label: class.label.clone(),
        rank: entry.rank,
        definition: class.definition.clone(),
    }
}

/// `published` or `withdrawn`.
pub(crate) fn status(entry: &Entry) -> &'static str {
    if entry.advisory.withdrawn.is_some() {
        "withdrawn"
    } else {
        "published"
    }
}

/// Where an id of another database is explained.
pub(crate) fn id_url(id: &str) -> Option<String> {
    let base = match id.split_once('-')?.0 {
        "CVE" => "https://www.cve.org/CVERecord?id=",
        "GHSA" => "https://github.com/advisories/",
        "RUSTSEC" => return Some(format!("https://rustsec.org/advisories/{id}.html")),
        "PYSEC" | "GO" | "OSV" | "MAL" => "https://osv.dev/vulnerability/",
        _ => return None,
    };
    Some(format!("{base}{id}"))
}

pub(crate) fn card(entry: &Entry) -> Card {
    let targets = entry.affected.iter().flat_map(AffectedPackage::targets);
    Card {
        id: entry.id.clone(),
        title: entry.advisory.title.trim().to_owned(),
        title_html: line_to_html(entry.advisory.title.trim()),
        impact: entry.advisory.impact.trim().to_owned(),
        severity: severity(entry),
        status: status(entry),
        published: entry.published.to_string(),
        published_date: day(entry.published),
        modified: entry.modified.to_string(),
        modified_date: day(entry.modified),
        packages: entry
            .affected
            .iter()
            .map(|affected| package_link(&affected.package))
            .collect(),
        aliases: entry.advisory.aliases.clone(),
        fixed: targets.map(ToString::to_string).collect(),
    }
}
