//! Owns what may be told early: one advisory that is not published yet, for those who hear of it first.
//! Must never become part of a book: only a letter to somebody is made of it.

use std::sync::Arc;

use caveat_advisory::{Input, Project, Revision, Timestamp};
use caveat_diag::Report;

use crate::book::{Entry, entry_as};
use crate::candidate::Candidate;
use crate::check_with;
use crate::rule::Facts;

/// A checked advisory under embargo.
#[derive(Debug)]
pub struct Early {
    /// What it says. Id and first revision are stand-ins where a draft has none.
    pub entry: Entry,
    /// Who will publish it.
    pub project: Project,
    /// When.
    pub until: Timestamp,
}

/// What became of the question for an advisory that is not published.
#[derive(Debug)]
pub enum Told {
    /// It can be told early.
    Early(Box<Early>),
    /// Everybody can read it.
    Public,
    /// Nobody can say when it will be published.
    NoEmbargo,
    /// There is none of that name.
    Unknown,
}

/// Looks for an advisory that is not published, by its id, its path or the name of its file. `None` where something is wrong.
pub fn early(input: Input, as_of: Timestamp, name: &str, report: &mut Report) -> Option<Told> {
    let (_, told) = check_with(input, as_of, report, |facts| told(facts, name))?;
    told
}

fn told(facts: &Facts<'_>, name: &str) -> Option<Told> {
    let named = |one: &&Candidate| {
        let path = one.document.path();
        let file = path.rsplit('/').next().unwrap_or(path);
        let id = one.advisory().id.as_deref();
        id == Some(name) || path == name || file.strip_suffix(".toml") == Some(name)
    };
    let Some(candidate) = facts.candidates.iter().find(named) else {
        return Some(Told::Unknown);
    };
    if candidate.is_public(facts.as_of) {
        return Some(Told::Public);
    }
    let until = candidate.embargoed_until();
    let Some(until) = until.filter(|until| *until > facts.as_of) else {
        return Some(Told::NoEmbargo);
    };
    let mut advisory = candidate.advisory().clone();
    advisory.id.get_or_insert_with(|| "(no id yet)".to_owned());
    if advisory.revisions.is_empty() {
        let note = "First published.".to_owned();
        advisory.revisions.push(Revision::new(until, note));
    }
    let project = facts.project.data().clone();
    let read = Candidate::new(candidate.document.clone(), &project, None);
    let classes = project.policy.severities.iter().cloned().map(Arc::new);
    let classes: Vec<_> = classes.collect();
    Some(Told::Early(Box::new(Early {
        entry: entry_as(read.rows, read.statuses, read.scores, advisory, &classes)?,
        project,
        until,
    })))
}
