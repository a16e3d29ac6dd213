//! Owns what git says against an advisory: changes that no revision tells of, and revisions that were not always so.
//! Must never judge a state that readers could not see.

use caveat_advisory::{
    Advisory, Change, Commit, Credit, CreditRole, Document, Draft, Past, PastState, Revision,
    Timestamp, changes,
};
use caveat_diag::Report;

/// What the published line of commits says of one advisory.
#[derive(Clone, Debug, Default)]
pub struct Witness {
    /// What changed since its last revision first stood there, and the commit that made that state.
    pub unsaid: Option<(Vec<Change>, Commit)>,
    /// What its last revision changed, where the state before that is known.
    pub told: Option<Vec<Change>>,
    /// The published state before its last revision, while nobody could see that one.
    pub before: Option<Box<Advisory>>,
    /// The time of a published revision that is gone or has another time now, and a commit that has it.
    pub rewritten: Option<(Timestamp, Commit)>,
    /// Could readers ever see it?
    pub was_public: bool,
    /// Could they see its last revision?
    pub last_was_public: bool,
}

/// What the past says of a file of this name with this content (see [`Past::content`]).
pub fn witness(
    past: &dyn Past,
    name: &str,
    now: &Advisory,
    content: &str,
    as_of: Timestamp,
) -> Witness {
    let mut found = Witness::default();
    let states = past.states(name);
    // The oldest state of the last revision, and that of the one before.
    let mut base: Option<(Advisory, &Commit)> = None;
    let mut before: Option<Advisory> = None;
    for state in states {
        let old = if state.content == content {
            Some(now.clone())
        } else {
            read(past, state)
        };
        // What today's reader cannot read, nobody can compare.
        let Some(old) = old else { break };
        if !was_public(&old, state, as_of) {
            continue;
        }
        if !found.was_public {
            found.was_public = true;
            found.rewritten = rewritten(&old.revisions, now, state);
        }
        if before.is_none() && last(&old) == last(now) {
            base = Some((old, &state.commit));
        } else if last(&old) < last(now)
            && before.as_ref().is_none_or(|one| last(one) == last(&old))
        {
            before = Some(old);
        } else {
            break;
        }
    }
    found.last_was_public = base.is_some();
    found.told = before.as_ref().map(|before| {
        let end = base.as_ref().map_or(now, |(base, _)| base);
        changes(before, end)
    });
    found.before = before.filter(|_| base.is_none()).map(Box::new);
    found.unsaid = base.and_then(|(old, commit)| {
        let all = changes(&old, now);
        (!all.is_empty()).then(|| (all, commit.clone()))
    });
    found
}

/// Somebody whom an earlier state credits, and the commit that made it.
#[derive(Clone, Debug)]
pub(crate) struct Credited {
    pub(crate) name: String,
    /// A page of theirs.
    pub(crate) url: Option<String>,
    pub(crate) commit: Commit,
}

/// Everybody whom an earlier state of this file credits by a name that is not in it any more.
pub(crate) fn remembered(
    past: &dyn Past,
    name: &str,
    now: &Advisory,
    content: &str,
) -> Vec<Credited> {
    let mut found: Vec<Credited> = Vec::new();
    let states = past.states(name).iter();
    for state in states.filter(|state| state.content != content) {
        let said = past.said(state, &|bytes| credited(state, bytes.to_vec()));
        for pair in said.chunks_exact(2) {
            let (name, url) = (&pair[0], &pair[1]);
            let here = |other: &Credit| other.name.as_ref() == Some(name);
            if now.credits.iter().any(here) || found.iter().any(|one| one.name == *name) {
                continue;
            }
            found.push(Credited {
                name: name.clone(),
                url: Some(url.clone()).filter(|url| !url.is_empty()),
                commit: state.commit.clone(),
            });
        }
    }
    found
}

/// Names and pages of all people that a state credits, one after the other.
fn credited(state: &PastState, bytes: Vec<u8>) -> Vec<String> {
    let credits = parse(state, bytes).into_iter().flat_map(|old| old.credits);
    let people = credits.filter(|credit| credit.role != CreditRole::Tool);
    people
        .filter_map(|credit| Some([credit.name?, credit.url.unwrap_or_default()]))
        .flatten()
        .collect()
}

/// The published state that first had this revision as its last one: what later changes are held against.
pub fn base(
    past: &dyn Past,
    name: &str,
    revision: Timestamp,
    as_of: Timestamp,
) -> Option<Advisory> {
    let mut found = None;
    for state in past.states(name) {
        let Some(old) = read(past, state) else { break };
        if was_public(&old, state, as_of) && last(&old) == Some(revision) {
            found = Some(old);
        } else if last(&old).is_some_and(|last| last < revision) {
            break;
        }
    }
    found
}

/// The last state of a name, if readers could see it: for one whose file is gone.
pub(crate) fn last_public(past: &dyn Past, name: &str, as_of: Timestamp) -> Option<PastState> {
    let states = past.states(name).iter();
    let read = states.filter_map(|state| Some((read(past, state)?, state)));
    let mut public = read.filter(|(old, state)| was_public(old, state, as_of));
    public.next().map(|(_, state)| state.clone())
}

fn read(past: &dyn Past, state: &PastState) -> Option<Advisory> {
    parse(state, past.bytes(state)?)
}

fn parse(state: &PastState, bytes: Vec<u8>) -> Option<Advisory> {
    let draft = Draft {
        path: state.path.clone(),
        bytes,
    };
    let document = Document::<Advisory>::read(draft, &mut Report::default())?;
    Some(document.into_data())
}

/// Had its time come before another state took its place?
fn was_public(old: &Advisory, state: &PastState, as_of: Timestamp) -> bool {
    let Some(first) = old.revisions.first() else {
        return false;
    };
    let until = old.embargo.as_ref().map(|embargo| embargo.until);
    let since = until.map_or(first.at, |until| until.max(first.at));
    since <= state.until.unwrap_or(as_of).min(as_of)
}

fn last(advisory: &Advisory) -> Option<Timestamp> {
    advisory.revisions.last().map(|revision| revision.at)
}

/// Revisions are added at the end, and never change.
fn rewritten(old: &[Revision], now: &Advisory, state: &PastState) -> Option<(Timestamp, Commit)> {
    let mut old = old.iter().enumerate();
    let lost = old.find(|(at, old)| {
        let new = now.revisions.get(*at);
        new.is_none_or(|new| new.at != old.at)
    });
    lost.map(|(_, lost)| (lost.at, state.commit.clone()))
}
