//! Owns reading whom a record tells of which versions and commits.
//! Must never be stricter than a scanner: what it cannot order, it keeps as it is written.

use std::collections::{BTreeMap, BTreeSet};

use caveat_versions::{Ecosystem, Interval, Order, Ranges, Stretch, Upper, Version};
use serde::Deserialize;
use serde_json::Value;

use crate::limits::Limits;

/// Which versions are affected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// In an order that is known here.
    Known(Ranges),
    /// Events as they are written.
    Events(BTreeSet<String>),
}

impl Reach {
    /// For people.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Known(set) => said(&set.stretches()),
            Self::Events(events) => events.iter().cloned().collect::<Vec<_>>().join(", "),
        }
    }
}

/// Stretches of versions, for people.
pub(crate) fn said(stretches: &[Stretch]) -> String {
    let all: Vec<&str> = stretches.iter().map(|one| one.words.as_str()).collect();
    all.join("; ")
}

/// Commits between which the flaw is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commits {
    /// Those that brought it.
    pub introduced: BTreeSet<String>,
    /// Those that removed it.
    pub fixed: BTreeSet<String>,
}

#[derive(Deserialize)]
pub(crate) struct Affected {
    package: Option<Package>,
    #[serde(default)]
    ranges: Vec<Range>,
    #[serde(default)]
    ecosystem_specific: Value,
}

#[derive(Deserialize)]
struct Package {
    ecosystem: String,
    name: String,
}

#[derive(Deserialize)]
struct Range {
    repo: Option<String>,
    events: Vec<BTreeMap<String, String>>,
}

/// Versions, limits and commits, each by what they are of.
type Told = (
    BTreeMap<String, Reach>,
    BTreeMap<String, Limits>,
    BTreeMap<String, Commits>,
);

/// What all entries tell together.
pub(crate) fn read(all: &[Affected]) -> Told {
    let (mut packages, mut limits) = (BTreeMap::new(), BTreeMap::<String, Limits>::new());
    let mut commits = BTreeMap::<String, Commits>::new();
    for affected in all {
        let (git, versions): (Vec<&Range>, Vec<&Range>) = affected
            .ranges
            .iter()
            .partition(|range| range.repo.is_some());
        for range in git {
            let there = commits.entry(range.repo.clone().unwrap_or_default());
            there.or_default().add(range);
        }
        if let Some(package) = &affected.package {
            let name = format!("{}/{}", package.ecosystem, package.name);
            let more = of(&package.ecosystem, &versions);
            let limit = Limits::read(&affected.ecosystem_specific);
            let (more, limit) = match packages.remove(&name) {
                Some(before) => {
                    let both = limits.remove(&name).unwrap_or_default().either(limit);
                    (joined(before, more), both)
                }
                None => (more, limit),
            };
            packages.insert(name.clone(), more);
            limits.insert(name, limit);
        }
    }
    limits.retain(|_, limits| *limits != Limits::default());
    (packages, limits, commits)
}

impl Commits {
    fn add(&mut self, range: &Range) {
        for (kind, commit) in range.events.iter().flatten() {
            match kind.as_str() {
                "introduced" => self.introduced.insert(commit.clone()),
                _ => self.fixed.insert(commit.clone()),
            };
        }
    }
}

fn joined(one: Reach, other: Reach) -> Reach {
    match (one, other) {
        (Reach::Known(one), Reach::Known(other)) => Reach::Known(one.union(&other)),
        (Reach::Events(one), Reach::Events(other)) => Reach::Events(&one | &other),
        // One package has one order.
        (events @ Reach::Events(_), _) | (_, events) => events,
    }
}

fn of(ecosystem: &str, ranges: &[&Range]) -> Reach {
    let order = Ecosystem::order_of(ecosystem).ok().flatten();
    let known = order.and_then(|order| {
        let branches: Option<Vec<Vec<Interval>>> =
            ranges.iter().map(|range| branches(order, range)).collect();
        Some(Reach::Known(Ranges::merge(&branches?.concat())))
    });
    known.unwrap_or_else(|| {
        let events = ranges
            .iter()
            .flat_map(|range| range.events.iter().flatten());
        Reach::Events(events.map(|(kind, at)| format!("{kind} {at}")).collect())
    })
}

/// Events in their order: each start up to the end that follows it.
fn branches(order: Order, range: &Range) -> Option<Vec<Interval>> {
    let read = |text: &str| {
        let strict = Version::parse(order, text);
        strict.or_else(|_| Version::found(order, text)).ok()
    };
    let (mut all, mut open) = (Vec::new(), None::<Option<Version>>);
    for (kind, at) in range.events.iter().flatten() {
        let upper = match kind.as_str() {
            "introduced" => {
                let start = if at == "0" { None } else { Some(read(at)?) };
                all.extend(
                    open.replace(start)
                        .and_then(|start| Interval::new(start, Upper::Open)),
                );
                continue;
            }
            "fixed" => Upper::Fixed(read(at)?),
            "last_affected" => Upper::LastAffected(read(at)?),
            _ => return None,
        };
        all.extend(open.take().and_then(|start| Interval::new(start, upper)));
    }
    all.extend(open.and_then(|start| Interval::new(start, Upper::Open)));
    Some(all)
}
