//! Owns the book: advisories that passed every rule, with their facts parsed.
//! Must never be made anywhere else: to hold a `Book` is to know that it was checked.

use std::sync::Arc;

use caveat_advisory::{
    Advisory, Package, Policy, Project, Revision, SeverityClass, StatusKind, Timestamp,
};
use caveat_diag::Level;
use caveat_versions::{Ecosystem, Version};

use crate::affected::{AffectedPackage, Standing, affected, standing};
use crate::candidate::{Candidate, Row};
use crate::cwe::weakness;
use crate::rule::Rule;
use crate::setting::Settings;
use crate::ties::{Tie, tie};

/// Everything that may be published, as of one moment.
#[derive(Debug)]
pub struct Book {
    project: Project,
    entries: Vec<Entry>,
    as_of: Timestamp,
}

/// One published advisory.
#[derive(Debug)]
#[non_exhaustive]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// What was written. Names may stand where both their owner and the policy agree.
    pub advisory: Advisory,
    /// Its severity class.
    pub severity: Arc<SeverityClass>,
    /// Rank of the class in the policy; 0 is the highest.
    pub rank: usize,
    /// CVSS, newest version first.
    pub scores: Vec<Score>,
    /// Weaknesses as written.
    pub weaknesses: Vec<Weakness>,
    /// Packages as written, each with its branches in ascending order.
    pub affected: Vec<AffectedPackage>,
    /// What is known of versions that are not affected, or that nobody looked at.
    pub statuses: Vec<Standing>,
    /// When readers could first see it.
    pub published: Timestamp,
    /// When readers were last told of a change.
    pub modified: Timestamp,
    /// The number of the last revision that is not editorial, from 1.
    pub told: usize,
    /// What it has to do with other advisories of the feed.
    pub ties: Vec<Tie>,
}

impl Entry {
    /// When readers were last told of something that they may have to act on.
    pub fn told_at(&self) -> Timestamp {
        let told = self.advisory.revisions.get(self.told - 1);
        told.map_or(self.published, |revision| revision.at)
    }

    /// Does it say that nobody looked at this version?
    pub fn is_unanalysed(&self, package: &PackageId, version: &Version) -> bool {
        let statuses = self.statuses.iter().filter(|one| one.package == *package);
        let mut unknown = statuses.filter(|one| one.state == StatusKind::NotAnalysed);
        unknown.any(|one| {
            let mut branches = one.branches.iter();
            one.branches.is_empty() || branches.any(|branch| branch.contains(version))
        })
    }
}

/// A package under its canonical name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PackageId {
    /// OSV ecosystem.
    pub ecosystem: Ecosystem,
    /// Canonical name.
    pub name: String,
    /// Name for people.
    pub title: String,
    /// Name in paths: the key of `caveat.toml`, else its path, which no key can be.
    pub key: String,
    /// Where its source is.
    pub repository: Option<String>,
}

impl PackageId {
    pub(crate) fn new(ecosystem: Ecosystem, name: String, declared: Option<&Package>) -> Self {
        Self {
            title: declared.map_or_else(|| name.clone(), |package| package.title.clone()),
            key: declared.map_or_else(
                || caveat_versions::package_path(&ecosystem, &name),
                |package| package.key.clone(),
            ),
            repository: declared.and_then(|package| package.repository.clone()),
            ecosystem,
            name,
        }
    }

    /// Package URL without version, where the ecosystem has one.
    pub fn purl(&self) -> Option<String> {
        caveat_versions::purl(&self.ecosystem, &self.name)
    }

    /// A page that shows a commit, where the repository is at a forge that has one.
    pub fn commit_url(&self, commit: &str) -> Option<String> {
        let repository = self
            .repository
            .as_deref()?
            .trim_end_matches('/')
            .trim_end_matches(".git");
        let host = repository.strip_prefix("https://")?.split('/').next()?;
        let forge = match host {
            "github.com" | "codeberg.org" => "commit",
            "gitlab.com" => "-/commit",
            _ => return None,
        };
        Some(format!("{repository}/{forge}/{commit}"))
    }
}

/// A CVSS vector and what it comes to.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Score {
    /// `2.0`, `3.0`, `3.1` or `4.0`.
    pub version: &'static str,
    /// The vector in canonical form.
    pub vector: String,
    /// From 0 to 10.
    pub score: f64,
    /// CVSS's own word.
    pub rating: &'static str,
}

impl Score {
    /// The score with one decimal, as it is always written.
    pub fn display(&self) -> String {
        format!("{:.1}", self.score)
    }
}

