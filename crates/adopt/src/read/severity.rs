//! Owns the severity classes: their names wherever they stand, and what they mean where that is said.
//! Must never define a class that the text does not.

use super::{Reading, bands};
use crate::facts::{Class, Said};
use crate::page::{Part, Piece, Spot};
use crate::words;

/// Names in order, highest first, with the id that advisories write.
const CLASSES: [(&str, &str); 7] = [
    ("critical", "critical"),
    ("severe", "high"),
    ("high", "high"),
    ("important", "high"),
    ("medium", "medium"),
    ("moderate", "medium"),
    ("low", "low"),
];

/// The classes that a text in small letters names, with their places.
pub(crate) fn classes_in(lower: &str) -> Vec<(&'static str, usize)> {
    let found = CLASSES.iter();
    found
        .filter_map(|(name, id)| Some((*id, words::word(lower, name)?)))
        .collect()
}

/// The classes of the list nearest to a place, before it or else behind: both of `Medium/Low: 90 days`.
pub(super) fn nearest(lower: &str, place: usize) -> Vec<&'static str> {
    let found = CLASSES.iter();
    let found = found.filter_map(|(name, id)| Some((words::word(lower, name)?, name.len(), *id)));
    let mut found: Vec<(usize, usize, &'static str)> = found.collect();
    found.sort_unstable();
    let joins = |pair: &[(usize, usize, &'static str)]| {
        let between = lower
            .get(pair[0].0 + pair[0].1..pair[1].0)
            .unwrap_or_default();
        ["/", ",", "and", "&", "or", "+", ", and", ", or"].contains(&between.trim())
    };
    let before = found.iter().rposition(|(at, ..)| *at < place);
    let Some(middle) = before.or((!found.is_empty()).then_some(0)) else {
        return Vec::new();
    };
    let left = (0..middle)
        .rev()
        .take_while(|at| joins(&found[*at..at + 2]))
        .count();
    let right = (middle + 1..found.len())
        .take_while(|at| joins(&found[at - 1..=*at]))
        .count();
    found[middle - left..=middle + right]
        .iter()
        .map(|(.., id)| *id)
        .collect()
}

pub(super) fn read(reading: &mut Reading<'_>) {
    for (at, part) in reading.page.parts.iter().enumerate() {
        let about = ["severity", "classif", "rating", "vulnerability levels"];
        let prose = part.is_prose().then(|| definition(part)).flatten();
        if let Some(found) = prose.filter(|_| reading.page.under(part, &about)) {
            let last = part.pieces.get(found.pieces.saturating_sub(1));
            let place = part.at.start..last.map_or(part.at.end, |last| last.at.end);
            let said = Said::new(found.text, &place);
            let class = class(reading, found.id, &found.label, part);
            class.definition = class.definition.take().or(Some(said));
            for piece in 0..found.pieces {
                reading.take(Spot { part: at, piece });
            }
            lead(reading, at);
        }
        table_row(reading, at, part);
        bands::read(reading, at, part);
    }
    sort(reading);
}

/// The sentence that opens a list says no more than the list.
fn lead(reading: &mut Reading<'_>, at: usize) {
    let before = at.checked_sub(1).and_then(|at| reading.page.parts.get(at));
    if before.is_some_and(|part| part.text.ends_with(':') && !part.is_item()) {
        reading.take(at - 1);
    }
}

/// What a class means.
struct Definition {
    id: &'static str,
    label: String,
    text: String,
    /// How many sentences from the first.
    pieces: usize,
}

/// `**Critical**: what it means`, up to the first sentence that promises a time.
fn definition(part: &Part) -> Option<Definition> {
    let label = part.label.as_deref()?;
    let lower = label.to_lowercase();
    let single = label.split_whitespace().count() <= 2;
    let (id, _) = *classes_in(&lower).first().filter(|_| single)?;
    let timed = |piece: &&Piece| super::duration::durations(&piece.text.to_lowercase()).is_empty();
    let plain: Vec<&str> = part
        .pieces
        .iter()
        .take_while(timed)
        .map(|piece| piece.text.as_str())
        .collect();
    let text = plain.join(" ").trim_end_matches(';').to_owned();
    let definition = Definition {
        id,
        label: label.to_owned(),
        pieces: plain.len(),
        text,
    };
    Some(definition).filter(|definition| definition.text.len() > 5)
}

/// A row of a table whose first cell is a class and whose head says what the others are.
fn table_row(reading: &mut Reading<'_>, at: usize, part: &Part) {
    let Some(cells) = part.cells() else { return };
    let Some((start, head)) = head(reading, at) else {
        return;
    };
    let first = cells
        .first()
        .map(|cell| cell.text.to_lowercase())
        .unwrap_or_default();
    let Some((id, _)) = classes_in(&first).first().copied() else {
        return;
    };
    let meaning =
        |text: &str| words::has(&text.to_lowercase(), &["descri", "defin", "mean", "impact"]);
    let column = head.iter().position(|text| meaning(text));
    let Some(cell) = column.and_then(|column| cells.get(column)) else {
        return;
    };
    let said = Said::new(cell.text.clone(), &cell.at);
    let label = cells[0].text.clone();
    let class = class(reading, id, &label, part);
    class.definition = class.definition.take().or(Some(said));
    for piece in [0, column.unwrap_or_default()] {
        reading.take(Spot { part: at, piece });
    }
    reading.take(start);
}

/// Does a table begin with this row: an empty line above, and a drawn one below?
fn opens(reading: &Reading<'_>, row: usize) -> bool {
    let parts = &reading.page.parts;
    let gap = |from: usize| {
        let at = parts.get(from)?.at.end..parts.get(from + 1)?.at.start;
        reading.page.source.text().get(at)
    };
    let apart = |gap: &str| {
        gap.lines().skip(1).any(|line| line.trim().is_empty()) && gap.matches('\n').count() > 1
    };
    let above = row.checked_sub(1).and_then(gap).is_some_and(apart);
    above && gap(row).is_some_and(|gap| gap.contains("--") && !gap.contains('<'))
}

/// The first row of the table that this row is in: its number and its texts.
pub(super) fn head(reading: &Reading<'_>, at: usize) -> Option<(usize, Vec<String>)> {
    if opens(reading, at) {
        return None;
    }
    // No table of classes is longer.
    let rows = (0..at).rev().take(12);
    let mut rows = rows.take_while(|row| reading.page.parts[*row].cells().is_some());
    let mut start = at;
    for row in rows.by_ref() {
        start = row;
        if opens(reading, row) {
            break;
        }
    }
    let count = at - start;
    let head = reading.page.parts.get(start)?.cells()?;
    let texts = head.iter().map(|cell| cell.text.clone()).collect();
    (count > 0).then_some((start, texts))
}

/// The class of this id, made where the text names it for the first time.
pub(super) fn class<'r>(
    reading: &'r mut Reading<'_>,
    id: &'static str,
    label: &str,
    part: &Part,
) -> &'r mut Class {
    let known = reading
        .facts
        .classes
        .iter()
        .position(|class| class.id == id);
    let at = known.unwrap_or_else(|| {
        reading.facts.classes.push(Class {
            id,
            label: words::short(label, 100),
            definition: None,
            fix: None,
            cve: None,
            review: None,
            band: None,
            notify: Vec::new(),
            at: part.at.clone(),
        });
        reading.facts.classes.len() - 1
    });
    &mut reading.facts.classes[at]
}

pub(super) fn sort(reading: &mut Reading<'_>) {
    let rank = |class: &Class| CLASSES.iter().position(|(_, id)| *id == class.id);
    reading.facts.classes.sort_by_key(rank);
}

/// The name of a class as people read it.
pub(super) fn label(id: &str) -> String {
    let mut letters = id.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
