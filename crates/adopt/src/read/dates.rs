//! Owns dates as people write them, and those that the text gives of itself.
//! Must never complete a date in silence.

use caveat_advisory::Date;

use super::Reading;
use crate::facts::Said;
use crate::words;

/// A date of the text, and whether its day was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) date: Date,
    pub(crate) whole: bool,
}

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

pub(super) fn read(reading: &mut Reading<'_>) {
    for (at, part) in reading.prose() {
        let Some(label) = part.label.as_deref().map(str::to_lowercase) else {
            continue;
        };
        let found = date(&part.text);
        let review = [
            "next review",
            "review date",
            "next update",
            "valid until",
            "expires",
        ];
        let last = words::has(&label, &["last ", "revised", "effective"])
            || ["updated", "date"].iter().any(|word| *word == label);
        let version = words::has(&label, &["version", "revision"]) && is_version(&part.text);
        let facts = &mut reading.facts;
        match found {
            Some(found) if words::has(&label, &review) => {
                // A month is over with its last day.
                let said = guessed(found, found.date.last_of_month(), &part.at);
                facts.review.get_or_insert(said);
            }
            Some(found) if last => {
                let said = guessed(found, found.date, &part.at);
                facts.updated.get_or_insert(said);
            }
            _ if version => {
                facts
                    .version
                    .get_or_insert(Said::new(part.text.clone(), &part.at));
            }
            _ => continue,
        }
        reading.take(at);
    }
}

fn guessed(found: Found, filled: Date, at: &std::ops::Range<usize>) -> Said<Date> {
    if found.whole {
        Said::new(found.date, at)
    } else {
        Said::guess(filled, at, "only the month is written")
    }
}

/// One word with a digit.
fn is_version(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 40
        && !text.contains(' ')
        && text.contains(|c: char| c.is_ascii_digit())
}

/// The first date in a text: `2026-11-01`, `1 November 2026`, `November 1, 2026`, or a month of a year.
pub(crate) fn date(text: &str) -> Option<Found> {
    let lower = text.to_lowercase();
    let pieces: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric() && c != '-' && c != '/')
        .filter(|piece| !piece.is_empty())
        .collect();
    (0..pieces.len()).find_map(|at| numeric(pieces[at]).or_else(|| named(&pieces, at)))
}

fn numeric(piece: &str) -> Option<Found> {
    let numbers: Option<Vec<i16>> = piece
        .split(['-', '/'])
        .map(|number| number.parse().ok())
        .collect();
    match numbers?[..] {
        [year, month, day] if year > 1900 => found(year, month, Some(day)),
        [year, month] if year > 1900 => found(year, month, None),
        _ => None,
    }
}

fn named(pieces: &[&str], at: usize) -> Option<Found> {
    let word = pieces[at];
    let is = |name: &str| *name == *word || (word.len() == 3 && name.starts_with(word));
    let month = i16::try_from(MONTHS.iter().position(|name| is(name))? + 1).ok()?;
    let number = |at: Option<usize>| -> Option<i16> {
        let piece = pieces.get(at?)?;
        piece
            .trim_end_matches(|c: char| c.is_alphabetic())
            .parse()
            .ok()
    };
    let (before, first, second) = (
        number(at.checked_sub(1)),
        number(Some(at + 1)),
        number(Some(at + 2)),
    );
    match (before, first, second) {
        (_, Some(day @ 1..=31), Some(year @ 1901..))
        | (Some(day @ 1..=31), Some(year @ 1901..), _) => found(year, month, Some(day)),
        (_, Some(year @ 1901..), _) => found(year, month, None),
        _ => None,
    }
}

fn found(year: i16, month: i16, day: Option<i16>) -> Option<Found> {
    let month = i8::try_from(month).ok()?;
    let number = i8::try_from(day.unwrap_or(1)).ok()?;
    let date = Date::new(year, month, number).ok()?;
    Some(Found {
        date,
        whole: day.is_some(),
    })
}

#[cfg(test)]
mod tests {
    use super::date;

    fn read(text: &str) -> Option<(String, bool)> {
        date(text).map(|found| (found.date.to_string(), found.whole))
    }

    #[test]
    fn a_whole_date_is_read_in_every_shape() {
        for text in [
            "2026-11-01",
            "1 November 2026",
            "November 1, 2026",
            "Nov 1st, 2026 (v2)",
            "as of 2026/11/01.",
        ] {
            assert_eq!(read(text), Some(("2026-11-01".to_owned(), true)), "{text}");
        }
    }

    #[test]
    fn a_month_is_no_day_and_other_numbers_are_no_date() {
        assert_eq!(read("August 2025"), Some(("2025-08-01".to_owned(), false)));
        assert_eq!(read("2025-08"), Some(("2025-08-01".to_owned(), false)));
        for text in ["2026-13-01", "1.2.3", "soon", "may be", "31/12", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
