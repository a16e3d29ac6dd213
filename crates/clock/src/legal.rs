//! Owns the sheet `eu-cra-14`: what Article 14 of Regulation (EU) 2024/2847 asks of manufacturers, as deadlines.
//! Must never be taken for legal advice: whether the law holds for a project is not for a program to say.

use caveat_advisory::{Event, LegalSheet, Target, Unit};

use crate::calendar::Calendar;
use crate::case::Case;
use crate::promise::Promise;
use crate::reading::Reading;

/// From 11 September 2026 on (Article 71): 00:00 UTC.
const IN_FORCE: i64 = 1_789_084_800;

/// The deadlines of a sheet. None for flaws that are not known to be exploited, or were before the law held.
pub fn legal(sheet: LegalSheet, case: &Case<'_>) -> Vec<Reading> {
    let LegalSheet::EuCra14 = sheet;
    let Some(aware) = case.event(Event::Exploited) else {
        return Vec::new();
    };
    if aware.at.as_second() < IN_FORCE {
        return Vec::new();
    }
    // The sheet counts in UTC: no holiday of a project moves it.
    let calendar = Calendar::new(None);
    let read = |promise: &Promise| {
        let target = Some(target(*promise));
        // A fix that was there before anybody knew does not let a deadline run out before it began.
        let start = case.start(*promise, target).map(|start| match start {
            early if early.at < aware.at => aware,
            start => start,
        });
        case.read(&calendar, *promise, target, (start, case.end(*promise)))
    };
    Promise::LEGAL.iter().map(read).collect()
}

fn target(promise: Promise) -> Target {
    let (count, unit) = match promise {
        Promise::EarlyWarning => (24, Unit::Hour),
        Promise::Notification => (72, Unit::Hour),
        _ => (14, Unit::Day),
    };
    let after = None;
    Target { count, unit, after }
}
