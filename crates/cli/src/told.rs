//! Owns what a revision lists as changed: the state that readers saw, from git, against the one that they will see.
//! Must never guess a state that git does not have.

use std::sync::Arc;

use caveat_advisory::{
    Advisory, Change, Commit, Document, Draft, Lock, Past, Project, Timestamp, stem,
};
use caveat_author::{Fault, amend};
use caveat_check::{Now, base, is_private, is_public, to_list};
use caveat_diag::Report;

use crate::cmd::now;
use crate::desk::{Desk, advisory, lock_path};
use crate::failure::Failure;
use crate::output;

/// What git knows of an advisory that is about to be revised.
pub(crate) struct Witness<'d> {
    desk: &'d Desk,
    draft: &'d Draft,
    past: Option<Arc<dyn Past>>,
    lock: Option<Lock>,
    project: Option<Project>,
}

impl<'d> Witness<'d> {
    pub(crate) fn of(desk: &'d Desk, draft: &'d Draft) -> Self {
        let path = lock_path(&draft.path);
        let lock = desk.input.locks.iter().find(|lock| lock.path == path);
        let read = |lock: &Draft| Document::<Lock>::read(lock.clone(), &mut Report::default());
        Self {
            desk,
            draft,
            past: desk.input.past.clone(),
            lock: lock.and_then(read).map(Document::into_data),
            // Without a project nothing is written: `check` refuses it.
            project: desk.project().ok().map(Document::into_data),
        }
    }

    /// Did readers see this revision?
    pub(crate) fn is_public(&self, state: &Advisory, at: Timestamp) -> Result<bool, Failure> {
        let asked = self.ask(state, |past, now| is_public(past, now, at))?;
        Ok(asked.unwrap_or_default())
    }

    /// What the last revision of a state has to list; `None` where git does not know what was before.
    pub(crate) fn to_list(&self, state: &Advisory) -> Result<Option<Vec<Change>>, Failure> {
        let mut all = self.ask(state, to_list)?.flatten();
        if let Some(all) = &mut all {
            let seen = self.seen(state);
            let old = seen.as_ref().unwrap_or(state);
            self.desk.discretion().keep_between(all, old, state);
        }
        Ok(all)
    }

    /// The newest of the states before it that readers could see.
    fn seen(&self, state: &Advisory) -> Option<Advisory> {
        let (past, name) = (self.past.as_deref()?, stem(&self.draft.path));
        let mut earlier = state.revisions.iter().rev().skip(1);
        earlier.find_map(|revision| base(past, name, revision.at, now()))
    }

    fn ask<T>(
        &self,
        state: &Advisory,
        question: impl FnOnce(&dyn Past, &Now<'_>) -> Result<T, Commit>,
    ) -> Result<Option<T>, Failure> {
        let (Some(past), Some(project)) = (&self.past, &self.project) else {
            return Ok(None);
        };
        let now = Now {
            name: stem(&self.draft.path),
            advisory: state,
            lock: self.lock.as_ref(),
            project,
            as_of: now(),
        };
        let lost = |commit: Commit| Failure::LostPast {
            path: self.draft.path.clone(),
            commit: commit.short().to_owned(),
        };
        question(&**past, &now).map(Some).map_err(lost)
    }

    /// What a command changes by itself, where git knows nothing.
    fn between(&self, before: &Advisory, after: &Advisory) -> Vec<Change> {
        let mut all = self.desk.discretion().changes(before, after);
        let policy = self.project.as_ref().map(|project| &project.policy);
        all.retain(|change| policy.is_some_and(|policy| !is_private(policy, &change.field)));
        all
    }
}

/// A text that ends in a new revision, with all that it changes since the one before it. `before` is the file as it lies there.
pub(crate) fn with_changes(
    desk: &Desk,
    draft: &Draft,
    before: &Advisory,
    text: Result<String, Fault>,
) -> Result<String, Failure> {
    let path = draft.path.clone();
    let fail = |fault| Failure::Author {
        path: path.clone(),
        fault,
    };
    let text = text.map_err(fail)?;
    let after = Draft {
        path: path.clone(),
        bytes: text.clone().into_bytes(),
    };
    let Some((_, after)) = advisory(&after, &mut Report::default()) else {
        return Ok(text);
    };
    let changed = listed(&Witness::of(desk, draft), before, &after)?;
    amend(&text, &changed, None).map_err(fail)
}

fn listed(
    witness: &Witness<'_>,
    before: &Advisory,
    after: &Advisory,
) -> Result<Vec<Change>, Failure> {
    let known = witness.to_list(after)?;
    if known.as_ref().is_some_and(Vec::is_empty) {
        output::warning("nothing changed that readers see: this revision lists no field");
    }
    if known.is_none() && !before.revisions.is_empty() {
        output::warning(
            "git does not have the state that readers saw: only what this command changes is listed",
        );
    }
    Ok(known.unwrap_or_else(|| witness.between(before, after)))
}
