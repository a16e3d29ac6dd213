//! Owns the table of deadlines: units, weekends, holidays, clocks put forward and back, the ends of years and of time.
//! Must never use this machine's zones: the same table holds everywhere.

use proptest::prelude::*;

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn target(count: u32, unit: Unit) -> Target {
    let after = None;
    Target { count, unit, after }
}

fn calendar(zone: &str, holidays: &[&str]) -> Calendar {
    let day = |text: &&str| text.parse().expect("a day");
    Calendar::new(Some(&Written {
        time_zone: zone.to_owned(),
        holidays: holidays.iter().map(day).collect(),
    }))
}

/// Every line: from, how long, until.
fn holds(calendar: &Calendar, table: &str) {
    for line in table.lines().filter(|line| line.contains('=')) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [from, "+", count, unit, "=", until] = words[..] else {
            panic!("{line}");
        };
        let unit = Unit::ALL.iter().find(|known| known.as_str() == unit);
        let target = target(count.parse().expect("a number"), *unit.expect("a unit"));
        assert_eq!(calendar.due(at(from), target), at(until), "{line}");
    }
}

#[test]
fn without_a_calendar_days_are_counted_in_utc() {
    holds(
        &Calendar::new(None),
        "
         2026-03-28T22:30:00Z + 48 h = 2026-03-30T22:30:00Z
         2026-03-28T22:30:00Z + 2 d = 2026-03-30T22:30:00Z
         2026-03-28T22:30:00Z + 1 w = 2026-04-04T22:30:00Z
         2028-02-28T12:00:00Z + 1 d = 2028-02-29T12:00:00Z
         2026-12-31T23:00:00Z + 2 h = 2027-01-01T01:00:00Z
         2026-12-30T09:00:00Z + 2 bd = 2027-01-01T23:59:59Z
        ",
    );
}

#[test]
fn the_day_of_the_event_never_counts_and_the_last_day_counts_whole() {
    // 2026-11-16 is a Monday.
    holds(
        &Calendar::new(None),
        "
         2026-11-16T00:00:00Z + 1 bd = 2026-11-17T23:59:59Z
         2026-11-16T23:59:59Z + 1 bd = 2026-11-17T23:59:59Z
         2026-11-16T09:00:00Z + 4 bd = 2026-11-20T23:59:59Z
         2026-11-16T09:00:00Z + 5 bd = 2026-11-23T23:59:59Z
         2026-11-16T09:00:00Z + 10 bd = 2026-11-30T23:59:59Z
         2026-11-20T17:00:00Z + 1 bd = 2026-11-23T23:59:59Z
        ",
    );
}

#[test]
fn what_comes_on_a_weekend_or_holiday_counts_from_the_next_business_day() {
    let calendar = calendar("UTC", &["2026-11-23"]);
    holds(
        &calendar,
        "
         2026-11-21T00:00:00Z + 1 bd = 2026-11-24T23:59:59Z
         2026-11-22T23:59:59Z + 1 bd = 2026-11-24T23:59:59Z
         2026-11-23T10:00:00Z + 1 bd = 2026-11-24T23:59:59Z
         2026-11-23T10:00:00Z + 5 bd = 2026-11-30T23:59:59Z
         2026-11-20T10:00:00Z + 1 bd = 2026-11-24T23:59:59Z
        ",
    );
}

#[test]
fn holidays_in_a_row_and_over_the_end_of_a_year_are_all_left_out() {
    let days = [
        "2027-01-01",
        "2026-12-25",
        "2026-12-24",
        "2026-12-26",
        "2026-12-25",
        "2026-12-31",
    ];
    // Thursday 24, Friday 25, a weekend, Thursday 31, Friday 1, a weekend.
    holds(
        &calendar("UTC", &days),
        "
         2026-12-23T10:00:00Z + 1 bd = 2026-12-28T23:59:59Z
         2026-12-23T10:00:00Z + 3 bd = 2026-12-30T23:59:59Z
         2026-12-23T10:00:00Z + 4 bd = 2027-01-04T23:59:59Z
         2026-12-25T10:00:00Z + 4 bd = 2027-01-04T23:59:59Z
         2026-12-31T10:00:00Z + 1 bd = 2027-01-04T23:59:59Z
        ",
    );
}

#[test]
fn midnight_is_where_the_calendar_is() {
    // Friday 23:30 in Berlin is still Friday; half an hour later it is Saturday there.
    holds(
        &calendar("Europe/Berlin", &[]),
        "
         2026-11-19T22:30:00Z + 1 bd = 2026-11-20T22:59:59Z
         2026-11-19T23:30:00Z + 1 bd = 2026-11-23T22:59:59Z
         2026-11-20T23:30:00Z + 1 bd = 2026-11-23T22:59:59Z
        ",
    );
    holds(
        &calendar("Pacific/Auckland", &[]),
        "
         2026-11-19T12:00:00Z + 1 bd = 2026-11-23T10:59:59Z
        ",
    );
}

