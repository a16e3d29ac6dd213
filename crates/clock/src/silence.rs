//! Owns the clock of news for the reporter: the silence that was longest past its time, or longest.
//! Must never count a silence after the first public word: then everybody can read how it went.

use caveat_advisory::{Event, Target};

use crate::calendar::Calendar;
use crate::case::Case;
use crate::promise::Promise;
use crate::reading::{Mark, Moment, Reading, State};

/// Reads the silence that went worst.
pub(crate) fn reading(case: &Case<'_>, calendar: &Calendar, target: Option<Target>) -> Reading {
    let empty = Reading {
        promise: Promise::Update,
        target,
        started: None,
        due: None,
        happened: None,
        state: State::NoTarget,
        late: 0,
    };
    let Some(target) = target else {
        return empty;
    };
    let Some(start) = case.start(Promise::Update, Some(target)) else {
        let state = State::NotKnown;
        return Reading { state, ..empty };
    };
    let words = words(case, start);
    let silences = (0..words.len()).map(|at| silence(case, calendar, target, &words[at..]));
    let silences = silences.flatten();
    let worst = silences.max_by_key(|one| (one.late, length(one, case)));
    worst.unwrap_or(empty)
}

/// Every word to the reporter from `start` to the first public one, which is the last.
fn words(case: &Case<'_>, start: Moment) -> Vec<Moment> {
    let end = case.public();
    let updates = case.advisory.updates.iter().map(|at| Moment {
        mark: Mark::Update,
        at: *at,
    });
    let events = [Event::Acknowledged, Event::Fixed];
    let events = events.into_iter().filter_map(|event| case.event(event));
    let last = end.map_or(case.as_of, |end| end.at);
    let told = updates.chain(events).filter(|word| word.at < last);
    let told = told.filter(|word| word.at > start.at);
    let mut words: Vec<Moment> = told.chain(end.filter(|end| end.at > start.at)).collect();
    words.sort_by_key(|word| word.at);
    words.insert(0, start);
    words
}

/// The silence between the first two words; after the last, as long as nothing is public, the one that goes on.
fn silence(
    case: &Case<'_>,
    calendar: &Calendar,
    target: Target,
    words: &[Moment],
) -> Option<Reading> {
    let (started, happened) = (*words.first()?, words.get(1).copied());
    if happened.is_none() && case.public().is_some() {
        return None;
    }
    let due = calendar.due(started.at, target);
    let over = happened.map_or(case.as_of, |end| end.at) > due;
    let said = case.open || Promise::Update.reason(case.advisory).is_some();
    let state = match (over, happened) {
        // Where not one update is written, they were not written down.
        (true, _) if case.advisory.updates.is_empty() && !said => State::NotKnown,
        (true, _) => State::Missed,
        (false, Some(_)) => State::Met,
        (false, None) => State::NotDue,
    };
    Some(Reading {
        promise: Promise::Update,
        target: Some(target),
        started: Some(started),
        due: Some(due),
        happened,
        state,
        late: case.late(state, Some(due), happened),
    })
}

/// Unknown is worse than known, and long is worse than short.
fn length(one: &Reading, case: &Case<'_>) -> (bool, i64) {
    let end = one.happened.map_or(case.as_of, |end| end.at);
    let start = one.started.map_or(end, |start| start.at);
    let unknown = one.state == State::NotKnown;
    (unknown, end.as_second() - start.as_second())
}