/// A weakness of the CWE list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weakness {
    /// The number after `CWE-`.
    pub number: u32,
    /// Its name in the list.
    pub name: &'static str,
}

impl Book {
    /// The project that publishes it.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// All advisories by id: by year, then by number.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// A book of this advisory alone.
    #[must_use]
    pub fn only(mut self, id: &str) -> Self {
        self.entries.retain(|entry| entry.id == id);
        self
    }

    /// The moment it was checked for.
    pub fn as_of(&self) -> Timestamp {
        self.as_of
    }

    /// How strict a rule is for this project: its level in a word, and since when it holds.
    pub fn strictness(&self, rule: &Rule) -> (&'static str, Option<Timestamp>) {
        let setting = Settings::new(&self.project).of(rule);
        (setting.level.map_or("off", Level::word), setting.since)
    }

    /// Takes what may be published; drafts and embargoed advisories stay behind without a trace.
    /// `None` if a fault slipped past the rules: nothing is published then.
    pub(crate) fn assemble(
        project: Project,
        candidates: Vec<Candidate>,
        as_of: Timestamp,
    ) -> Option<Self> {
        let classes = project.policy.severities.iter().cloned().map(Arc::new);
        let classes: Vec<_> = classes.collect();
        // Each text goes as its entry comes: there is never room for both of all.
        let entries = candidates
            .into_iter()
            .filter(|candidate| candidate.is_public(as_of))
            .map(|candidate| entry(candidate, &classes, &project.policy));
        let mut entries: Vec<Entry> = entries.collect::<Option<_>>()?;
        entries.sort_by(|a, b| order(&a.id).cmp(&order(&b.id)));
        tie(&mut entries);
        Some(Self {
            project,
            entries,
            as_of,
        })
    }
}

/// Ids in the order people count: numbers by length, then by digits.
fn order(id: &str) -> (&str, &str, usize, &str) {
    let (rest, number) = id.rsplit_once('-').unwrap_or(("", id));
    let (prefix, year) = rest.rsplit_once('-').unwrap_or(("", rest));
    (prefix, year, number.len(), number)
}

fn entry(candidate: Candidate, classes: &[Arc<SeverityClass>], policy: &Policy) -> Option<Entry> {
    let commits = candidate.commits();
    let mut advisory = candidate.document.into_data();
    // Here, once, so that no view names somebody where the policy names nobody.
    for credit in &mut advisory.credits {
        credit.consent.retain(|place| policy.names_in(*place));
    }
    let (rows, statuses) = (candidate.rows, candidate.statuses);
    let mut entry = entry_as(rows, statuses, candidate.scores, advisory, classes)?;
    for (affected, commits) in entry.affected.iter_mut().zip(commits) {
        if let Some((starts, ends)) = commits {
            (affected.starts, affected.ends) = (starts, ends);
        }
    }
    Some(entry)
}

/// An entry of what is written, from the parts that a candidate has read.
pub(crate) fn entry_as(
    rows: Vec<Row>,
    statuses: Vec<Row>,
    scores: Vec<Result<Score, String>>,
    advisory: Advisory,
    classes: &[Arc<SeverityClass>],
) -> Option<Entry> {
    let rank = classes
        .iter()
        .position(|class| class.id == advisory.severity)?;
    let rows = rows.into_iter().zip(&advisory.affected);
    let affected = rows
        .map(|(row, written)| affected(row, written))
        .collect::<Option<_>>()?;
    let statuses = statuses.into_iter().zip(&advisory.statuses);
    let statuses = statuses.map(|(row, written)| standing(row, written));
    let statuses = statuses.collect::<Option<_>>()?;
    let scores = scores.into_iter().map(Result::ok);
    let mut scores: Vec<Score> = scores.collect::<Option<_>>()?;
    scores.sort_by(|a, b| b.version.cmp(a.version));
    Some(Entry {
        id: advisory.id.clone()?,
        severity: Arc::clone(&classes[rank]),
        rank,
        scores,
        weaknesses: advisory
            .cwe
            .iter()
            .map(|cwe| weakness(cwe))
            .collect::<Option<_>>()?,
        affected,
        statuses,
        published: advisory.revisions.first()?.at,
        modified: advisory.revisions.last()?.at,
        told: told(&advisory.revisions),
        ties: Vec::new(),
        advisory,
    })
}

/// The first revision is always news.
fn told(revisions: &[Revision]) -> usize {
    let news = revisions.iter().rposition(|revision| !revision.editorial);
    news.map_or(1, |last| last + 1)
}
