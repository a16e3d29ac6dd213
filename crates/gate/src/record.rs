//! Owns reading a published OSV record for comparison: the same reader for what is out and for what is new.
//! Must never be stricter than a scanner: what is out may have been written by another version.

use std::collections::{BTreeMap, BTreeSet};

use caveat_advisory::Timestamp;
use caveat_versions::{Ecosystem, Interval, Order, Ranges, Upper, Version};
use serde::{Deserialize, Deserializer};

/// A record that cannot be compared.
#[derive(Debug, thiserror::Error)]
#[error("the record `{id}` cannot be read: {reason}")]
pub struct Unreadable {
    id: String,
    reason: String,
}

/// What a record says to those who act on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its id.
    pub id: String,
    /// Its summary.
    pub title: String,
    /// When readers could first see it.
    pub published: Timestamp,
    /// When it last changed.
    pub modified: Timestamp,
    /// Since when it is withdrawn.
    pub withdrawn: Option<Timestamp>,
    /// Severity class.
    pub severity: String,
    /// CVSS vectors.
    pub vectors: Vec<String>,
    /// Other names of the flaw.
    pub aliases: BTreeSet<String>,
    /// Affected versions by `ECOSYSTEM/NAME`.
    pub packages: BTreeMap<String, Reach>,
    /// Commits by repository.
    pub commits: BTreeMap<String, Commits>,
    /// What readers were told, oldest first; empty where the first revision is the only one.
    pub revisions: Vec<Told>,
    /// The text.
    pub text: String,
}

/// Which versions are affected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// In an order that is known here.
    Known(Ranges),
    /// Events as they are written.
    Events(BTreeSet<String>),
}

/// Commits between which the flaw is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commits {
    /// Those that brought it.
    pub introduced: BTreeSet<String>,
    /// Those that removed it.
    pub fixed: BTreeSet<String>,
}

/// A revision as the record tells it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Told {
    /// When.
    #[serde(deserialize_with = "moment")]
    pub at: Timestamp,
    /// Nobody need act.
    #[serde(default)]
    pub editorial: bool,
    /// Why fewer people are told to act.
    pub narrows: Option<String>,
    /// Why a withdrawn advisory stands again.
    pub reinstates: Option<String>,
}

#[derive(Deserialize)]
struct Osv {
    id: String,
    #[serde(deserialize_with = "moment")]
    published: Timestamp,
    #[serde(deserialize_with = "moment")]
    modified: Timestamp,
    #[serde(default, deserialize_with = "perhaps")]
    withdrawn: Option<Timestamp>,
    #[serde(default)]
    summary: String,
    #[serde(default)]
    details: String,
    #[serde(default)]
    aliases: BTreeSet<String>,
    #[serde(default)]
    severity: Vec<Severity>,
    #[serde(default)]
    affected: Vec<Affected>,
    #[serde(default)]
    database_specific: Specific,
}

fn moment<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
    let text = String::deserialize(from)?;
    text.parse().map_err(serde::de::Error::custom)
}

fn perhaps<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
    moment(from).map(Some)
}

#[derive(Deserialize)]
struct Severity {
    score: String,
}

#[derive(Deserialize)]
struct Affected {
    package: Option<Package>,
    #[serde(default)]
    ranges: Vec<Range>,
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

#[derive(Default, Deserialize)]
struct Specific {
    #[serde(default)]
    severity: String,
    #[serde(default)]
    revisions: Vec<Told>,
}

impl Record {
    /// Reads the bytes of a record.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn read(id: &str, bytes: &[u8]) -> Result<Self, Unreadable> {
        let osv: Osv = serde_json::from_slice(bytes).map_err(|error| Unreadable {
            id: id.to_owned(),
            reason: error.to_string(),
        })?;
        let (packages, commits) = reach(&osv.affected);
        Ok(Self {
            id: osv.id,
            title: osv.summary,
            published: osv.published,
            modified: osv.modified,
            withdrawn: osv.withdrawn,
            severity: osv.database_specific.severity,
            vectors: osv.severity.into_iter().map(|one| one.score).collect(),
            aliases: osv.aliases,
            packages,
            commits,
            revisions: osv.database_specific.revisions,
            text: osv.details,
        })
    }

    /// Does it tell the same to everybody who acts on it, however it is written?
    pub fn says_the_same(&self, other: &Self) -> bool {
        let told = |record: &Self| Self {
            modified: Timestamp::MIN,
            text: String::new(),
            revisions: Vec::new(),
            ..record.clone()
        };
        told(self) == told(other)
    }

    /// The times of all revisions.
    pub fn times(&self) -> Vec<Timestamp> {
        if self.revisions.is_empty() {
            return vec![self.published];
        }
        self.revisions.iter().map(|told| told.at).collect()
    }

    /// The newest reason of a kind that was given after a moment.
    pub fn reason(&self, after: Timestamp, kind: fn(&Told) -> Option<&String>) -> Option<&str> {
        let since = self.revisions.iter().filter(|told| told.at > after);
        since.rev().find_map(kind).map(String::as_str)
    }
}

fn reach(all: &[Affected]) -> (BTreeMap<String, Reach>, BTreeMap<String, Commits>) {
    let (mut packages, mut commits) = (BTreeMap::new(), BTreeMap::<String, Commits>::new());
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
            let all = match packages.remove(&name) {
                Some(before) => joined(before, more),
                None => more,
            };
            packages.insert(name, all);
        }
    }
    (packages, commits)
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
