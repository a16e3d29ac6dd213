//! Owns dates as people write them, and those that the text gives of itself.
//! Must never complete a date in silence.

use std::ops::Range;

use caveat_advisory::Date;

use super::Reading;
use crate::facts::Said;
use crate::page::{Part, Spot};
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

/// What a date of the text is, by the words before it.
const REVIEW: [&str; 7] = [
    "next review",
    "review date",
    "next update",
    "valid until",
    "expires",
    "review due",
    "reviewed by",
];

const UPDATED: [&str; 8] = [
    "last updated",
    "last update",
    "last changed",
    "last modified",
    "last reviewed",
    "last revised",
    "revised",
    "effective",
];

pub(super) fn read(reading: &mut Reading<'_>) {
    for (spot, part) in reading.prose() {
        if !is_about_itself(reading, part) {
            continue;
        }
        let mut from = 0;
        for (found, at) in dates(&part.lower) {
            let lead = &part.lower[from..at.start];
            from = at.end;
            let last = |signs: &[&str]| signs.iter().filter_map(|sign| lead.rfind(sign)).max();
            let label = ["updated", "date"]
                .iter()
                .any(|word| lead.trim_end_matches([':', ' ']) == *word);
            let facts = &mut reading.facts;
            if last(&REVIEW).is_some_and(|place| last(&UPDATED).is_none_or(|other| other < place)) {
                // A month is over with its last day.
                let said = guessed(found, found.date.last_of_month(), &part.at);
                facts.review.get_or_insert(said);
            } else if last(&UPDATED).is_some() || label {
                let said = guessed(found, found.date, &part.at);
                facts.updated.get_or_insert(said);
            } else {
                continue;
            }
            reading.take(spot);
        }
        version(reading, spot, part);
    }
}

/// `**Last Updated**: 2026-10-01`, and lines with several such.
fn is_about_itself(reading: &Reading<'_>, part: &Part) -> bool {
    let short = part.lower.len() < 200;
    short && !reading.page.under(part, &["safe harbo", "legal"])
}

/// `**Version**: 4`, alone or behind a date on the same line.
fn version(reading: &mut Reading<'_>, spot: Spot, part: &Part) {
    let label = part.label.as_deref().unwrap_or_default().to_lowercase();
    let own = words::has(&label, &["version", "revision"]) && is_version(&part.text);
    let beside = || {
        let signs = ["document version", "policy version", "version", "revision"];
        let at = signs
            .iter()
            .find_map(|sign| Some(words::word(&part.lower, sign)? + sign.len()))?;
        let word = part.lower[at..]
            .trim_start_matches([':', ' ', '*'])
            .split([' ', ',', ';', ')', '|'])
            .next()?;
        is_version(word.trim_end_matches('.')).then(|| word.trim_end_matches('.').to_owned())
    };
    let found = if own {
        Some(part.text.clone())
    } else if reading.is_taken(spot) {
        beside()
    } else {
        None
    };
    if let Some(text) = found {
        reading
            .facts
            .version
            .get_or_insert(Said::new(text, &part.at));
        reading.take(spot);
    }
}

fn guessed(found: Found, filled: Date, at: &Range<usize>) -> Said<Date> {
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

/// The first date in a text: `2026-11-01`, `1 November 2026`, `November 1, 2026`, `1.11.2026`, or a month of a year.
pub(crate) fn date(text: &str) -> Option<Found> {
    dates(text).first().map(|(found, _)| *found)
}

/// Every date in a text, with its place.
pub(crate) fn dates(text: &str) -> Vec<(Found, Range<usize>)> {
    let lower = text.to_ascii_lowercase();
    let mut tokens: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (at, c) in lower.char_indices() {
        let goes_on = c.is_alphanumeric() || c == '-' || c == '/';
        match tokens.last_mut().filter(|_| open && goes_on) {
            Some(token) => token.end = at + c.len_utf8(),
            None if goes_on => tokens.push(at..at + c.len_utf8()),
            None => {}
        }
        open = goes_on;
    }
    let pieces: Vec<&str> = tokens.iter().map(|token| &lower[token.clone()]).collect();
    let mut all: Vec<(Found, Range<usize>)> = Vec::new();
    for at in 0..pieces.len() {
        let one = |found| (found, at, at);
        let dotted = || dotted(&lower, &tokens, at).map(|found| (found, at, at + 2));
        let found = numeric(pieces[at])
            .map(one)
            .or_else(|| named(&pieces, at))
            .or_else(dotted);
        if let Some((found, from, to)) = found {
            let place = tokens[from].start..tokens[to].end;
            if all.last().is_none_or(|(_, last)| last.end <= place.start) {
                all.push((found, place));
            }
        }
    }
    all
}

/// `1.11.2026`: where dots stand between, the day comes first everywhere.
fn dotted(text: &str, tokens: &[Range<usize>], at: usize) -> Option<Found> {
    let [day, month, year] = tokens.get(at..at + 3)? else {
        return None;
    };
    let dots = &text[day.end..month.start] == "." && &text[month.end..year.start] == ".";
    let number = |token: &Range<usize>| text[token.clone()].parse::<i16>().ok();
    let year = number(year).filter(|year| dots && (1901..3000).contains(year))?;
    found(year, number(month)?, Some(number(day)?))
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

/// The date around the name of a month, and its first and last word.
fn named(pieces: &[&str], at: usize) -> Option<(Found, usize, usize)> {
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
        (_, Some(day @ 1..=31), Some(year @ 1901..)) => {
            found(year, month, Some(day)).map(|found| (found, at, at + 2))
        }
        (Some(day @ 1..=31), Some(year @ 1901..), _) => {
            found(year, month, Some(day)).map(|found| (found, at - 1, at + 1))
        }
        (_, Some(year @ 1901..), _) => found(year, month, None).map(|found| (found, at, at + 1)),
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
