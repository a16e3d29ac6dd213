//! Owns the table of supported versions, as a table or as a list.
//! Must never read a status into a cell that has none.

use std::ops::Range;

use caveat_advisory::SupportStatus;

use super::{Reading, dates, ranges, status};
use crate::facts::{Row, Said, add};
use crate::page::{Cell, Kind, Part};
use crate::words;

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut head: Vec<String> = Vec::new();
    for (at, part) in reading.page.parts.iter().enumerate() {
        match &part.kind {
            Kind::Row(cells) if is_head(cells) => {
                head = cells.iter().map(|cell| cell.text.to_lowercase()).collect();
                reading.take(at);
            }
            Kind::Row(cells) if !head.is_empty() => row(reading, at, part, cells, &head),
            Kind::Row(_) => {}
            _ => {
                head.clear();
                prose(reading, at, part);
            }
        }
    }
    to_come(reading);
}

/// Signs that a version is still to come.
const TO_COME: [&str; 7] = [
    "upcoming",
    "initial release",
    "planning phase",
    "not yet released",
    "not been released",
    "unreleased",
    "no release yet",
];

/// The row of a version that the text calls unreleased somewhere.
fn to_come(reading: &mut Reading<'_>) {
    let facts = &mut reading.facts;
    let parts = reading.page.parts.iter();
    for note in parts
        .filter(|part| part.is_prose() && words::has(&part.lower, &TO_COME))
        .take(50)
    {
        let named = |row: &Row| {
            words::word(&note.lower, &row.label.to_lowercase()).is_some() && !row.is_below()
        };
        let Some(at) = facts.rows.iter().position(named) else {
            continue;
        };
        let row = &mut facts.rows[at];
        let hidden = row
            .status
            .as_ref()
            .is_some_and(|said| said.value != SupportStatus::Unreleased);
        let why = "the text says that it is still to come";
        row.status = Some(Said::guess(SupportStatus::Unreleased, &note.at, why));
        facts.to_come = Some((at, note.at.clone(), hidden));
        return;
    }
}

fn is_head(cells: &[Cell]) -> bool {
    let texts: Vec<String> = cells.iter().map(|cell| cell.text.to_lowercase()).collect();
    let version = texts
        .iter()
        .any(|text| words::has(text, &["version", "release", "branch"]));
    let status = texts
        .iter()
        .any(|text| words::has(text, &["support", "status", "maintained", "end of life"]));
    texts.len() > 1
        && version
        && status
        && !texts
            .iter()
            .any(|text| text.bytes().any(|b| b.is_ascii_digit()))
}

fn row(reading: &mut Reading<'_>, at: usize, part: &Part, cells: &[Cell], head: &[String]) {
    let column = |words: &[&str]| {
        head.iter()
            .position(|text| words::has(text, words))
            .and_then(|at| cells.get(at))
    };
    let Some(version) = column(&["version", "release", "branch"]) else {
        return;
    };
    let end = |text: &str| words::has(text, &["until", "end of", "eol"]);
    let named = |sign: &str| {
        head.iter()
            .position(|text| text.contains(sign) && !end(text))
    };
    let status = ["status", "support", "maintained"]
        .iter()
        .find_map(|sign| named(sign));
    let status = status.and_then(|at| cells.get(at));
    let until = head
        .iter()
        .position(|text| end(text))
        .and_then(|at| cells.get(at));
    let until = until.and_then(|cell| Some(Said::new(dates::date(&cell.text)?.date, &cell.at)));
    add_row(
        reading,
        part,
        &version.text,
        status.map(|cell| (cell.text.as_str(), &cell.at)),
    );
    if let Some(row) = reading
        .facts
        .rows
        .last_mut()
        .filter(|row| row.at == part.at)
    {
        row.until = until;
    }
    reading.take(at);
}

fn add_row(
    reading: &mut Reading<'_>,
    part: &Part,
    label: &str,
    status: Option<(&str, &Range<usize>)>,
) {
    let (value, symbol) = match status {
        Some((text, at)) => (
            status::status(reading, part, text, at),
            status::is_symbol(text).then(|| at.clone()),
        ),
        None => (None, None),
    };
    let lower = label.to_lowercase();
    if words::has(
        &lower,
        &[
            "other",
            "all else",
            "anything else",
            "older",
            "everything else",
        ],
    ) && ranges::range(label).is_none()
    {
        reading.facts.support_default = value.or(reading.facts.support_default.take());
        return;
    }
    let versions = ranges::range(label).map(|(text, guess)| Said {
        value: text,
        at: part.at.clone(),
        guess: guess.map(str::to_owned),
    });
    add(
        &mut reading.facts.rows,
        Row {
            label: words::short(label, 100),
            versions,
            status: value,
            until: None,
            at: part.at.clone(),
            symbol,
        },
    );
}

/// A list of versions, a sentence about all others, or one that opens the table.
fn prose(reading: &mut Reading<'_>, at: usize, part: &Part) {
    if !part.is_prose() || !reading.page.right_under(part, &["support", "versions"]) {
        return;
    }
    let others = words::has(
        &part.lower,
        &[
            "other versions",
            "other releases",
            "older versions",
            "earlier versions",
        ],
    );
    if others
        && words::has(
            &part.lower,
            &[
                "not supported",
                "no longer",
                "unsupported",
                "not receive",
                "end of life",
            ],
        )
    {
        reading.facts.support_default = Some(Said::new(SupportStatus::EndOfLife, &part.at));
        reading.take(at);
        return;
    }
    if let Some((label, status)) = part.is_item().then(|| item(part)).flatten() {
        add_row(reading, part, &label, Some((&status, &part.at)));
        reading.take(at);
    }
    let table = reading
        .page
        .parts
        .get(at + 1)
        .is_some_and(|next| next.cells().is_some() || next.is_item());
    if table && (part.text.ends_with(':') || part.lower.contains("supported")) {
        reading.take(at);
    }
}

/// `1.0.x: supported`, `1.0.x - supported`, `1.0.x (supported)`.
fn item(part: &Part) -> Option<(String, String)> {
    let sentence = part.sentence();
    let cut = [":", " - ", " – ", " ("]
        .iter()
        .find_map(|mark| sentence.split_once(mark))?;
    ranges::range(cut.0)?;
    Some((
        cut.0.trim().to_owned(),
        cut.1.trim().trim_end_matches(')').to_owned(),
    ))
}