#[test]
fn clocks_put_forward_and_back_change_days_but_never_hours() {
    // Forward in the night to 29 March 2026 in Berlin, back in the night to 25 October.
    holds(
        &calendar("Europe/Berlin", &[]),
        "
         2026-03-28T12:00:00+01:00 + 1 d = 2026-03-29T12:00:00+02:00
         2026-03-28T12:00:00+01:00 + 24 h = 2026-03-29T13:00:00+02:00
         2026-03-28T02:30:00+01:00 + 1 d = 2026-03-29T03:30:00+02:00
         2026-10-24T12:00:00+02:00 + 1 d = 2026-10-25T12:00:00+01:00
         2026-10-24T12:00:00+02:00 + 24 h = 2026-10-25T11:00:00+01:00
         2026-10-24T02:30:00+02:00 + 1 d = 2026-10-25T02:30:00+02:00
         2026-03-27T12:00:00+01:00 + 1 bd = 2026-03-30T23:59:59+02:00
         2026-10-23T12:00:00+02:00 + 1 w = 2026-10-30T12:00:00+01:00
        ",
    );
    holds(
        &calendar("America/New_York", &[]),
        "
         2026-03-07T02:30:00-05:00 + 1 d = 2026-03-08T03:30:00-04:00
         2026-10-31T01:30:00-04:00 + 1 d = 2026-11-01T01:30:00-04:00
         2026-10-31T01:30:00-04:00 + 2 d = 2026-11-02T01:30:00-05:00
        ",
    );
    // Summer ends in April in the south.
    holds(
        &calendar("Australia/Sydney", &[]),
        "
         2026-04-04T12:00:00+11:00 + 1 d = 2026-04-05T12:00:00+10:00
         2026-10-03T02:30:00+10:00 + 1 d = 2026-10-04T03:30:00+11:00
         2026-10-02T12:00:00+10:00 + 1 bd = 2026-10-05T23:59:59+11:00
        ",
    );
}

#[test]
fn a_day_may_begin_at_one_o_clock() {
    // Beirut puts its clocks forward at midnight to Sunday 29 March 2026: Saturday ends where Sunday 01:00 begins.
    let calendar = calendar("Asia/Beirut", &[]);
    let next = calendar.due(at("2026-03-28T10:00:00Z"), target(1, Unit::Day));
    assert_eq!(next, at("2026-03-29T12:00:00+03:00"));
    let midnight = calendar.due(at("2026-03-28T00:00:00+02:00"), target(1, Unit::Day));
    assert_eq!(midnight, at("2026-03-29T01:00:00+03:00"));
}

#[test]
fn a_promise_beyond_the_end_of_time_is_due_at_the_end_of_time() {
    let calendar = calendar("Asia/Tokyo", &[]);
    for unit in [Unit::Week, Unit::BusinessDay] {
        let due = calendar.due(at("9990-01-01T00:00:00Z"), target(876_600, unit));
        assert_eq!(due, end_of_time());
    }
    let far = calendar.due(
        at("2026-11-21T00:00:00Z"),
        target(876_600, Unit::BusinessDay),
    );
    assert!(
        far > at("5000-01-01T00:00:00Z") && far < end_of_time(),
        "{far}"
    );
}

#[test]
fn a_zone_that_nobody_knows_is_no_zone() {
    assert!(is_zone("Europe/Berlin") && is_zone("UTC"));
    assert!(!is_zone("Europe/Bertin") && !is_zone("") && !is_zone("+02:00"));
    assert!(
        zones()
            .iter()
            .any(|name| name == "America/Argentina/Buenos_Aires")
    );
}

fn any_unit() -> impl Strategy<Value = Unit> {
    prop::sample::select(Unit::ALL)
}

proptest! {
    #[test]
    fn a_deadline_comes_after_its_start_and_more_time_is_never_less(
        start in 0_i64..4_102_444_800, count in 1_u32..3000, unit in any_unit(),
        zone in prop::sample::select(&["UTC", "Europe/Berlin", "America/New_York", "Asia/Beirut", "Pacific/Auckland"]),
        holidays in prop::collection::vec((2026_i16..2100, 1_i8..=12, 1_i8..=28), 0..20),
    ) {
        let day = |(year, month, day): (i16, i8, i8)| jiff::civil::date(year, month, day);
        let written = Written { time_zone: zone.to_owned(), holidays: holidays.into_iter().map(day).collect() };
        let calendar = Calendar::new(Some(&written));
        let start = Timestamp::from_second(start).expect("in range");
        let due = calendar.due(start, target(count, unit));
        prop_assert!(start < due);
        prop_assert!(due <= calendar.due(start, target(count + 1, unit)));
    }

    #[test]
    fn business_days_are_those_that_counting_by_hand_finds(start in 1_700_000_000_i64..1_900_000_000, count in 1_u32..60,
        holidays in prop::collection::vec((2024_i16..2030, 1_i8..=12, 1_i8..=28), 0..60)) {
        let day = |(year, month, day): (i16, i8, i8)| jiff::civil::date(year, month, day);
        let written = Written { time_zone: "UTC".to_owned(), holidays: holidays.into_iter().map(day).collect() };
        let start = Timestamp::from_second(start).expect("in range");
        let mut last = TimeZone::UTC.to_datetime(start).date();
        let mut left = count;
        while left > 0 {
            last = last.tomorrow().expect("in range");
            left -= u32::from(workday(last) && !written.holidays.contains(&last));
        }
        let due = Calendar::new(Some(&written)).due(start, target(count, Unit::BusinessDay));
        prop_assert_eq!(due, format!("{last}T23:59:59Z").parse().expect("a time"));
    }
}
