//! Owns who is thanked, year by year, as the thanks page shows it.
//! Must never name somebody who did not agree to be named there, or be written by hand.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use caveat_advisory::{Consent, Timestamp};
use caveat_check::{Book, Entry};
use caveat_texts::Texts;
use serde::Serialize;

use super::day;
use super::shape::LinkView;
use caveat_words::{credits, role};

/// A year and those who helped in it.
#[derive(Clone, Serialize)]
pub(crate) struct ThanksYear {
    pub(crate) year: String,
    pub(crate) people: Vec<PersonView>,
    /// Credits whose names may not stand here.
    unnamed: usize,
}

/// Somebody, and all they did in a year.
#[derive(Clone, Serialize)]
pub(crate) struct PersonView {
    name: String,
    url: Option<String>,
    helped: Vec<HelpView>,
    /// When the first advisory of the year with this name was published.
    #[serde(skip)]
    pub(crate) since: Timestamp,
}

#[derive(Clone, Serialize)]
struct HelpView {
    role_label: String,
    advisory: LinkView,
}

/// Every year in which somebody helped, latest first.
pub(crate) fn thanks(book: &Book, texts: &Texts) -> Vec<ThanksYear> {
    let view = |(Reverse(year), entries): (Reverse<String>, Vec<&Entry>)| ThanksYear {
        year,
        people: people(&entries, texts),
        unnamed: entries
            .iter()
            .map(|entry| credits(entry, Consent::Thanks).1)
            .sum(),
    };
    years(book).into_iter().map(view).collect()
}

/// The same years, and how many are named in each.
pub(crate) fn thanked(book: &Book) -> Vec<(String, usize)> {
    let count = |(Reverse(year), entries): (Reverse<String>, Vec<&Entry>)| {
        let named = entries
            .iter()
            .flat_map(|entry| credits(entry, Consent::Thanks).0);
        let people: BTreeSet<&str> = named.map(|(_, name)| name.trim()).collect();
        (year, people.len())
    };
    years(book).into_iter().map(count).collect()
}

/// A withdrawn advisory is nothing to be thanked for.
fn years(book: &Book) -> BTreeMap<Reverse<String>, Vec<&Entry>> {
    let standing = book.entries().iter();
    let standing = standing.filter(|entry| entry.advisory.withdrawn.is_none());
    let mut years: BTreeMap<Reverse<String>, Vec<&Entry>> = BTreeMap::new();
    for entry in standing.filter(|entry| !entry.advisory.credits.is_empty()) {
        let year = day(entry.published).chars().take(4).collect();
        years.entry(Reverse(year)).or_default().push(entry);
    }
    years
}

/// By name, whatever capitals it has.
fn people(entries: &[&Entry], texts: &Texts) -> Vec<PersonView> {
    let mut people: BTreeMap<(String, String), PersonView> = BTreeMap::new();
    for entry in entries {
        for (credit, name) in credits(entry, Consent::Thanks).0 {
            let name = name.trim();
            let key = (name.to_lowercase(), name.to_owned());
            let person = people.entry(key).or_insert_with(|| PersonView {
                name: name.to_owned(),
                url: None,
                helped: Vec::new(),
                since: entry.published,
            });
            person.since = person.since.min(entry.published);
            person.url = person.url.take().or_else(|| credit.url.clone());
            person.helped.push(HelpView {
                role_label: role(texts, credit.role),
                advisory: LinkView {
                    id: entry.id.clone(),
                    path: format!("advisories/{}/", entry.id),
                },
            });
        }
    }
    people.into_values().collect()
}
