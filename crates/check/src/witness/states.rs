//! Owns which states of an advisory are compared: those that readers could see, and of them the first with its revision.
//! Must never read a state's content where its gist is enough.

use caveat_advisory::{Advisory, Commit, Document, Draft, Line, Lock, Past, PastState, Timestamp};
use caveat_diag::Report;

use super::gist::{Gist, Known};
use super::{Beside, Full, Now};

/// What readers could see of one file, newest first.
pub(super) struct States<'p> {
    name: &'p str,
    all: usize,
    newest: Option<&'p PastState>,
    /// A state that today's reader cannot read has no gist.
    public: Vec<(Option<Gist>, &'p PastState)>,
    /// One that the clone does not have.
    pub(super) lost: Option<Commit>,
    content: Content<'p>,
}

/// What names the contents of the file and of the lock as they are now, where that is known.
pub(super) type Content<'c> = Option<(&'c str, Option<&'c str>)>;

/// What the last revision is held against.
pub(super) struct Chosen<'p> {
    /// The oldest state that ends in the last revision of today.
    pub(super) base: Option<&'p PastState>,
    /// The oldest one that ends in the revision that readers saw before it, and when that was.
    pub(super) before: Option<(&'p PastState, Timestamp)>,
}

impl<'p> States<'p> {
    pub(super) fn of(past: &'p dyn Past, line: Line, now: &Now<'p>, content: Content<'p>) -> Self {
        let states = past.states(line, now.name);
        let (mut public, mut lost) = (Vec::new(), None);
        for state in states {
            let known = if content.is_some_and(|(file, _)| state.content == file) {
                Known::Gist(Gist::of(now.advisory))
            } else {
                Known::of(past, state)
            };
            match known {
                Known::Gist(gist) if !gist.was_public(state.until, now.as_of) => {}
                Known::Gist(gist) => public.push((Some(gist), state)),
                Known::Unreadable => public.push((None, state)),
                Known::Lost => {
                    lost.get_or_insert_with(|| state.commit.clone());
                    public.push((None, state));
                }
            }
        }
        Self {
            name: now.name,
            all: states.len(),
            newest: states.first(),
            public,
            lost,
            content,
        }
    }

    /// Would a push add none?
    pub(super) fn are_all(&self, past: &dyn Past) -> bool {
        let pushed = past.states(Line::Pushed, self.name);
        pushed.len() == self.all && pushed.first() == self.newest
    }

    /// Those that can be read, newest first.
    pub(super) fn read_ones(&self) -> impl DoubleEndedIterator<Item = (&Gist, &'p PastState)> {
        let all = self.public.iter();
        all.filter_map(|(gist, state)| Some((gist.as_ref()?, *state)))
    }

    /// All, newest first.
    pub(super) fn public(&self) -> &[(Option<Gist>, &'p PastState)] {
        &self.public
    }

    /// What today's reader cannot read is compared with nothing, and neither is what is older.
    pub(super) fn chosen(&self, now: &Now<'_>) -> Chosen<'p> {
        let last = now.advisory.revisions.last().map(|last| last.at);
        let mut found = Chosen {
            base: None,
            before: None,
        };
        for (gist, state) in &self.public {
            let Some(said) = gist.as_ref().and_then(Gist::last) else {
                break;
            };
            if found.before.is_none() && Some(said) == last {
                found.base = Some(state);
            } else if Some(said) < last && found.before.is_none_or(|(_, since)| since == said) {
                found.before = Some((state, said));
            } else {
                break;
            }
        }
        found
    }

    /// The whole of a state.
    pub(super) fn read(&self, past: &dyn Past, state: &PastState, now: &Now<'_>) -> Option<Full> {
        let advisory = match self.content {
            Some((content, _)) if state.content == content => now.advisory.clone(),
            _ => parse(&state.path, past.bytes(&state.content)?)?,
        };
        let lock = match self.content {
            Some((_, lock)) if state.lock.as_deref() == lock => Beside::of(now.lock),
            _ => read_lock(past, state),
        };
        Some(Full { advisory, lock })
    }
}

/// An advisory as an earlier commit had it.
pub(super) fn parse(path: &str, bytes: Vec<u8>) -> Option<Advisory> {
    let path = path.to_owned();
    let document = Document::<Advisory>::read(Draft { path, bytes }, &mut Report::default())?;
    Some(document.into_data())
}

fn read_lock(past: &dyn Past, state: &PastState) -> Beside {
    let Some(lock) = &state.lock else {
        return Beside::Nothing;
    };
    let Some(bytes) = past.bytes(lock) else {
        return Beside::Lost;
    };
    let path = state.path.clone();
    let document = Document::<Lock>::read(Draft { path, bytes }, &mut Report::default());
    document.map_or(Beside::Unreadable, |lock| Beside::Lock(lock.into_data()))
}
