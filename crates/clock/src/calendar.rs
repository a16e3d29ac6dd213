//! Owns deadlines: from a moment and a promised time to the last second at which the promise is kept.
//! Must never ask the machine for a time zone: the database is part of the program.

mod back;

use caveat_advisory::{Calendar as Written, Date, Target, Timestamp, Unit};
use jiff::civil::Weekday;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Span, ToSpan as _};

/// Which days count, and where midnight is.
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: TimeZone,
    /// Those that are no weekend anyway, ascending, each once.
    holidays: Vec<Date>,
}

/// Does the database know this time zone?
pub fn is_zone(name: &str) -> bool {
    TimeZoneDatabase::bundled().get(name).is_ok()
}

/// Every name of a time zone.
pub fn zones() -> Vec<String> {
    let names = TimeZoneDatabase::bundled();
    names.available().map(|name| name.to_string()).collect()
}

impl Calendar {
    /// The calendar of a policy. UTC without holidays where it has none; UTC where nobody knows its zone.
    pub fn new(written: Option<&Written>) -> Self {
        let known = |calendar: &Written| TimeZoneDatabase::bundled().get(&calendar.time_zone).ok();
        let days = written.map_or(&[][..], |calendar| &calendar.holidays);
        let mut holidays: Vec<Date> = days.iter().copied().filter(|day| workday(*day)).collect();
        holidays.sort_unstable();
        holidays.dedup();
        Self {
            zone: written.and_then(known).unwrap_or(TimeZone::UTC),
            holidays,
        }
    }

    /// Which day it is here.
    pub fn day(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(at).date()
    }

    /// The last second at which the promise is kept. The end of time where the calendar ends before.
    pub fn due(&self, start: Timestamp, target: Target) -> Timestamp {
        let count = i64::from(target.count);
        let due = match target.unit {
            Unit::Hour => start.checked_add(SignedDuration::from_hours(count)).ok(),
            Unit::Day => self.days(start, count),
            Unit::Week => self.days(start, count * 7),
            Unit::BusinessDay => self.business_days(start, count),
        };
        due.unwrap_or_else(end_of_time)
    }

    /// The same time of day so many days later. A time that the clocks skip is taken after the gap, a time that they
    /// show twice is taken the first time.
    fn days(&self, start: Timestamp, count: i64) -> Option<Timestamp> {
        let span = Span::new().try_days(count).ok()?;
        let later = start.to_zoned(self.zone.clone()).checked_add(span).ok()?;
        Some(later.timestamp())
    }

    /// The last second of the business day that many business days after the day of `start`, which itself never counts.
    fn business_days(&self, start: Timestamp, count: i64) -> Option<Timestamp> {
        let first = self.zone.to_datetime(start).date();
        let mut last = weekdays_after(first, count)?;
        for holiday in self.holidays.iter().filter(|day| **day > first) {
            if *holiday > last {
                break;
            }
            last = weekdays_after(last, 1)?;
        }
        let next = last.tomorrow().ok()?.to_zoned(self.zone.clone()).ok()?;
        next.timestamp().checked_sub(1.second()).ok()
    }
}

fn end_of_time() -> Timestamp {
    Timestamp::from_second(Timestamp::MAX.as_second()).unwrap_or(Timestamp::MAX)
}

fn workday(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The day that many weekdays later; whole weeks at once, since promises may be long.
fn weekdays_after(day: Date, count: i64) -> Option<Date> {
    let weekend = match day.weekday() {
        Weekday::Saturday => 1,
        Weekday::Sunday => 2,
        _ => 0,
    };
    let friday_or_day = day.checked_sub(weekend.days()).ok()?;
    let weeks = Span::new().try_weeks(count / 5).ok()?;
    let mut day = friday_or_day.checked_add(weeks).ok()?;
    for _ in 0..count % 5 {
        day = day.tomorrow().ok()?;
        while !workday(day) {
            day = day.tomorrow().ok()?;
        }
    }
    Some(day)
}

#[cfg(test)]
mod tests;
