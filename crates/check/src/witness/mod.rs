//! Owns what git says against an advisory: changes that no revision tells of, and revisions that were not always so.
//! Must never judge a state that readers could not see.

mod commits;
mod credited;
mod gist;
mod gone;
mod list;
mod private;
mod revisions;
mod states;

use caveat_advisory::{Advisory, Change, Commit, Line, Lock, Past, Project, Timestamp, changes};

pub use commits::shows_commits;
pub(crate) use credited::{Credited, remembered};
pub(crate) use gone::gone;
pub use list::{base, is_public, to_list};
pub use private::is_private;
pub(crate) use revisions::Rewritten;

use revisions::rewritten;
use states::{Chosen, States};

/// An advisory as it is or will be, to be held against its past.
#[derive(Clone, Copy)]
pub struct Now<'a> {
    /// The name of its file, without `.toml`.
    pub name: &'a str,
    /// What it says.
    pub advisory: &'a Advisory,
    /// What lies beside it.
    pub lock: Option<&'a Lock>,
    /// What tells which packages it means, and what of it is private.
    pub project: &'a Project,
    /// When it is judged.
    pub as_of: Timestamp,
}

/// What the past says of one advisory.
#[derive(Debug, Default)]
pub(crate) struct Witness {
    /// What is said of the states that readers could see.
    pub(crate) public: Testimony,
    /// What would be said of it after a push, and is not yet.
    pub(crate) ahead: Testimony,
    /// A state that was not looked at: the clone does not have its content.
    pub(crate) lost: Option<Commit>,
}

impl Witness {
    /// Is there a change that no revision tells of?
    pub(crate) fn is_unsaid(&self) -> bool {
        self.public.unsaid.is_some() || self.ahead.unsaid.is_some()
    }
}

/// What a line of commits says of one advisory.
#[derive(Debug, Default)]
pub(crate) struct Testimony {
    /// What changed since its last revision first stood there, and the commit that made that state.
    pub(crate) unsaid: Option<(Vec<Change>, Commit)>,
    /// What its last revisions changed, where the state before that is known.
    pub(crate) told: Option<Told>,
    /// The published state before its last revision, while nobody could see that one.
    pub(crate) before: Option<Box<Advisory>>,
    /// The oldest revision that is not as readers saw it.
    pub(crate) rewritten: Option<Rewritten>,
    /// Could readers see its last revision?
    pub(crate) last_was_public: bool,
    /// A state whose lock the clone does not have.
    lost: Option<Commit>,
}

/// What changed with the last revisions, all of which came out at once.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) changed: Vec<Change>,
    /// The last revision before them.
    pub(crate) since: Timestamp,
}

/// What the past says of a file with this content, and that of the lock beside it.
pub(crate) fn witness(past: &dyn Past, now: &Now<'_>, content: (&str, Option<&str>)) -> Witness {
    let states = States::of(past, Line::Public, now, Some(content));
    let mut found = Witness {
        lost: states.lost.clone(),
        public: testimony(past, &states, now),
        ahead: Testimony::default(),
    };
    found.lost = found.lost.or(found.public.lost.take());
    if states.are_all(past) {
        return found;
    }
    let states = States::of(past, Line::Pushed, now, Some(content));
    let ahead = testimony(past, &states, now);
    found.lost = found.lost.or(states.lost);
    let (unsaid, rewritten) = (&found.public.unsaid, &found.public.rewritten);
    found.ahead.unsaid = ahead.unsaid.filter(|_| unsaid.is_none());
    // A change that no revision tells of is mended first.
    let silent = rewritten.is_none() && found.ahead.unsaid.is_none();
    found.ahead.rewritten = ahead.rewritten.filter(|_| silent);
    found
}

fn testimony(past: &dyn Past, states: &States<'_>, now: &Now<'_>) -> Testimony {
    let Chosen { base, before } = states.chosen(now);
    let base_and_lock = base.map(|state| states.read(past, state, now));
    let lost = base.filter(|_| {
        let base = base_and_lock.as_ref().and_then(Option::as_ref);
        base.is_some_and(|base| base.lock == Beside::Lost)
    });
    let lost = lost.map(|state| state.commit.clone());
    let since = |old: &Full| differences(old, &Full::of(now), now);
    let before = before.and_then(|(state, since)| Some((states.read(past, state, now)?, since)));
    let told = before.as_ref().and_then(|(before, since)| {
        let end = base_and_lock
            .clone()
            .unwrap_or_else(|| Some(Full::of(now)))?;
        Some(Told {
            changed: differences(before, &end, now),
            since: *since,
        })
    });
    let unseen = before.filter(|_| base.is_none());
    let unsaid = base.zip(base_and_lock.flatten()).and_then(|(state, old)| {
        let all = since(&old);
        (!all.is_empty()).then(|| (all, state.commit.clone()))
    });
    Testimony {
        unsaid,
        told,
        before: unseen.map(|(before, _)| Box::new(before.advisory)),
        rewritten: rewritten(states, now),
        last_was_public: base.is_some(),
        lost,
    }
}

/// An advisory and what lies beside it.
#[derive(Clone)]
pub(super) struct Full {
    advisory: Advisory,
    lock: Beside,
}

/// The lock beside an advisory.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Beside {
    Nothing,
    Lock(Lock),
    /// Today's reader cannot read it: it is compared with nothing.
    Unreadable,
    /// The clone does not have it.
    Lost,
}

impl Beside {
    fn of(lock: Option<&Lock>) -> Self {
        lock.map_or(Self::Nothing, |lock| Self::Lock(lock.clone()))
    }
}

impl Full {
    fn of(now: &Now<'_>) -> Self {
        Self {
            advisory: now.advisory.clone(),
            lock: Beside::of(now.lock),
        }
    }
}

/// All that readers would see differently.
fn differences(old: &Full, new: &Full, now: &Now<'_>) -> Vec<Change> {
    let mut all = changes(&old.advisory, &new.advisory);
    all.extend(commits::differences(old, new, now.project));
    all.retain(|change| !is_private(&now.project.policy, &change.field));
    all
}
