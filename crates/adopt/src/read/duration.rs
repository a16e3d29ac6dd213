//! Owns times as people write them: `48 hours`, `5 business days`, `24-48 hours`, `one week`, `90-day`.
//! Must never choose between two ends in silence: a range says that it is one.

use std::ops::Range;

use caveat_advisory::{Target, Unit};

/// A time in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Duration {
    /// The upper end.
    pub(super) target: Target,
    /// Two ends were written.
    pub(super) range: bool,
    /// Months and years are counted in days.
    pub(super) rough: bool,
    /// Bytes of the text that was searched.
    pub(super) at: Range<usize>,
}

const NUMBERS: [&str; 15] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen",
];

/// Every time in a text in small letters, in order.
pub(super) fn durations(lower: &str) -> Vec<Duration> {
    let tokens = tokens(lower);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match duration(lower, &tokens, at) {
            Some((duration, next)) => {
                found.push(duration);
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

/// Runs of digits and runs of letters.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut last = ' ';
    for (at, c) in text.char_indices() {
        let goes_on = c.is_alphanumeric()
            && last.is_alphanumeric()
            && c.is_ascii_digit() == last.is_ascii_digit();
        if c.is_alphanumeric() {
            match found.last_mut().filter(|_| goes_on) {
                Some(token) => token.end = at + c.len_utf8(),
                None => found.push(at..at + c.len_utf8()),
            }
        }
        last = c;
    }
    found
}

fn duration(text: &str, tokens: &[Range<usize>], start: usize) -> Option<(Duration, usize)> {
    let word = |at: usize| tokens.get(at).map(|token| &text[token.clone()]);
    let before = start.checked_sub(1).and_then(word);
    let mut count = number(word(start)?, before)?;
    // `1.5` and `v2.0` are no counts, `02` of `2026-01-02` is none, and `Day 3-7` is a place in a schedule.
    let left = &text[..tokens[start].start];
    let dated = left
        .strip_suffix('-')
        .is_some_and(|left| left.ends_with(|c: char| c.is_ascii_digit()));
    let scheduled = matches!(before, Some("day" | "days"))
        && left.ends_with(['y', 's', ' '])
        && !left.ends_with(", ");
    let glued = left.ends_with(['.', '+', '#']) || dated || scheduled;
    if glued {
        return None;
    }
    let mut at = start + 1;
    let mut range = false;
    let to = usize::from(matches!(word(at), Some("to" | "or" | "and")));
    let gap = |from: usize, to: usize| text.get(tokens.get(from)?.end..tokens.get(to)?.start);
    if let Some(second) = word(at + to).and_then(|second| number(second, None)) {
        let between = gap(start, at + to).unwrap_or_default().trim().to_owned();
        range = to == 1 || ["-", "–", "—", "/"].contains(&between.as_str());
        // `two (2) days`.
        if !range && !between.starts_with('(') {
            return None;
        }
        count = count.max(second);
        at += to + 1;
    }
    let business =
        matches!(word(at), Some("business" | "working" | "work" | "week")) && is_day(word(at + 1));
    at += usize::from(business || matches!(word(at), Some("full" | "calendar" | "additional")));
    let (unit, factor) = unit(word(at)?, business)?;
    let duration = Duration {
        target: Target {
            count: count
                .checked_mul(factor)
                .filter(|count| (1..=876_600).contains(count))?,
            unit,
            after: None,
        },
        range,
        rough: factor > 1,
        at: tokens[start].start..tokens[at].end,
    };
    Some((duration, at + 1))
}

fn is_day(word: Option<&str>) -> bool {
    matches!(word, Some("day" | "days"))
}

fn number(word: &str, before: Option<&str>) -> Option<u32> {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return word.parse().ok();
    }
    let within = matches!(before, Some("within" | "in" | "the" | "take" | "takes"));
    if within && ["a", "an", "next"].contains(&word) {
        return Some(1);
    }
    NUMBERS
        .iter()
        .position(|name| *name == word)
        .and_then(|at| u32::try_from(at).ok())
}

fn unit(word: &str, business: bool) -> Option<(Unit, u32)> {
    Some(match word {
        "day" | "days" if business => (Unit::BusinessDay, 1),
        "weekday" | "weekdays" | "workday" | "workdays" => (Unit::BusinessDay, 1),
        "h" | "hr" | "hrs" | "hour" | "hours" => (Unit::Hour, 1),
        "d" | "day" | "days" => (Unit::Day, 1),
        "w" | "wk" | "wks" | "week" | "weeks" => (Unit::Week, 1),
        "month" | "months" => (Unit::Day, 30),
        "year" | "years" => (Unit::Day, 365),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::durations;

    fn read(text: &str) -> Vec<(String, bool)> {
        let found = durations(text).into_iter();
        found
            .map(|found| (found.target.to_string(), found.range))
            .collect()
    }

    #[test]
    fn every_shape_of_one_time_is_read() {
        for (text, target) in [
            ("within 48 hours", "48 h"),
            ("48h", "48 h"),
            ("within 5 business days", "5 bd"),
            ("two (2) working days", "2 bd"),
            ("the next business day", "1 bd"),
            ("within one week", "1 w"),
            ("within a week", "1 w"),
            ("a 90-day deadline", "90 d"),
            ("three months", "90 d"),
        ] {
            assert_eq!(read(text), [(target.to_owned(), false)], "{text}");
        }
    }

    #[test]
    fn of_two_ends_the_upper_one_is_taken_and_said() {
        for text in [
            "within 24-48 hours",
            "24 – 48 hours",
            "24 to 48 hours",
            "24 or 48 hours",
        ] {
            assert_eq!(read(text), [("48 h".to_owned(), true)], "{text}");
        }
    }

    #[test]
    fn two_times_of_one_sentence_are_two() {
        let text = "acknowledge within 48 hours and answer within 7 days";
        assert_eq!(
            read(text),
            [("48 h".to_owned(), false), ("7 d".to_owned(), false)]
        );
    }

    #[test]
    fn other_numbers_are_no_times() {
        for text in [
            "version 1.5 days",
            "top 10",
            "iso 27001",
            "day 3-7: review",
            "0 days",
            "99999999999 days",
            "day",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
