//! Owns what a change means to those who act on a record: verdicts of scanners that turn, and fields old and new.
//! Must never judge: what may not be is for the gate.

use std::collections::{BTreeMap, BTreeSet};

use caveat_advisory::Change;
use caveat_versions::Ranges;
use serde::Serialize;

use crate::affected::{Reach, said};
use crate::{Limits, Record};

/// Versions whose verdict turns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Flip {
    /// `ECOSYSTEM/NAME`.
    pub package: String,
    /// What scanners will say: affected, or not.
    pub affected: bool,
    /// Which versions, in words.
    pub versions: String,
    /// One of them, where one was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
}

/// Every verdict that turns between two states of an advisory; `None` is a state in which there was none.
pub fn flips(old: Option<&Record>, new: Option<&Record>) -> Vec<Flip> {
    let standing = |record: Option<&Record>| {
        let record = record.filter(|record| record.withdrawn.is_none());
        record
            .map(|record| record.packages.clone())
            .unwrap_or_default()
    };
    let (before, after) = (standing(old), standing(new));
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort();
    names.dedup();
    let mut all = Vec::new();
    for package in names {
        let (was, is) = (set(before.get(package)), set(after.get(package)));
        let (Some(was), Some(is)) = (was, is) else {
            continue;
        };
        all.extend(flip(package, true, &is.difference(&was)));
        all.extend(flip(package, false, &was.difference(&is)));
    }
    all
}

/// Where no order is known, nobody knows which verdicts turn.
fn set(reach: Option<&Reach>) -> Option<Ranges> {
    match reach {
        None => Some(Ranges::default()),
        Some(Reach::Known(set)) => Some(set.clone()),
        Some(Reach::Events(_)) => None,
    }
}

fn flip(package: &str, affected: bool, set: &Ranges) -> Option<Flip> {
    let stretches = set.stretches();
    let example = stretches.iter().find_map(|one| one.example.as_ref());
    (!stretches.is_empty()).then(|| Flip {
        package: package.to_owned(),
        affected,
        versions: said(&stretches),
        example: example.map(caveat_versions::Version::canonical),
    })
}

/// What differs between two records, for trees of which only records are known.
pub fn fields(old: &Record, new: &Record) -> Vec<Change> {
    let mut all = Vec::new();
    let mut field = |name: &str, from: Option<String>, to: Option<String>| {
        if from != to {
            let field = name.to_owned();
            all.push(Change { field, from, to });
        }
    };
    let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let list = |items: Vec<String>| Some(items.join(", ")).filter(|text| !text.is_empty());
    field("title", some(&old.title), some(&new.title));
    field("severity", some(&old.severity), some(&new.severity));
    field("cvss", list(old.vectors.clone()), list(new.vectors.clone()));
    let names = |record: &Record| list(record.aliases.iter().cloned().collect());
    field("aliases", names(old), names(new));
    for (name, from, to) in packages(old, new) {
        field(&name, from, to);
    }
    let withdrawn = |record: &Record| record.withdrawn.map(|at| at.to_string());
    field("withdrawn", withdrawn(old), withdrawn(new));
    if old.text != new.text {
        let field = "description".to_owned();
        all.push(Change {
            field,
            from: None,
            to: None,
        });
    }
    all
}

/// Versions and limits of every package, by the name of the field.
fn packages(old: &Record, new: &Record) -> Vec<(String, Option<String>, Option<String>)> {
    let names: BTreeSet<&String> = old.packages.keys().chain(new.packages.keys()).collect();
    let mut all = Vec::new();
    for package in names {
        let told = |record: &Record| record.packages.get(package).map(Reach::words);
        all.push((format!("affected[{package}]"), told(old), told(new)));
        let [before, after] = [old, new].map(|record| limits(record, package));
        let keys: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
        all.extend(keys.into_iter().map(|key| {
            let name = format!("affected[{package}].{key}");
            (name, before.get(key).cloned(), after.get(key).cloned())
        }));
    }
    all
}

fn limits<'r>(record: &'r Record, package: &str) -> BTreeMap<&'r str, String> {
    let limits = record.limits.get(package).into_iter();
    limits.flat_map(Limits::lists).collect()
}
