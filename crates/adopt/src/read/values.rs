//! Owns what must not be lost of a text, whatever it is about: times, dates, addresses, links, conditions.
//! Must never know what a value means.

use std::ops::Range;

use caveat_advisory::{Date, Target};

use super::dates::dates;
use super::duration::durations;
use crate::words;

/// A value, as far as it is understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Time(Target),
    Date(Date),
    /// A mail address, a link, or what is left as it was written.
    Words,
}

/// A value in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) kind: Kind,
    pub(super) words: String,
}

/// No sentence has more: what is longer is reported as a whole.
const MOST: usize = 100;

/// Every value of a piece: its text without markup, and as it was written.
pub(super) fn values(text: &str, raw: &str) -> Vec<Value> {
    let lower = text.to_ascii_lowercase();
    let value = |kind, at: Range<usize>| Value {
        kind,
        words: text[at].to_owned(),
    };
    let times = durations(&lower).into_iter();
    let times = times.map(|time| value(Kind::Time(time.target), time.at));
    let dates = dates(text).into_iter();
    let dates = dates.map(|(found, at)| value(Kind::Date(found.date), at));
    let address = |at: Range<usize>| Value {
        kind: Kind::Words,
        words: raw[at].to_owned(),
    };
    let addresses = words::addresses(raw).into_iter().chain(words::links(raw));
    let addresses = addresses.chain(others(raw));
    let all = times.chain(dates).chain(addresses.map(address));
    all.take(MOST).collect()
}

/// Links that are not https, and dates of which nobody knows whether the day or the month comes first.
fn others(raw: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in raw.match_indices("http://") {
        let stop = |c: char| c.is_whitespace() || "()[]<>\"'`".contains(c);
        let end = raw[at..].find(stop).map_or(raw.len(), |end| at + end);
        found.push(
            at..at
                + raw[at..end]
                    .trim_end_matches(['.', ',', ';', ':', '*'])
                    .len(),
        );
    }
    found.extend(words::struck(raw));
    found.extend(hidden(raw));
    let mut start = 0;
    for word in raw.split_inclusive(|c: char| !c.is_ascii_digit() && c != '/') {
        let number = word.trim_end_matches(|c: char| !c.is_ascii_digit());
        let numbers: Vec<&str> = number.split('/').collect();
        if let [day, month, year] = numbers[..]
            && [day, month]
                .iter()
                .all(|number| (1..=2).contains(&number.len()))
            && year.len() == 4
        {
            found.push(start..start + number.len());
        }
        start += word.len();
    }
    found
}

/// Words with characters that nobody sees.
fn hidden(raw: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for word in raw.split_inclusive(char::is_whitespace) {
        let text = word.trim_end();
        // A mark of the byte order is no word.
        if text.contains(words::is_hidden) && text.contains(['@', '/']) {
            found.push(start..start + text.len());
        }
        start += word.len();
    }
    found
}

/// Words that make a sentence a promise, a demand or a limit.
const PROMISES: [&str; 34] = [
    "scope",
    "too",
    "neither",
    "likewise",
    "[at]",
    "(at)",
    "immediate",
    "immediately",
    "will",
    "we'll",
    "must",
    "shall",
    "within",
    "until",
    "only",
    "never",
    "always",
    "unless",
    "except",
    "guarantee",
    "promise",
    "commit",
    "no later",
    "at most",
    "at least",
    "at the latest",
    "do not",
    "don't",
    "cannot",
    "may not",
    "as soon as",
    "supported",
    "every",
    "before",
];

/// Does it promise, demand or limit anything?
pub(super) fn promises(lower: &str) -> bool {
    PROMISES
        .iter()
        .any(|sign| words::word(lower, sign).is_some())
}

/// Words that take something from a promise, or add to it, and that no key can hold.
const CONDITIONS: [&str; 9] = [
    "unless",
    "except",
    "only",
    "until",
    "never",
    "provided that",
    "as long as",
    "as soon as",
    "does not apply",
];

/// The condition of a sentence, from its word to its end.
pub(super) fn condition(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let first = CONDITIONS
        .iter()
        .filter_map(|sign| words::word(&lower, sign));
    // `Never later than` is a limit, and no condition.
    let limit = |at: &usize| {
        let rest = &lower[*at..];
        rest.starts_with("never later than") || rest.starts_with("never more than")
    };
    let first = first.filter(|at| !limit(at));
    let words = text[first.min()?..].trim_end_matches(['.', ')', ' ', '!']);
    // `Security fixes only` and the head of a column have no more than the word.
    words.contains(' ').then(|| words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_of_a_sentence_is_found() {
        let text = "Within 2 days write to a@b.org or see the page, until 2026-01-02 or 48 hours";
        let raw = "Within **2 days** write to <a@b.org> or see [the page](https://c.org/d), until 2026-01-02 or 48 hours";
        let found: Vec<String> = values(text, raw)
            .into_iter()
            .map(|value| value.words)
            .collect();
        assert_eq!(
            found,
            [
                "2 days",
                "48 hours",
                "2026-01-02",
                "a@b.org",
                "https://c.org/d"
            ]
        );
    }

    #[test]
    fn what_is_not_understood_is_a_value_all_the_same() {
        let text = "Until 31/12/2026 at http://a.org/b.";
        let found: Vec<String> = values(text, text)
            .into_iter()
            .map(|value| value.words)
            .collect();
        assert_eq!(found, ["http://a.org/b", "31/12/2026"]);
    }

    #[test]
    fn politeness_promises_nothing() {
        assert!(!promises("we take security seriously, thank you!"));
        assert!(promises("we will look at it"));
        assert!(promises("self-xss too."));
        assert_eq!(
            condition("Fixes come, unless it rains."),
            Some("unless it rains".to_owned())
        );
    }
}
