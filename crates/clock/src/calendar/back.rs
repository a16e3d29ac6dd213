//! Owns deadlines read from their other end: the last moment from which a promised time is over by a given one.
//! Must never be later than that moment: who is told too late is not told in time.

use caveat_advisory::{Date, Target, Timestamp, Unit};
use jiff::tz::AmbiguousOffset;
use jiff::{SignedDuration, Span, ToSpan as _};

use super::{Calendar, Weekday, workday};

impl Calendar {
    /// The last second from which the promised time is over by `end`: what begins then is due at `end` or before.
    /// The beginning of time where the calendar begins after.
    pub fn latest_start(&self, end: Timestamp, target: Target) -> Timestamp {
        let count = i64::from(target.count);
        let start = match target.unit {
            Unit::Hour => end.checked_sub(SignedDuration::from_hours(count)).ok(),
            Unit::Day => self.days_back(end, count),
            Unit::Week => self.days_back(end, count * 7),
            Unit::BusinessDay => self.business_days_back(end, count),
        };
        start.unwrap_or(Timestamp::MIN)
    }

    /// The same time of day so many days earlier. A time that the clocks skip is taken before the gap, a time that they
    /// show twice is taken the second time.
    fn days_back(&self, end: Timestamp, count: i64) -> Option<Timestamp> {
        let span = Span::new().try_days(count).ok()?;
        let civil = self.zone.to_datetime(end).checked_sub(span).ok()?;
        let start = self.zone.to_ambiguous_timestamp(civil);
        match start.offset() {
            AmbiguousOffset::Gap { .. } => start.earlier().ok(),
            _ => start.later().ok(),
        }
    }

    /// The last second before so many business days that lie whole before `end`.
    fn business_days_back(&self, end: Timestamp, count: i64) -> Option<Timestamp> {
        // Only the last second of a day ends it.
        let after = end.checked_add(1.second()).ok()?;
        let last = self.zone.to_datetime(after).date();
        let mut first = weekdays_before(last, count)?;
        for holiday in self.holidays.iter().rev().filter(|day| **day < last) {
            if *holiday < first {
                break;
            }
            first = weekdays_before(first, 1)?;
        }
        let midnight = first.to_zoned(self.zone.clone()).ok()?;
        midnight.timestamp().checked_sub(1.second()).ok()
    }
}

/// The day that many weekdays earlier; whole weeks at once.
fn weekdays_before(day: Date, count: i64) -> Option<Date> {
    let weekend = match day.weekday() {
        Weekday::Saturday => 2,
        Weekday::Sunday => 1,
        _ => 0,
    };
    let monday_or_day = day.checked_add(weekend.days()).ok()?;
    let weeks = Span::new().try_weeks(count / 5).ok()?;
    let mut day = monday_or_day.checked_sub(weeks).ok()?;
    for _ in 0..count % 5 {
        day = day.yesterday().ok()?;
        while !workday(day) {
            day = day.yesterday().ok()?;
        }
    }
    Some(day)
}

#[cfg(test)]
mod tests;
