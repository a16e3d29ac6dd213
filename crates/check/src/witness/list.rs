//! Owns what a new revision has to list: all that differs from the state that it follows.
//! Must never guess a state that git does not have.

use std::collections::BTreeMap;

use caveat_advisory::{Advisory, Change, Commit, Line, Past, PastState, Timestamp};

use super::gist::{Gist, Kept};
use super::states::{States, parse};
use super::{Beside, Full, Now, differences};

/// Could readers see this revision?
///
/// # Errors
/// The commit of a state whose content the clone does not have.
pub fn is_public(past: &dyn Past, now: &Now<'_>, revision: Timestamp) -> Result<bool, Commit> {
    let states = States::of(past, Line::Public, now, None);
    let found = states
        .read_ones()
        .any(|(gist, _)| gist.last() == Some(revision));
    match states.lost {
        Some(lost) if !found => Err(lost),
        _ => Ok(found),
    }
}

/// The published state that first had this revision as its last one: what later changes are held against.
pub fn base(
    past: &dyn Past,
    name: &str,
    revision: Timestamp,
    as_of: Timestamp,
) -> Option<Advisory> {
    let mut found = None;
    for state in past.states(Line::Public, name) {
        let Some(old) = past.bytes(&state.content) else {
            break;
        };
        let Some(old) = parse(&state.path, old) else {
            break;
        };
        let gist = Gist::of(&old);
        if gist.was_public(state.until, as_of) && gist.last() == Some(revision) {
            found = Some(old);
        } else if gist.last().is_some_and(|last| last < revision) {
            break;
        }
    }
    found
}

/// What the last revision of `now` has to list; `None` where git does not have the state before it.
///
/// # Errors
/// The commit of a state whose content the clone does not have.
pub fn to_list(past: &dyn Past, now: &Now<'_>) -> Result<Option<Vec<Change>>, Commit> {
    let revisions: Vec<Kept> = now.advisory.revisions.iter().map(Kept::of).collect();
    let [earlier @ .., _] = &revisions[..] else {
        return Ok(None);
    };
    let public = States::of(past, Line::Public, now, None);
    let pushed = States::of(past, Line::Pushed, now, None);
    let since = |state: &PastState| -> Result<Option<Vec<Change>>, Commit> {
        let Some(old) = whole(past, &public, state, now)? else {
            return Ok(None);
        };
        Ok(Some(differences(&old, &Full::of(now), now)))
    };
    for (nth, revision) in earlier.iter().enumerate().rev() {
        // What was committed and not pushed has the words of the file, or it is not what this revision follows.
        let follows = |gist: &Gist| gist.revisions.last() == Some(revision);
        let seen = |gist: &Gist| gist.last() == Some(revision.at);
        let state = match first(&public, seen)? {
            Some(state) => Some(state),
            None => first(&pushed, follows)?,
        };
        if let Some(state) = state {
            let all = since(state)?;
            return Ok(all.map(|all| without(all, &earlier[nth + 1..])));
        }
    }
    Ok(None)
}

/// The oldest state of which this holds, among those that no unreadable one parts from today. One that is lost might be older.
fn first<'p>(
    states: &States<'p>,
    holds: impl Fn(&Gist) -> bool,
) -> Result<Option<&'p PastState>, Commit> {
    let mut found = None;
    for (gist, state) in states.public() {
        match gist {
            Some(gist) if holds(gist) => found = Some(*state),
            Some(_) if found.is_some() => break,
            Some(_) => {}
            None if states.lost.as_ref() == Some(&state.commit) => {
                return Err(state.commit.clone());
            }
            None => break,
        }
    }
    Ok(found)
}

fn whole(
    past: &dyn Past,
    states: &States<'_>,
    state: &PastState,
    now: &Now<'_>,
) -> Result<Option<Full>, Commit> {
    let lost = || state.commit.clone();
    let bytes = past.bytes(&state.content).ok_or_else(lost)?;
    if parse(&state.path, bytes).is_none() {
        return Ok(None);
    }
    let full = states.read(past, state, now).ok_or_else(lost)?;
    if full.lock == Beside::Lost {
        return Err(lost());
    }
    Ok(Some(full))
}

/// What a row is about: a field, or one item of a list that is told item by item.
fn about(change: &Change) -> (String, Option<String>) {
    let item = change.from.as_ref().or(change.to.as_ref());
    let by_item = matches!(change.field.as_str(), "reference" | "relation");
    (change.field.clone(), item.filter(|_| by_item).cloned())
}

/// What is left to tell, where revisions that come out together with this one tell the rest: a value that is another one
/// again, or what it was before them.
fn without(all: Vec<Change>, pending: &[Kept]) -> Vec<Change> {
    let mut told: BTreeMap<_, (Option<String>, Option<String>)> = BTreeMap::new();
    for change in pending.iter().flat_map(|one| &one.changed) {
        let sides = told.entry(about(change));
        let (_, to) = sides.or_insert_with(|| (change.from.clone(), None));
        to.clone_from(&change.to);
    }
    let mut left = Vec::new();
    for mut change in all {
        match told.remove(&about(&change)) {
            Some((_, to)) if to == change.to => {}
            Some((_, to)) => {
                change.from = to;
                left.push(change);
            }
            None => left.push(change),
        }
    }
    let back = told.into_iter().map(|((field, _), (from, to))| Change {
        field,
        from: to,
        to: from,
    });
    left.extend(back);
    left
}
