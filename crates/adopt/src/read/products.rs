//! Owns telling support tables of several products apart.
//! Must never say which package a table is about: no words of it are known.

use caveat_versions::{Interval, Order};

use super::{Reading, ranges};
use crate::facts::Row;

/// Marks the rows of later tables that name versions of the first: one package cannot have both.
pub(super) fn part(reading: &mut Reading<'_>) {
    let order = ranges::order(reading.settings.ecosystem.as_deref());
    let rows = &reading.facts.rows;
    let Some(first) = rows.first().map(|row| row.table) else {
        return;
    };
    let (own, others): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| row.table == first);
    let shared = others
        .iter()
        .filter(|row| own.iter().any(|first| is_same(order, first, row)));
    let tables: Vec<usize> = shared.map(|row| row.table).collect();
    for row in &mut reading.facts.rows {
        row.apart = tables.contains(&row.table);
    }
}

fn is_same(order: Option<Order>, one: &Row, other: &Row) -> bool {
    let interval = |row: &Row| Interval::parse(order?, &row.versions.as_ref()?.value).ok();
    match (interval(one), interval(other)) {
        (Some(one), Some(other)) => one.overlaps(&other),
        _ => one.label == other.label,
    }
}
