//! Owns what is odd about the support table.

use caveat_advisory::SupportStatus;
use caveat_diag::quoted;
use caveat_versions::{Interval, Order, Ranges};

use super::{Case, Finds};
use crate::facts::Row;
use crate::{read, words};

fn order(case: &Case<'_>) -> Option<Order> {
    read::order(case.settings.ecosystem.as_deref())
}

fn interval(order: Order, row: &Row) -> Option<Interval> {
    Interval::parse(order, &row.versions.as_ref()?.value).ok()
}

pub(super) fn overlap(case: &Case<'_>, finds: &mut Finds<'_>) {
    let Some(order) = order(case) else { return };
    let rows: Vec<(&Row, Interval)> = case
        .facts
        .rows
        .iter()
        .filter_map(|row| Some((row, interval(order, row)?)))
        .collect();
    for (at, (row, branch)) in rows.iter().enumerate() {
        let Some((other, _)) = rows[..at].iter().find(|(_, other)| other.overlaps(branch)) else {
            continue;
        };
        let message = format!(
            "{} and {} hold the same versions",
            quoted(&row.label),
            quoted(&other.label)
        );
        let found = finds
            .at(&row.at, message)
            .help("end each row where the next one begins, pre-releases included");
        finds.push(finds.also(found, &other.at, "the other row"));
    }
}

pub(super) fn gap(case: &Case<'_>, finds: &mut Finds<'_>) {
    let (Some(order), Some(last)) = (order(case), case.facts.rows.last()) else {
        return;
    };
    let rows = &case.facts.rows;
    let branches: Vec<Interval> = rows.iter().filter_map(|row| interval(order, row)).collect();
    let missing = Ranges::merge(&branches).complement();
    if case.facts.support_default.is_some() || missing.is_empty() || branches.is_empty() {
        return;
    }
    let words = missing
        .branches()
        .and_then(|branches| branches.first().map(Interval::words));
    let some = words.map_or_else(String::new, |words| format!(", such as {words}"));
    let found = finds.at(
        &last.at,
        format!("the table says nothing of some versions{some}"),
    );
    finds.push(found.help("say what holds for all other versions, in one row or one sentence"));
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

pub(super) fn unreleased(case: &Case<'_>, finds: &mut Finds<'_>) {
    let notes = case
        .page
        .parts
        .iter()
        .filter(|part| part.is_prose() && words::has(&part.lower, &TO_COME));
    let Some((note, first)) = notes.take(50).find_map(|note| {
        let named = |row: &&Row| {
            words::word(&note.lower, &row.label.to_lowercase()).is_some() && !is_below(row)
        };
        Some((note, case.facts.rows.iter().find(named)?))
    }) else {
        return;
    };
    let supported = |row: &Row| {
        row.status
            .as_ref()
            .is_some_and(|said| said.value != SupportStatus::Unreleased)
    };
    for row in &case.facts.rows {
        let message = match () {
            () if row.at == first.at && supported(row) => {
                format!("{} has a status, and is not released", quoted(&row.label))
            }
            () if is_below(row) => format!(
                "{} cannot exist: nothing before it is released",
                quoted(&row.label)
            ),
            () => continue,
        };
        let found = finds
            .at(&row.at, message)
            .help("call it unreleased until it is there, and leave out what never was");
        finds.push(finds.also(found, &note.at, "it is still to come"));
    }
}

/// `< 1.0`.
fn is_below(row: &Row) -> bool {
    row.label.trim_start().starts_with('<')
}

pub(super) fn symbol(case: &Case<'_>, finds: &mut Finds<'_>) {
    for row in &case.facts.rows {
        let (Some(symbol), Some(status)) = (&row.symbol, &row.status) else {
            continue;
        };
        let text = case
            .page
            .source
            .text()
            .get(symbol.clone())
            .unwrap_or_default();
        let word = match status.value {
            SupportStatus::EndOfLife => "Not supported",
            _ => "Supported",
        };
        let found = finds.at(
            symbol,
            format!(
                "only {} says the status: no words where it is not drawn",
                quoted(text)
            ),
        );
        finds.push(found.help(format!("write `{word}`, beside the symbol or for it")));
    }
}

pub(super) fn unread(case: &Case<'_>, finds: &mut Finds<'_>) {
    for row in &case.facts.rows {
        let message = match (&row.versions, &row.status) {
            (None, _) => format!("{} names no versions", quoted(&row.label)),
            (_, None) => format!("nothing says what {} gets", quoted(&row.label)),
            _ => continue,
        };
        let found = finds.at(&row.at, message);
        finds.push(
            found.help(
                "write a range such as `1.0.x` or `< 1.0`, and `Supported` or `Not supported`",
            ),
        );
    }
}
