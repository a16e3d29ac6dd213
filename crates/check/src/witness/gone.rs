//! Owns which published advisories have no file any more.
//! Must never call a file gone that only cannot be read.

use std::collections::BTreeSet;

use caveat_advisory::{Commit, Line, PastState, stem};

use super::gist::Known;
use crate::rule::Facts;

/// What has no file any more.
#[derive(Default)]
pub(crate) struct Gone<'f> {
    /// Name, and the last state that readers could see.
    pub(crate) published: Vec<(&'f str, &'f PastState)>,
    /// The same of what a push would publish and take away again.
    pub(crate) ahead: Vec<(&'f str, &'f PastState)>,
    /// States of which nobody can say whether readers saw them: the clone does not have their content.
    pub(crate) lost: Vec<&'f Commit>,
}

/// All that git has and the directory has not.
pub(crate) fn gone<'f>(facts: &'f Facts<'_>) -> Gone<'f> {
    let mut found = Gone::default();
    let Some(past) = facts.past else {
        return found;
    };
    let files = facts.candidates.iter();
    let files = files.filter(|candidate| !candidate.is_draft());
    let read = files.map(|file| stem(file.document.path()));
    // A file that cannot be read today is there all the same, and has faults of its own.
    let there: BTreeSet<&str> = read
        .chain(facts.unread.iter().map(|path| stem(path)))
        .collect();
    for name in past.names(Line::Pushed) {
        if there.contains(name) {
            continue;
        }
        let public = last_public(facts, Line::Public, name, &mut found.lost);
        if let Some(state) = public {
            found.published.push((name, state));
        } else if let Some(state) = last_public(facts, Line::Pushed, name, &mut Vec::new()) {
            found.ahead.push((name, state));
        }
    }
    found
}

/// The last state of a name that readers could see.
fn last_public<'f>(
    facts: &'f Facts<'_>,
    line: Line,
    name: &str,
    lost: &mut Vec<&'f Commit>,
) -> Option<&'f PastState> {
    let past = facts.past?;
    for state in past.states(line, name) {
        match Known::of(past, state) {
            Known::Gist(gist) if gist.was_public(state.until, facts.as_of) => return Some(state),
            Known::Gist(_) | Known::Unreadable => {}
            Known::Lost => {
                lost.push(&state.commit);
                return None;
            }
        }
    }
    None
}
