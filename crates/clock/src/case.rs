//! Owns the reading of every clock of a policy for one advisory.
//! Must never take what is not written for what did not happen, unless the advisory is still being worked on.

use caveat_advisory::{Advisory, Event, Policy, Target, Timestamp};

use crate::calendar::Calendar;
use crate::promise::Promise;
use crate::reading::{Mark, Moment, Reading, State};
use crate::silence;

/// An advisory, and what its clocks are read by.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// What was promised.
    pub policy: &'a Policy,
    /// What happened.
    pub advisory: &'a Advisory,
    /// No version without the flaw is known.
    pub unfixed: bool,
    /// It is not public yet: what is not written has not happened.
    pub open: bool,
    /// The moment to read at; what comes later has not happened.
    pub as_of: Timestamp,
}

/// Every clock that can run for this advisory, in the order of [`Promise::ALL`].
pub fn readings(case: &Case<'_>) -> Vec<Reading> {
    let calendar = Calendar::new(case.policy.calendar.as_ref());
    let one = |promise: &Promise| {
        let target = promise.target(case.policy, &case.advisory.severity);
        match promise {
            Promise::Update => Some(silence::reading(case, &calendar, target)),
            Promise::Exploited => exploited(case, &calendar, target),
            _ => {
                let ran = (case.start(*promise, target), case.end(*promise));
                Some(case.read(&calendar, *promise, target, ran))
            }
        }
    };
    Promise::ALL.iter().filter_map(one).collect()
}

/// Runs only where the flaw was exploited before there was a fix or a public word.
fn exploited(case: &Case<'_>, calendar: &Calendar, target: Option<Target>) -> Option<Reading> {
    let start = case.event(Event::Exploited)?;
    let ends = [case.event(Event::Fixed), case.public()];
    let end = ends.into_iter().flatten().min_by_key(|end| end.at);
    let in_time = end.is_none_or(|end| end.at > start.at);
    let promise = Promise::Exploited;
    let ran = (case.start(promise, target), end);
    in_time.then(|| case.read(calendar, promise, target, ran))
}

impl Case<'_> {
    /// An event that has happened by now.
    pub(crate) fn event(&self, event: Event) -> Option<Moment> {
        let at = *self.advisory.timeline.get(&event)?;
        let mark = Mark::Event(event);
        (at <= self.as_of).then_some(Moment { mark, at })
    }

    /// The first public word: the advisory's own, or an earlier one elsewhere.
    pub(crate) fn public(&self) -> Option<Moment> {
        let first = self.advisory.revisions.first();
        let first = first.map(|revision| Moment {
            mark: Mark::Published,
            at: revision.at,
        });
        let first = first.filter(|first| first.at <= self.as_of);
        let all = [first, self.event(Event::Disclosed)];
        all.into_iter().flatten().min_by_key(|moment| moment.at)
    }

    pub(crate) fn end(&self, promise: Promise) -> Option<Moment> {
        match promise.ends() {
            Some(event) => self.event(event),
            None => self.public(),
        }
    }

    /// Where a promise runs from.
    pub(crate) fn start(&self, promise: Promise, target: Option<Target>) -> Option<Moment> {
        let named = target.and_then(|target| target.after);
        self.event(named.unwrap_or(promise.starts()))
    }

    /// Reads a clock by what began it and what ended it.
    pub(crate) fn read(
        &self,
        calendar: &Calendar,
        promise: Promise,
        target: Option<Target>,
        (started, happened): (Option<Moment>, Option<Moment>),
    ) -> Reading {
        let due = target
            .zip(started)
            .map(|(target, start)| calendar.due(start.at, target));
        let state = self.state(promise, target, due, happened);
        Reading {
            promise,
            target,
            started,
            due,
            happened,
            state,
            late: self.late(state, due, happened),
        }
    }

    fn state(
        &self,
        promise: Promise,
        target: Option<Target>,
        due: Option<Timestamp>,
        happened: Option<Moment>,
    ) -> State {
        let Some(target) = target else {
            return State::NoTarget;
        };
        match (due, happened) {
            (Some(due), Some(end)) if end.at <= due => State::Met,
            (Some(_), Some(_)) => State::Missed,
            (Some(due), None) if self.as_of <= due => State::NotDue,
            (Some(_), None) if self.has_not_happened(promise) => State::Missed,
            (None, None) if self.waits(target.after.unwrap_or(promise.starts())) => State::NotDue,
            _ => State::NotKnown,
        }
    }

    /// Is it certain that what would end the clock has not happened, although it is only not written?
    fn has_not_happened(&self, promise: Promise) -> bool {
        // Who writes why it is late says that it is.
        let said = promise.reason(self.advisory).is_some();
        match promise {
            _ if said => true,
            Promise::Fix => self.open || self.unfixed,
            // Of an advisory that nobody can read, this is known.
            Promise::Disclose | Promise::Exploited => true,
            _ => self.open,
        }
    }

    /// Has a clock that runs from this event not begun yet?
    fn waits(&self, start: Event) -> bool {
        let later = self.advisory.timeline.contains_key(&start);
        later || self.open || (start == Event::Fixed && self.unfixed)
    }

    pub(crate) fn late(
        &self,
        state: State,
        due: Option<Timestamp>,
        happened: Option<Moment>,
    ) -> i64 {
        let end = happened.map_or(self.as_of, |end| end.at);
        match (state, due) {
            (State::Missed, Some(due)) => end.as_second() - due.as_second(),
            _ => 0,
        }
    }
}
