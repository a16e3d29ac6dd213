//! Owns how many promises of a year were kept, and why the others were not.
//! Must never count a clock that readers may not see.

use caveat_clock::{Promise, Reading, State};
use caveat_texts::Texts;
use caveat_words::span;
use serde::Serialize;

use super::year::Year;
use crate::clocks;
use crate::view::card_path;

/// What became of one promise over a year.
#[derive(Serialize)]
pub(crate) struct PromiseRow {
    pub(crate) promise: &'static str,
    pub(crate) label: String,
    pub(crate) met: usize,
    pub(crate) missed: usize,
    pub(crate) not_due: usize,
    pub(crate) not_known: usize,
    pub(crate) no_target: usize,
    /// Of all that were met or missed, in percent, rounded down.
    pub(crate) kept_percent: Option<usize>,
}

/// A promise that was not kept.
#[derive(Serialize)]
pub(crate) struct Missed {
    pub(crate) id: String,
    pub(crate) path: String,
    pub(crate) label: String,
    pub(crate) late: String,
    /// It has not happened yet.
    pub(crate) open: bool,
    pub(crate) reason: Option<String>,
}

/// Every promise of the policy in its order; none without `[policy.clock]`.
pub(crate) fn promises(year: &Year<'_>) -> Vec<PromiseRow> {
    let entries = year.standing();
    let readings: Vec<Reading> = entries
        .flat_map(|entry| clocks::promises(year.book, entry))
        .collect();
    let rows = Promise::ALL
        .iter()
        .map(|promise| row(year.texts, *promise, &readings));
    rows.filter(|row| row.met + row.missed + row.not_due + row.not_known + row.no_target > 0)
        .collect()
}

fn row(texts: &Texts, promise: Promise, readings: &[Reading]) -> PromiseRow {
    let count = |state: State| {
        let all = readings.iter();
        all.filter(|one| one.promise == promise && one.state == state)
            .count()
    };
    let (met, missed) = (count(State::Met), count(State::Missed));
    PromiseRow {
        promise: promise.as_str(),
        label: caveat_words::promise(texts, promise),
        met,
        missed,
        not_due: count(State::NotDue),
        not_known: count(State::NotKnown),
        no_target: count(State::NoTarget),
        kept_percent: (met * 100).checked_div(met + missed),
    }
}

/// Every promise that was not kept, advisory by advisory.
pub(crate) fn late(year: &Year<'_>) -> Vec<Missed> {
    let mut all = Vec::new();
    for entry in year.standing() {
        let missed = clocks::promises(year.book, entry).into_iter();
        for reading in missed.filter(|reading| reading.state == State::Missed) {
            let reason = reading.promise.reason(&entry.advisory);
            all.push(Missed {
                id: entry.id.clone(),
                path: card_path(&entry.id),
                label: caveat_words::promise(year.texts, reading.promise),
                late: span(year.texts, reading.late),
                open: reading.happened.is_none(),
                reason: reason.map(|reason| reason.trim().to_owned()),
            });
        }
    }
    all
}
