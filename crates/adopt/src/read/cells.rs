//! Owns times in tables: what each cell is for stands in the head, its class in the first cell.
//! Must never take a cell for a fix whose head speaks of something else.

use super::clocks::{Found, one};
use super::duration::durations;
use super::{Reading, classes_in, meaning, promise, severity};
use crate::facts::Clock;
use crate::page::{Part, Spot};
use crate::words;

/// A row of a table: what a time is for stands in the head, its class in the first cell.
pub(super) fn row(reading: &mut Reading<'_>, at: usize, part: &Part) {
    let Some((start, head)) = severity::head(reading, at) else {
        return;
    };
    let cells = part.cells().unwrap_or_default();
    let first = cells
        .first()
        .map(|cell| cell.text.to_lowercase())
        .unwrap_or_default();
    let class = classes_in(&first).first().map(|(id, _)| *id);
    named(reading, at, part, (start, &head));
    for (nth, cell) in cells.iter().enumerate().take(10) {
        let title = head.get(nth).map(|title| title.to_lowercase());
        let title = title.unwrap_or_default();
        let spot = Spot {
            part: at,
            piece: nth,
        };
        let lower = format!("{first} {title}: {}", cell.text.to_lowercase());
        let mut own = part.clone();
        own.at = cell.at.clone();
        for time in durations(&lower) {
            let found = Found {
                part: &own,
                lower: &lower,
                time: &time,
                class,
            };
            let holds = |(clock, _): &(Clock, _)| !promise::is_none(&lower, &time.at, *clock);
            if let Some(clock) = of_cell(&found, &title).filter(holds) {
                one(reading, spot, &found, clock);
                reading.take(Spot { part: at, piece: 0 });
                reading.take(start);
            }
        }
        // `No target`: nothing is promised, and nothing can be lost.
        let nothing = ["no target", "none", "-", "–", "n/a"];
        if class.is_some() && nothing.contains(&cell.text.to_lowercase().as_str()) {
            reading.take(spot);
        }
    }
}

/// `Public` or `Review` is something else than a fix, and `Target` may be anything.
fn of_cell(found: &Found<'_>, title: &str) -> Option<(Clock, Option<&'static str>)> {
    if let Some(clock) = meaning::clock(found.lower, &found.time.at) {
        return Some((clock, None));
    }
    let signs = ["time", "target", "sla", "within", "deadline", "goal"];
    let open = title.is_empty() || words::has(title, &signs);
    let guess = "no word says what the time is for: read as that of the fix";
    found
        .class
        .filter(|_| open)
        .map(|_| (Clock::Fix, Some(guess)))
}

/// A class whose fix is `Next release` is a class all the same.
fn named(reading: &mut Reading<'_>, at: usize, part: &Part, (start, head): (usize, &[String])) {
    let titles = head.iter().skip(1).map(|title| title.to_lowercase());
    let mut clocks = titles.map(|title| meaning::clock(&title, &(title.len()..title.len())));
    if !clocks.any(|clock| clock == Some(Clock::Fix)) {
        return;
    }
    let cells = part.cells().unwrap_or_default();
    let first = cells.first().map(|cell| cell.text.to_lowercase());
    let ids = severity::nearest(&first.unwrap_or_default(), 0);
    for id in ids {
        severity::class(reading, id, &severity::label(id), part);
        reading.take(Spot { part: at, piece: 0 });
        reading.take(start);
    }
    severity::sort(reading);
}
