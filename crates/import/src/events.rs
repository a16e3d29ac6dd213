//! Owns OSV's events as a set of versions, by the algorithm of the OSV specification: sorted, then walked through.
//! Must never trust the order in which events are written.

use caveat_versions::{Interval, Order, Ranges, Upper, Version};

use crate::fields::{Fields, Text};
use crate::sheet::Sheet;

/// What happens at a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Fixed,
    Introduced,
    LastAffected,
}

/// `None` is `0`, before every version.
type Event = (Option<Version>, Kind);

/// The versions that the events of a range hold.
pub(crate) fn set(sheet: &mut Sheet, range: &Fields<'_>, order: Order) -> Ranges {
    let list = &range.tables("events");
    if list.is_empty() {
        unreadable(sheet, range, "events");
    }
    let set = pairs(sheet, list, order);
    if let (false, Some(row)) = (set.1, list.first()) {
        let message = "the source's events do not alternate: read by the algorithm of OSV";
        let field = format!("affected[{}]", sheet.advisory.affected.len());
        sheet.doubt("events-disordered", &field, row.span.clone(), message);
        if let Some(left) = range.whole("events") {
            sheet.lose(left);
        }
    }
    set.0
}

/// The versions of tables with events, and whether each start has one end, and the other way round.
pub(crate) fn pairs(sheet: &mut Sheet, list: &[Fields<'_>], order: Order) -> (Ranges, bool) {
    let mut events: Vec<Event> = Vec::new();
    for row in list {
        for (key, kind) in [
            ("introduced", Kind::Introduced),
            ("fixed", Kind::Fixed),
            ("last_affected", Kind::LastAffected),
        ] {
            let Some(text) = row.text(key) else {
                unreadable(sheet, row, key);
                continue;
            };
            if text.value == "0" {
                events.push((None, kind));
            } else if let Some(version) = version(sheet, order, &text) {
                events.push((Some(version), kind));
            }
        }
        sheet.lose_rest(row);
    }
    walk(events)
}

/// A fact that decides which versions are affected must not be put aside because it has another shape.
pub(crate) fn unreadable(sheet: &mut Sheet, fields: &Fields<'_>, key: &str) {
    if let Some(left) = fields.whole(key) {
        let message = format!("`{}` is not of the shape that it has in OSV", left.name);
        sheet.fault("range-unreadable", left.node.span, &message);
    }
}

/// Also says whether each start has one end, and the other way round.
fn walk(mut events: Vec<Event>) -> (Ranges, bool) {
    let written = events.clone();
    // Stable: where two events share a version, the written order counts.
    events.sort_by(|(a, _), (b, _)| a.cmp(b));
    let mut orderly = written == events;
    let mut start: Option<Option<Version>> = None;
    let mut branches = Vec::new();
    for (version, kind) in events {
        let upper = match (kind, version) {
            (Kind::Introduced, version) => {
                orderly &= start.is_none();
                start.get_or_insert(version);
                continue;
            }
            (_, None) => {
                orderly = false;
                continue;
            }
            (Kind::Fixed, Some(version)) => Upper::Fixed(version),
            (Kind::LastAffected, Some(version)) => Upper::LastAffected(version),
        };
        match start.take() {
            Some(lower) => match Interval::new(lower, upper) {
                Some(branch) => branches.push(branch),
                None => orderly = false,
            },
            None => orderly = false,
        }
    }
    branches.extend(start.and_then(|lower| Interval::new(lower, Upper::Open)));
    (Ranges::merge(&branches), orderly)
}

/// A version as the form writes it. A version that has no place in the order is a fault.
pub(crate) fn version(sheet: &mut Sheet, order: Order, text: &Text<'_>) -> Option<Version> {
    if let Ok(version) = Version::parse(order, text.value) {
        return Some(version);
    }
    let found = Version::found(order, text.value);
    match found.and_then(|found| Version::parse(order, &found.canonical())) {
        Ok(version) => {
            let message = format!("`{}` is written as `{version}`", text.value);
            let field = format!("affected[{}]", sheet.advisory.affected.len());
            sheet.note("version-respelled", &field, text.span.clone(), &message);
            Some(version)
        }
        Err(error) => {
            sheet.fault("range-unreadable", text.span.clone(), &error.message);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walked(events: &[(&str, Kind)]) -> (Vec<String>, bool) {
        let read = |text: &str| Version::parse(Order::SemVer, text).ok();
        let events = events.iter().map(|(text, kind)| (read(text), *kind));
        let (set, orderly) = walk(events.collect());
        let branches = set.branches().expect("no open start");
        (branches.iter().map(Interval::expression).collect(), orderly)
    }

    #[test]
    fn events_alternate() {
        use Kind::{Fixed, Introduced, LastAffected};
        let events = [
            ("0", Introduced),
            ("1.0.0", Fixed),
            ("2.0.0", Introduced),
            ("2.1.0", LastAffected),
            ("3.0.0", Introduced),
        ];
        let expected = ["< 1.0.0", ">= 2.0.0, <= 2.1.0", ">= 3.0.0"];
        assert_eq!(
            walked(&events),
            (expected.map(str::to_owned).to_vec(), true)
        );
    }

    #[test]
    fn disorder_is_seen_and_sorted() {
        use Kind::{Fixed, Introduced};
        let inverted = [("2.0.0", Introduced), ("1.0.0", Fixed)];
        assert_eq!(walked(&inverted), (vec![">= 2.0.0".to_owned()], false));
        let two_fixes = [("0", Introduced), ("1.0.0", Fixed), ("2.0.0", Fixed)];
        assert_eq!(walked(&two_fixes), (vec!["< 1.0.0".to_owned()], false));
        let empty = [("1.0.0", Introduced), ("1.0.0", Fixed)];
        assert_eq!(walked(&empty), (vec![], false));
        let again = [("0", Introduced), ("1.0.0", Fixed), ("1.0.0", Introduced)];
        assert_eq!(walked(&again), (vec![">= 0".to_owned()], true));
    }
}
