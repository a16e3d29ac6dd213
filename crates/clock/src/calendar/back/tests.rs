//! Owns the table of last moments, and the proof that counting back and forward agree.
//! Must never use this machine's zones.

use proptest::prelude::*;

use super::*;
use caveat_advisory::Calendar as Written;

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn calendar(zone: &str, holidays: &[&str]) -> Calendar {
    let day = |text: &&str| text.parse().expect("a day");
    Calendar::new(Some(&Written {
        time_zone: zone.to_owned(),
        holidays: holidays.iter().map(day).collect(),
    }))
}

/// Every line: end, how long, from when on.
fn holds(calendar: &Calendar, table: &str) {
    for line in table.lines().filter(|line| line.contains('=')) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [end, "-", count, unit, "=", start] = words[..] else {
            panic!("{line}");
        };
        let unit = Unit::ALL.iter().find(|known| known.as_str() == unit);
        let target = Target {
            count: count.parse().expect("a number"),
            unit: *unit.expect("a unit"),
            after: None,
        };
        assert_eq!(calendar.latest_start(at(end), target), at(start), "{line}");
    }
}

#[test]
fn business_days_lie_whole_between_the_start_and_the_end() {
    // 2026-12-01 is a Tuesday.
    holds(
        &calendar("UTC", &[]),
        "
         2026-12-01T14:00:00Z - 1 bd = 2026-11-29T23:59:59Z
         2026-12-01T23:59:58Z - 1 bd = 2026-11-29T23:59:59Z
         2026-12-01T23:59:59Z - 1 bd = 2026-11-30T23:59:59Z
         2026-12-02T00:00:00Z - 1 bd = 2026-11-30T23:59:59Z
         2026-12-01T14:00:00Z - 3 bd = 2026-11-25T23:59:59Z
         2026-11-29T14:00:00Z - 5 bd = 2026-11-22T23:59:59Z
         2026-11-30T14:00:00Z - 5 bd = 2026-11-22T23:59:59Z
        ",
    );
}

#[test]
fn holidays_and_midnight_are_those_of_the_calendar() {
    let days = ["2026-12-25", "2026-12-26", "2027-01-01"];
    holds(
        &calendar("Europe/Berlin", &days),
        "
         2027-01-04T09:00:00+01:00 - 1 bd = 2026-12-30T23:59:59+01:00
         2027-01-04T09:00:00+01:00 - 5 bd = 2026-12-23T23:59:59+01:00
         2026-11-30T23:30:00Z - 1 bd = 2026-11-29T23:59:59+01:00
        ",
    );
}

#[test]
fn clocks_put_forward_and_back_change_days_but_never_hours() {
    holds(
        &calendar("Europe/Berlin", &[]),
        "
         2026-03-30T02:30:00+02:00 - 1 d = 2026-03-29T01:30:00+01:00
         2026-03-30T02:30:00+02:00 - 24 h = 2026-03-29T01:30:00+01:00
         2026-03-30T12:00:00+02:00 - 1 w = 2026-03-23T12:00:00+01:00
         2026-10-26T02:30:00+01:00 - 1 d = 2026-10-25T02:30:00+01:00
         2026-10-26T12:00:00+01:00 - 24 h = 2026-10-25T12:00:00+01:00
         2026-10-26T12:00:00+01:00 - 48 h = 2026-10-24T13:00:00+02:00
        ",
    );
}

#[test]
fn before_the_beginning_of_time_nothing_is_early_enough() {
    let target = Target {
        count: 876_600,
        unit: Unit::Week,
        after: None,
    };
    let start = calendar("UTC", &[]).latest_start(at("2026-12-01T00:00:00Z"), target);
    assert_eq!(start, Timestamp::MIN);
}

const ZONES: &[&str] = &[
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
];

proptest! {
    #[test]
    fn who_begins_at_the_last_moment_is_in_time_and_who_begins_later_is_not(
        end in 1_400_000_000_i64..2_500_000_000, count in 1_u32..400, unit in prop::sample::select(Unit::ALL),
        zone in prop::sample::select(ZONES),
        holidays in prop::collection::vec((2014_i16..2050, 1_i8..=12, 1_i8..=28), 0..60),
    ) {
        let day = |(year, month, day): (i16, i8, i8)| jiff::civil::date(year, month, day);
        let holidays = holidays.into_iter().map(day).collect();
        let calendar = Calendar::new(Some(&Written { time_zone: zone.to_owned(), holidays }));
        let end = Timestamp::from_second(end).expect("in range");
        let target = Target { count, unit, after: None };
        let start = calendar.latest_start(end, target);
        prop_assert!(start < end);
        prop_assert!(calendar.due(start, target) <= end);
        // Around the hour that clocks skip or show twice, days are told two hours too early at most.
        let later = match unit {
            Unit::Hour | Unit::BusinessDay => 1,
            Unit::Day | Unit::Week => 2 * 3600 + 1,
        };
        let late = start + SignedDuration::from_secs(later);
        prop_assert!(calendar.due(late, target) > end);
    }

    #[test]
    fn what_was_due_by_a_deadline_could_begin_until_then(
        start in 1_400_000_000_i64..2_500_000_000, count in 1_u32..400, unit in prop::sample::select(Unit::ALL),
    ) {
        let calendar = Calendar::new(None);
        let start = Timestamp::from_second(start).expect("in range");
        let target = Target { count, unit, after: None };
        let latest = calendar.latest_start(calendar.due(start, target), target);
        prop_assert!(start <= latest);
        prop_assert!(unit == Unit::BusinessDay || start == latest);
    }
}
