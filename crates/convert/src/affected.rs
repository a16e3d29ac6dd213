//! Owns packages, ranges and links of a record: what scanners match on.
//! Must never mix `fixed` and `last_affected` in one range, let versions without an end follow others in one, or put a GIT
//! range before a version range.

use caveat_advisory::{Project, Reference, ReferenceType};
use caveat_check::{AffectedPackage, Entry, shows_commits};
use caveat_versions as versions;
use caveat_versions::{Interval, RangeType};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::extra;
use crate::imports::imports;
use crate::osv::{OsvReference, page};

/// One entry of `affected`.
#[derive(Serialize)]
pub(crate) struct Affected {
    #[serde(skip_serializing_if = "Map::is_empty")]
    database_specific: Map<String, Value>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    ecosystem_specific: Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    package: Option<Package>,
    ranges: Vec<Range>,
}

#[derive(Serialize)]
struct Package {
    ecosystem: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    purl: Option<String>,
}

#[derive(PartialEq, Serialize)]
struct Range {
    events: Vec<Event>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repo: Option<String>,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Event {
    Introduced(String),
    Fixed(String),
    LastAffected(String),
}

/// `affected` of a record: one entry per package, then the commits, where they can do no harm.
pub(crate) fn affected(entry: &Entry) -> Vec<Affected> {
    let mut all: Vec<Affected> = entry.affected.iter().map(package).collect();
    if shows_commits(entry.affected.iter().map(|one| &one.package)) {
        let mut commits: Vec<Range> = entry.affected.iter().filter_map(commits).collect();
        // Two packages of one repository share their commits.
        commits.dedup();
        all.extend(commits.into_iter().map(|range| Affected {
            database_specific: Map::new(),
            ecosystem_specific: Map::new(),
            package: None,
            ranges: vec![range],
        }));
    }
    all
}

fn package(affected: &AffectedPackage) -> Affected {
    let id = &affected.package;
    let mut ecosystem_specific = extra::table(&affected.ecosystem_extra);
    if id.ecosystem.name() == "Go" {
        let imports = imports(&id.name, &affected.functions);
        ecosystem_specific.extend(imports.map(|imports| ("imports".to_owned(), imports)));
    } else if !affected.functions.is_empty() {
        let functions = affected.functions.clone().into();
        ecosystem_specific.insert("functions".to_owned(), functions);
    }
    let package = Package {
        ecosystem: id.ecosystem.as_str().to_owned(),
        name: id.name.clone(),
        purl: id.purl(),
    };
    let kind = match id.ecosystem.range_type() {
        RangeType::SemVer => "SEMVER",
        RangeType::Ecosystem => "ECOSYSTEM",
    };
    Affected {
        database_specific: extra::table(&affected.extra),
        ecosystem_specific,
        package: Some(package),
        ranges: ranges(&affected.branches, kind),
    }
}

fn ranges(branches: &[Interval], kind: &'static str) -> Vec<Range> {
    let range = |events: Vec<versions::Event>| Range {
        events: events.iter().map(event).collect(),
        repo: None,
        kind,
    };
    apart(versions::events(branches))
        .into_iter()
        .map(range)
        .collect()
}

/// What has no end gets a range of its own, the last one: one scanner forgets it behind others.
fn apart(mut ranges: Vec<Vec<versions::Event>>) -> Vec<Vec<versions::Event>> {
    let open = |events: &&mut Vec<versions::Event>| {
        matches!(events.last(), Some(versions::Event::Introduced(_)))
    };
    let start = ranges.iter_mut().find(open).and_then(Vec::pop);
    ranges.retain(|events| !events.is_empty());
    ranges.extend(start.map(|start| vec![start]));
    ranges
}

fn event(event: &versions::Event) -> Event {
    let beginning = || "0".to_owned();
    match event {
        versions::Event::Introduced(version) => Event::Introduced(
            version
                .as_ref()
                .map_or_else(beginning, versions::Version::canonical),
        ),
        versions::Event::Fixed(version) => Event::Fixed(version.canonical()),
        versions::Event::LastAffected(version) => Event::LastAffected(version.canonical()),
    }
}

/// Commits as a range, where the record knows where the flaw begins.
fn commits(affected: &AffectedPackage) -> Option<Range> {
    let repo = affected.package.repository.clone()?;
    let from_the_beginning = affected
        .branches
        .iter()
        .all(|branch| branch.lower().is_none());
    let mut events: Vec<Event> = affected
        .starts
        .iter()
        .cloned()
        .map(Event::Introduced)
        .collect();
    if events.is_empty() && from_the_beginning {
        events.push(Event::Introduced("0".to_owned()));
    }
    if events.is_empty() || affected.ends.is_empty() {
        return None;
    }
    events.extend(affected.ends.iter().cloned().map(Event::Fixed));
    Some(Range {
        events,
        repo: Some(repo),
        kind: "GIT",
    })
}

/// The page of the advisory first, then everything that it links to.
pub(crate) fn references(entry: &Entry, project: &Project) -> Vec<OsvReference> {
    let reference = |link: Reference| OsvReference {
        kind: link.kind.as_str().to_ascii_uppercase(),
        url: link.url,
    };
    let page = Reference {
        kind: ReferenceType::Advisory,
        url: page(project, &entry.id),
    };
    let links = links(entry).into_iter();
    std::iter::once(page).chain(links).map(reference).collect()
}

/// What was written, then links to the commits that no link names yet.
pub fn links(entry: &Entry) -> Vec<Reference> {
    let mut all = entry.advisory.references.clone();
    for affected in &entry.affected {
        let introduced = affected
            .introduced_by
            .iter()
            .map(|commit| (ReferenceType::Introduced, commit));
        let fixed = affected
            .fixed_by
            .iter()
            .map(|commit| (ReferenceType::Fix, commit));
        for (kind, commit) in introduced.chain(fixed) {
            if all.iter().any(|link| link.url.contains(commit.as_str())) {
                continue;
            }
            let url = affected.package.commit_url(commit);
            all.extend(url.map(|url| Reference { kind, url }));
        }
    }
    all
}
