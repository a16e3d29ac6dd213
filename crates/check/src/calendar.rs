//! Owns the dates of an advisory as a list, the year of each, and which day it is where.
//! Must never know the present: what time it is, is for `facts.as_of`.

use caveat_advisory::{Date, Policy, Timestamp};
use caveat_clock::Calendar;
use jiff::tz::TimeZone;

use crate::candidate::Candidate;

/// The year in UTC, as every output prints it.
pub(crate) fn year(at: Timestamp) -> i16 {
    TimeZone::UTC.to_datetime(at).year()
}

/// Whole days from one moment to another; negative where the second comes first.
pub(crate) fn days(from: Timestamp, to: Timestamp) -> i64 {
    (to.as_second() - from.as_second()) / (24 * 60 * 60)
}

/// Days of the calendar from one to another; negative where the second comes first.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

/// Which day it is for the maintainers: in the time zone of their calendar, else in UTC.
pub(crate) fn day(policy: &Policy, at: Timestamp) -> Date {
    Calendar::new(policy.calendar.as_ref()).day(at)
}

/// Every date of an advisory, with the name of its field.
pub(crate) fn dates(candidate: &Candidate) -> Vec<(String, Timestamp)> {
    let advisory = candidate.advisory();
    let mut all: Vec<(String, Timestamp)> = Vec::new();
    for (event, at) in &advisory.timeline {
        all.push((format!("timeline.{}", event.as_str()), *at));
    }
    for (nth, at) in advisory.updates.iter().enumerate() {
        all.push((format!("timeline.updates[{nth}]"), *at));
    }
    for (nth, revision) in advisory.revisions.iter().enumerate() {
        all.push((format!("revision[{nth}].at"), revision.at));
    }
    let withdrawn = advisory.withdrawn.as_ref();
    all.extend(withdrawn.map(|withdrawn| ("withdrawn.at".to_owned(), withdrawn.at)));
    let embargo = advisory.embargo.as_ref();
    all.extend(embargo.map(|embargo| ("embargo.until".to_owned(), embargo.until)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_days_are_counted_in_utc() {
        let at = |text: &str| text.parse::<Timestamp>().expect("a time");
        assert_eq!(year(at("2027-01-01T01:00:00+02:00")), 2026);
        assert_eq!(
            days(at("2026-01-01T00:00:00Z"), at("2026-04-01T00:00:00Z")),
            90
        );
        assert_eq!(
            days(at("2026-01-01T23:00:00Z"), at("2026-01-02T22:00:00Z")),
            0
        );
    }
}
