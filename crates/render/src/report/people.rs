//! Owns who is thanked in the report of a year.
//! Must never name somebody who did not agree to be named in annual reports.

use std::collections::BTreeMap;

use caveat_advisory::Consent;
use serde::Serialize;

use super::year::Year;
use caveat_words::{credits, role};

/// Everybody who helped.
#[derive(Serialize)]
pub(crate) struct People {
    pub(crate) named: Vec<Person>,
    /// How many credits are of people who are not named here.
    pub(crate) unnamed: usize,
}

/// Somebody who agreed.
#[derive(Serialize)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) roles: Vec<String>,
    pub(crate) advisories: Vec<String>,
}

/// Those who may be named by name, and how many may not.
pub(crate) fn people(year: &Year<'_>) -> People {
    let mut named: BTreeMap<&str, Person> = BTreeMap::new();
    let mut unnamed = 0;
    for entry in year.standing() {
        let (here, others) = credits(entry, Consent::AnnualReport);
        unnamed += others;
        for (credit, name) in here {
            let person = named.entry(name).or_insert_with(|| Person {
                name: name.to_owned(),
                roles: Vec::new(),
                advisories: Vec::new(),
            });
            push_once(&mut person.roles, role(year.texts, credit.role));
            push_once(&mut person.advisories, entry.id.clone());
        }
    }
    let named = named.into_values().collect();
    People { named, unnamed }
}

fn push_once<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}
