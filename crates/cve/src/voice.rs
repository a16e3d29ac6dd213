//! Owns which advisories speak for a CVE id, and where its record is.
//! Must never let what is withdrawn speak where something stands, or leave out an advisory that stands.

use std::collections::BTreeMap;

use caveat_advisory::Project;
use caveat_check::{Book, Entry};

/// The advisories that speak for one CVE id: all that stand, or else one that was withdrawn.
pub(crate) struct Voice<'b> {
    /// Absent where an advisory has none yet.
    pub(crate) cve: Option<&'b str>,
    /// Never empty; the first gives title and texts.
    pub(crate) entries: Vec<&'b Entry>,
}

impl<'b> Voice<'b> {
    /// For the first CVE id of an advisory, whoever assigned it; for itself where it has none.
    pub(crate) fn of_entry(book: &'b Book, entry: &'b Entry) -> Self {
        let aliases = entry.advisory.aliases.iter().map(String::as_str);
        let Some(cve) = aliases.into_iter().find(|alias| is_cve(alias)) else {
            return Self {
                cve: None,
                entries: vec![entry],
            };
        };
        let all = book.entries().iter();
        let named = all.filter(|one| one.advisory.aliases.iter().any(|alias| alias == cve));
        Self::new(cve, named.collect())
    }

    fn new(cve: &'b str, named: Vec<&'b Entry>) -> Self {
        let standing = |entry: &&Entry| entry.advisory.withdrawn.is_none();
        let (stand, gone): (Vec<&Entry>, Vec<&Entry>) = named.into_iter().partition(standing);
        let last = gone.into_iter().max_by_key(|entry| entry.modified);
        let entries = if stand.is_empty() {
            last.into_iter().collect()
        } else {
            stand
        };
        Self {
            cve: Some(cve),
            entries,
        }
    }

    /// The advisory that was withdrawn, where none stands.
    pub(crate) fn rejected(&self) -> Option<&'b Entry> {
        let first = self.entries.first().copied();
        first.filter(|entry| entry.advisory.withdrawn.is_some())
    }
}

/// Every CVE id that is ours, by year and number.
pub(crate) fn voices(book: &Book) -> Vec<Voice<'_>> {
    let Some(cve) = &book.project().cve else {
        return Vec::new();
    };
    let mut named: BTreeMap<(&str, usize, &str), (&str, Vec<&Entry>)> = BTreeMap::new();
    for entry in book.entries() {
        let ours = entry
            .advisory
            .aliases
            .iter()
            .filter(|alias| cve.owns(alias));
        for id in ours.filter(|id| is_cve(id)) {
            let entries = &mut named.entry(order(id)).or_insert((id, Vec::new())).1;
            if !entries.iter().any(|known| known.id == entry.id) {
                entries.push(entry);
            }
        }
    }
    named
        .into_values()
        .map(|(id, entries)| Voice::new(id, entries))
        .collect()
}

/// Numbers by length, then by digits.
fn order(id: &str) -> (&str, usize, &str) {
    let (year, number) = id["CVE-".len()..].split_once('-').unwrap_or((id, ""));
    (year, number.len(), number)
}

/// The format has no room for numbers of more than 19 digits.
fn is_cve(id: &str) -> bool {
    let number = id
        .strip_prefix("CVE-")
        .and_then(|rest| rest.split_once('-'));
    number.is_some_and(|(_, number)| (4..=19).contains(&number.len()))
}

/// The path of the record of a CVE id within the site.
pub fn record_path(id: &str) -> String {
    format!("cve/{id}.json")
}

/// Where the records of an advisory are, if there are any.
pub fn paths(project: &Project, entry: &Entry) -> Vec<String> {
    let cve = project.cve.iter();
    let ours = cve.flat_map(|cve| {
        entry
            .advisory
            .aliases
            .iter()
            .filter(|alias| cve.owns(alias))
    });
    ours.filter(|id| is_cve(id))
        .map(|id| record_path(id))
        .collect()
}

/// The address of an advisory's page.
pub(crate) fn page(project: &Project, id: &str) -> String {
    format!("{}/advisories/{id}/", project.feed.url)
}
