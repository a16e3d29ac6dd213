//! Owns periods of the calendar: months, quarters and years, one after the other, in UTC.
//! Must never know the present.

use caveat_advisory::{Period as Length, Timestamp};
use caveat_texts::Texts;

/// One period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// How many months it has.
    months: u32,
    /// How many such periods came before it since the year 0.
    nth: u32,
}

/// As the catalogue calls them.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

impl Period {
    /// The one that holds a moment.
    pub(crate) fn of(length: Length, at: Timestamp) -> Self {
        let months = match length {
            Length::Month => 1,
            Length::Quarter => 3,
            Length::Year => 12,
        };
        let written = at.to_string();
        let mut parts = written.split('-').map(|part| part.parse().unwrap_or(1));
        let (year, month): (u32, u32) = (parts.next().unwrap_or(1), parts.next().unwrap_or(1));
        let nth = (year * 12 + month - 1) / months;
        Self { months, nth }
    }

    pub(crate) fn next(self) -> Self {
        let nth = self.nth + 1;
        Self { nth, ..self }
    }

    /// The year, and how many months of it came before.
    fn start(self) -> (u32, usize) {
        let months = self.nth * self.months;
        (months / 12, months as usize % 12)
    }

    /// The first second after it.
    pub fn end(self) -> Timestamp {
        let (year, before) = self.next().start();
        let first = format!("{year:04}-{:02}-01T00:00:00Z", before + 1);
        // No period of a book ends after the year 9999: each is over.
        first.parse().unwrap_or(Timestamp::MAX)
    }

    /// As paths have it: `2026-11`, `2026-Q4` or `2026`.
    pub fn key(self) -> String {
        let (year, before) = self.start();
        match self.months {
            1 => format!("{year}-{:02}", before + 1),
            3 => format!("{year}-Q{}", before / 3 + 1),
            _ => year.to_string(),
        }
    }

    /// For people: `November 2026`, `October to December 2026` or `2026`.
    pub fn words(self, texts: &Texts) -> String {
        let (year, before) = self.start();
        let year = year.to_string();
        let month = |nth: usize| texts.word(&format!("month.{}", MONTHS[nth]));
        match self.months {
            1 => {
                let values = [("month", month(before).into()), ("year", year.into())];
                texts.say("period.month", &values)
            }
            3 => {
                let (first, last) = (month(before), month(before + 2));
                let values = [
                    ("first", first.into()),
                    ("last", last.into()),
                    ("year", year.into()),
                ];
                texts.say("period.months", &values)
            }
            _ => year,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(length: Length, at: &str) -> Period {
        Period::of(length, at.parse().expect("a time"))
    }

    #[test]
    fn a_moment_lies_in_one_month_one_quarter_and_one_year() {
        let at = "2026-12-31T23:59:59Z";
        let keys =
            [Length::Month, Length::Quarter, Length::Year].map(|length| of(length, at).key());
        assert_eq!(keys, ["2026-12", "2026-Q4", "2026"]);
        let words = |length, at| of(length, at).words(Texts::english());
        assert_eq!(words(Length::Quarter, at), "October to December 2026");
        assert_eq!(
            words(Length::Month, "2026-02-01T00:00:00Z"),
            "February 2026"
        );
    }

    #[test]
    fn a_period_ends_where_the_next_begins() {
        let ends = [Length::Month, Length::Quarter, Length::Year]
            .map(|length| of(length, "2026-12-31T23:59:59Z").end().to_string());
        assert_eq!(ends, ["2027-01-01T00:00:00Z"; 3]);
        let end = of(Length::Month, "2026-02-01T00:00:00Z").end();
        assert_eq!(end.to_string(), "2026-03-01T00:00:00Z");
    }

    #[test]
    fn after_the_last_of_a_year_comes_the_first_of_the_next() {
        let next = |length| of(length, "2026-12-31T23:59:59Z").next().key();
        let keys = [Length::Month, Length::Quarter, Length::Year].map(next);
        assert_eq!(keys, ["2027-01", "2027-Q1", "2027"]);
        // Midnight is where all days are printed.
        assert_eq!(
            of(Length::Month, "2027-01-01T00:30:00+01:00").key(),
            "2026-12"
        );
    }
}
