//! Owns reading a published OSV record for comparison: the same reader for what is out and for what is new.
//! Must never be stricter than a scanner: what is out may have been written by another version.

use std::collections::{BTreeMap, BTreeSet};

use caveat_advisory::Timestamp;
use serde::{Deserialize, Deserializer};

use crate::affected::{Affected, Commits, Reach, read};
use crate::limits::Limits;

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
    /// What a package limits itself to, by `ECOSYSTEM/NAME`; absent where everybody who has it is told.
    pub limits: BTreeMap<String, Limits>,
    /// Commits by repository.
    pub commits: BTreeMap<String, Commits>,
    /// What readers were told, oldest first; empty where the first revision is the only one.
    pub revisions: Vec<Told>,
    /// The text.
    pub text: String,
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
    /// What it changed; nothing where nobody wrote that down.
    #[serde(default)]
    pub changed: Vec<ToldChange>,
}

/// A field that a revision changed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ToldChange {
    /// Its name: `severity`, or `affected[torch].versions`.
    pub field: String,
}

impl Told {
    /// Did it change one of these, or what begins with one? It may have, where it lists nothing.
    fn touched(&self, fields: &[&str]) -> bool {
        let one = |change: &ToldChange| fields.iter().any(|field| change.field.starts_with(field));
        self.changed.is_empty() || self.changed.iter().any(one)
    }
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
        let (packages, limits, commits) = read(&osv.affected);
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
            limits,
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

    /// The newest reason of a kind that was given after a moment, by a revision that changed one of these fields.
    pub fn reason(
        &self,
        after: Timestamp,
        fields: &[&str],
        kind: fn(&Told) -> Option<&String>,
    ) -> Option<&str> {
        let since = self.revisions.iter().rev().filter(|told| told.at > after);
        let mut given = since.filter(|told| told.touched(fields)).filter_map(kind);
        given.next().map(String::as_str)
    }
}
