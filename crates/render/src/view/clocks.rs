//! Owns promised times as the page of an advisory shows them.
//! Must never say by colour alone what became of one.

use caveat_advisory::Timestamp;
use caveat_check::{Book, Entry};
use caveat_clock::{Mark, Reading, span_words};
use serde::Serialize;

use crate::clocks::{legal, promises};

/// One promise and what became of it.
#[derive(Serialize)]
pub(crate) struct ClockView {
    promise: &'static str,
    label: &'static str,
    target: Option<String>,
    due: Option<TimeView>,
    happened: Option<TimeView>,
    /// The word for `happened`, where it is not the obvious event.
    by: Option<&'static str>,
    state: &'static str,
    state_label: &'static str,
    late: Option<String>,
    reason: Option<String>,
}

/// The deadlines of a law.
#[derive(Serialize)]
pub(crate) struct SheetView {
    sheet: &'static str,
    label: &'static str,
    clocks: Vec<ClockView>,
}

/// A moment to the minute.
#[derive(Serialize)]
pub(crate) struct TimeView {
    at: String,
    text: String,
}

/// Every promise that readers may see.
pub(crate) fn clocks(book: &Book, entry: &Entry) -> Vec<ClockView> {
    let readings = promises(book, entry);
    readings
        .iter()
        .map(|reading| view(entry, reading))
        .collect()
}

/// Every legal deadline that readers may see.
pub(crate) fn sheets(book: &Book, entry: &Entry) -> Vec<SheetView> {
    let sheets = legal(book, entry).into_iter();
    let one = |(sheet, readings): (caveat_advisory::LegalSheet, Vec<Reading>)| SheetView {
        sheet: sheet.as_str(),
        label: sheet.label(),
        clocks: readings
            .iter()
            .map(|reading| view(entry, reading))
            .collect(),
    };
    sheets.map(one).collect()
}

fn view(entry: &Entry, reading: &Reading) -> ClockView {
    let end = reading.happened.map(|end| end.mark);
    let obvious = reading.promise.ends().map(Mark::Event);
    let late = (reading.late > 0).then(|| span_words(reading.late));
    ClockView {
        promise: reading.promise.as_str(),
        label: reading.promise.label(),
        target: reading.target_words(),
        due: reading.due.map(time),
        happened: reading.happened.map(|end| time(end.at)),
        by: end.filter(|end| Some(*end) != obvious).map(word),
        state: reading.state.as_str(),
        state_label: reading.state.label(),
        reason: late
            .as_ref()
            .and(reading.promise.reason(&entry.advisory))
            .map(|reason| reason.trim().to_owned()),
        late,
    }
}

fn word(mark: Mark) -> &'static str {
    match mark {
        Mark::Event(event) => event.label(),
        Mark::Update => "Told the reporter",
        Mark::Published => "Published here",
    }
}

/// `2026-11-20 14:00`, UTC.
fn time(at: Timestamp) -> TimeView {
    let written = at.to_string();
    let text = written
        .chars()
        .take(16)
        .collect::<String>()
        .replace('T', " ");
    TimeView { at: written, text }
}
