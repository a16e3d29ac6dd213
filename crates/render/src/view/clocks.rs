//! Owns promised times as the page of an advisory shows them.
//! Must never say by colour alone what became of one.

use caveat_advisory::Timestamp;
use caveat_check::{Book, Entry};
use caveat_clock::{Mark, Reading};
use caveat_texts::Texts;
use caveat_words::{mark, promise, sheet, span, state, target};
use serde::Serialize;

use crate::clocks::{legal, promises};

/// One promise and what became of it.
#[derive(Serialize)]
pub(crate) struct ClockView {
    promise: &'static str,
    label: String,
    target: Option<String>,
    due: Option<TimeView>,
    happened: Option<TimeView>,
    /// The word for `happened`, where it is not the obvious event.
    by: Option<String>,
    state: &'static str,
    state_label: String,
    late: Option<String>,
    reason: Option<String>,
}

/// The deadlines of a law.
#[derive(Serialize)]
pub(crate) struct SheetView {
    sheet: &'static str,
    label: String,
    clocks: Vec<ClockView>,
}

/// A moment to the minute.
#[derive(Serialize)]
pub(crate) struct TimeView {
    at: String,
    text: String,
}

/// Every promise that readers may see.
pub(crate) fn clocks(texts: &Texts, book: &Book, entry: &Entry) -> Vec<ClockView> {
    let readings = promises(book, entry);
    readings
        .iter()
        .map(|reading| view(texts, entry, reading))
        .collect()
}

/// Every legal deadline that readers may see.
pub(crate) fn sheets(texts: &Texts, book: &Book, entry: &Entry) -> Vec<SheetView> {
    let sheets = legal(book, entry).into_iter();
    let one = |(law, readings): (caveat_advisory::LegalSheet, Vec<Reading>)| SheetView {
        sheet: law.as_str(),
        label: sheet(texts, law),
        clocks: readings
            .iter()
            .map(|reading| view(texts, entry, reading))
            .collect(),
    };
    sheets.map(one).collect()
}

fn view(texts: &Texts, entry: &Entry, reading: &Reading) -> ClockView {
    let end = reading.happened.map(|end| end.mark);
    let obvious = reading.promise.ends().map(Mark::Event);
    let late = (reading.late > 0).then(|| span(texts, reading.late));
    ClockView {
        promise: reading.promise.as_str(),
        label: promise(texts, reading.promise),
        target: target(texts, reading),
        due: reading.due.map(time),
        happened: reading.happened.map(|end| time(end.at)),
        by: end
            .filter(|end| Some(*end) != obvious)
            .map(|end| mark(texts, end)),
        state: reading.state.as_str(),
        state_label: state(texts, reading.state),
        reason: late
            .as_ref()
            .and(reading.promise.reason(&entry.advisory))
            .map(|reason| reason.trim().to_owned()),
        late,
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
