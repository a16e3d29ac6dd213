//! Owns the pages of lists that are shorter than they were, as revisions tell it.
//! Must never count what a list has now: pages that are there lead nowhere.

use std::collections::{BTreeMap, BTreeSet};

use caveat_advisory::Change;
use caveat_artifact::{PathError, SitePath};
use caveat_check::{Book, Entry};

use super::Leads;
use super::former::Former;
use super::there::There;
use crate::pages::lost;
use crate::view::{Named, package_path};

/// The lists that something left: how much that was, and what they have now.
pub(super) struct Shorter {
    gone: BTreeMap<String, usize>,
    now: BTreeMap<String, usize>,
}

impl Shorter {
    /// Of what left so far: advisories, rows of packages, and releases, whose own pages lead on already.
    pub(super) fn new(book: &Book, formers: &[&Former], leads: &Leads) -> Self {
        let classes = &book.project().policy.severities;
        let stands = |path: &String| {
            let class = path.strip_prefix("severity/");
            class.is_none_or(|class| {
                classes
                    .iter()
                    .any(|one| class.strip_suffix('/') == Some(&one.id))
            })
        };
        let left = book
            .entries()
            .iter()
            .flat_map(|entry| &before(entry) - &now(entry));
        let dropped = formers.iter().filter(|former| former.dropped);
        let dropped = dropped.map(|former| former.package_page());
        let releases = leads.keys().filter_map(|from| {
            let page = from.as_ref().strip_suffix("/index.html")?;
            matrix(page)
        });
        let gone = counted(left.filter(stands).chain(dropped).chain(releases));
        let listed = book.entries().iter().flat_map(now);
        let now = counted(listed.filter(|path| gone.contains_key(path)));
        Self { gone, now }
    }

    /// Adds their pages that are no more.
    pub(super) fn lead(
        mut self,
        packages: &[Named<'_>],
        there: &There,
        leads: &mut Leads,
    ) -> Result<(), PathError> {
        let rows = packages
            .iter()
            .map(|one| (package_path(one.package), one.found.len()));
        let versions = there
            .releases()
            .filter_map(|path| matrix(path.trim_end_matches('/')));
        let counts = rows.chain(counted(versions));
        self.now
            .extend(counts.filter(|(path, _)| self.gone.contains_key(path)));
        for (path, gone) in &self.gone {
            let now = self.now.get(path).copied().unwrap_or_default();
            let to = if now == 0 { above(path) } else { path };
            let first = (now == 0 && path.starts_with("weaknesses/")).then(|| path.clone());
            for page in lost(path, now, now + gone).chain(first) {
                let from = SitePath::new(format!("{page}index.html"))?;
                let to = SitePath::new(format!("{to}index.html"))?;
                leads.entry(from).or_insert_with(|| to.address());
            }
        }
        Ok(())
    }
}

fn counted(paths: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for path in paths {
        *counts.entry(path).or_default() += 1;
    }
    counts
}

/// The table that a release is in, by the directory of its page.
fn matrix(release: &str) -> Option<String> {
    let (package, _) = release.strip_prefix("releases/")?.rsplit_once('/')?;
    Some(format!("packages/{package}/matrix/"))
}

/// The list of lists that a list without anything on it leads to. Severities and what was withdrawn have a page always.
fn above(path: &str) -> &str {
    match path.split_once('/') {
        Some(("weaknesses", _)) => "weaknesses/",
        Some(("packages", _)) => "packages/",
        _ => path,
    }
}

/// The lists that an advisory is on, and may leave.
fn now(entry: &Entry) -> BTreeSet<String> {
    let weaknesses = entry.weaknesses.iter().map(|one| weakness(one.number));
    let withdrawn = entry.advisory.withdrawn.as_ref();
    let withdrawn = withdrawn.map(|_| "withdrawn/".to_owned());
    let severity = format!("severity/{}/", entry.severity.id);
    weaknesses.chain(withdrawn).chain([severity]).collect()
}

/// The lists that it was on, by its revisions.
fn before(entry: &Entry) -> BTreeSet<String> {
    let revisions = entry.advisory.revisions.iter();
    let changes = revisions.flat_map(|revision| &revision.changed);
    changes.flat_map(left).collect()
}

fn left(change: &Change) -> Vec<String> {
    let Some(from) = &change.from else {
        return Vec::new();
    };
    match change.field.as_str() {
        "severity" => vec![format!("severity/{from}/")],
        "withdrawn" => vec!["withdrawn/".to_owned()],
        "cwe" => {
            let words = from.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
            let numbers = words.filter_map(|word| word.strip_prefix("CWE-")?.parse().ok());
            numbers.map(weakness).collect()
        }
        _ => Vec::new(),
    }
}

fn weakness(number: u32) -> String {
    format!("weaknesses/CWE-{number}/")
}
