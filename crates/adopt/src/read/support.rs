//! Owns the table of supported versions, as a table or as a list.
//! Must never read a status into a cell that has none.

use std::ops::Range;

use caveat_advisory::{Date, SupportStatus};

use super::{Reading, dates, products, ranges, status};
use crate::facts::{Row, Said, add};
use crate::page::{Kind, Part, Piece, Spot};
use crate::words;

pub(super) fn read(reading: &mut Reading<'_>) {
    if reading.facts.is_template {
        return;
    }
    let mut head: Vec<String> = Vec::new();
    let mut table = 0;
    for (at, part) in reading.page.parts.iter().enumerate() {
        let known = reading.facts.rows.len();
        match &part.kind {
            Kind::Row if is_head(&part.pieces, reading.facts.language.is_some()) => {
                head = part
                    .pieces
                    .iter()
                    .map(|cell| cell.text.to_lowercase())
                    .collect();
                table = part.at.start;
                reading.take(at);
            }
            Kind::Row if !head.is_empty() => row(reading, at, part, &head),
            Kind::Row => {}
            _ => {
                head.clear();
                let section = part.section.and_then(|at| reading.page.parts.get(at));
                table = section.map_or(0, |heading| heading.at.start);
                prose(reading, at, part);
            }
        }
        for row in &mut reading.facts.rows[known..] {
            row.table = table;
        }
    }
    products::part(reading);
    others(reading);
    to_come(reading);
}

/// A sentence about all versions that no row names.
fn others(reading: &mut Reading<'_>) {
    let other = [
        "other versions",
        "other releases",
        "older versions",
        "older releases",
        "earlier versions",
        "earlier releases",
    ];
    let no = [
        "not supported",
        "no longer",
        "unsupported",
        "not receive",
        "do not get",
        "end of life",
    ];
    for (spot, part) in reading.prose() {
        let about = reading.page.right_under(part, &["support", "versions"]);
        if words::has(&part.lower, &other) && words::has(&part.lower, &no) {
            let mut said = Said::new(SupportStatus::EndOfLife, &part.at);
            if !about {
                said.guess = Some("all versions that no row names".to_owned());
            }
            reading.facts.support_default = Some(said);
            reading.take(spot);
        }
    }
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

fn is_head(cells: &[Piece], foreign: bool) -> bool {
    let texts: Vec<String> = cells.iter().map(|cell| cell.text.to_lowercase()).collect();
    let version = texts
        .iter()
        .any(|text| words::has(text, &["version", "release", "branch"]));
    let status = texts
        .iter()
        .any(|text| words::has(text, &["support", "status", "maintained", "end of life"]));
    texts.len() > 1
        && version
        && (status || foreign)
        && !texts
            .iter()
            .any(|text| text.bytes().any(|b| b.is_ascii_digit()))
}

/// A version and what is said of it, each with its place.
struct Found<'f> {
    label: &'f str,
    at: &'f Range<usize>,
    status: Option<(&'f str, &'f Range<usize>)>,
    until: Option<Said<Date>>,
}

fn row(reading: &mut Reading<'_>, at: usize, part: &Part, head: &[String]) {
    let cells = &part.pieces;
    let named = |signs: &[&str]| {
        head.iter()
            .position(|text| words::has(text, signs) && !is_end(text))
    };
    let Some(version) = named(&["version", "release", "branch"]).filter(|at| *at < cells.len())
    else {
        return;
    };
    let status = [&["status"], &["support"], &["maintained"]];
    let status = status
        .iter()
        .find_map(|signs| named(*signs))
        .filter(|at| *at < cells.len());
    let end = head
        .iter()
        .position(|text| is_end(text))
        .filter(|at| *at < cells.len());
    // `Supported until 2026-12-31` has the date in the cell of the status.
    let dated = [end, status].into_iter().flatten();
    let date = dated
        .into_iter()
        .find_map(|at| Some((at, dates::date(&cells[at].text)?)));
    let until = date.map(|(at, found)| until(found, &cells[at].at));
    let status = status.or(end.filter(|_| until.is_some()));
    // Whatever the head of the second column means, a symbol below it is a status.
    let foreign = reading.facts.language.is_some() && cells.len() == 2;
    let status = status.or(foreign.then_some(1 - version.min(1)));
    add_row(
        reading,
        part,
        Found {
            label: &cells[version].text,
            at: &cells[version].at,
            status: status.map(|at| (cells[at].text.as_str(), &cells[at].at)),
            until,
        },
    );
    let read = [Some(version), status, date.map(|(at, _)| at)];
    for piece in read.into_iter().flatten() {
        reading.take(Spot { part: at, piece });
    }
}

/// The head of a column of last days.
fn is_end(head: &str) -> bool {
    words::has(head, &["until", "end of", "eol", "ends"])
}

fn until(found: dates::Found, at: &Range<usize>) -> Said<Date> {
    if found.whole {
        Said::new(found.date, at)
    } else {
        Said::guess(
            found.date.last_of_month(),
            at,
            "only the month is written: its last day",
        )
    }
}

fn add_row(reading: &mut Reading<'_>, part: &Part, found: Found<'_>) {
    let value = found
        .status
        .and_then(|(text, at)| status::status(reading, part, text, at));
    let dated = found.until.as_ref().map(|until| {
        let why = "it has a last day, so it is supported until then";
        Said::guess(SupportStatus::Full, &until.at, why)
    });
    let symbol = found
        .status
        .filter(|(text, _)| status::is_symbol(text))
        .map(|(_, at)| at.clone());
    let lower = found.label.to_lowercase();
    let others = [
        "other",
        "all else",
        "anything else",
        "older",
        "everything else",
    ];
    let range = ranges::range(found.label);
    if range.is_none() && words::has(&lower, &others) {
        reading.facts.support_default = value.or(reading.facts.support_default.take());
        return;
    }
    let versions = range.map(|(text, guess)| Said {
        value: text,
        at: found.at.clone(),
        guess: guess.map(str::to_owned),
    });
    add(
        &mut reading.facts.rows,
        Row {
            label: words::short(found.label, 100),
            versions,
            status: value.or(dated),
            until: found.until,
            at: part.at.clone(),
            symbol,
            table: 0,
            apart: false,
        },
    );
}

/// A list of versions, or a sentence that opens the table.
fn prose(reading: &mut Reading<'_>, at: usize, part: &Part) {
    if !part.is_prose() || !reading.page.right_under(part, &["support", "versions"]) {
        return;
    }
    if let Some((label, status)) = part.is_item().then(|| item(part)).flatten() {
        let dated = dates::date(&status).filter(|_| is_end(&status.to_lowercase()));
        let found = Found {
            label: &label,
            at: &part.at,
            status: Some((&status, &part.at)),
            until: dated.map(|found| until(found, &part.at)),
        };
        add_row(reading, part, found);
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
