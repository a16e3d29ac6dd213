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
    /// A mail address or a link.
    Address,
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
        kind: Kind::Address,
        words: raw[at].to_owned(),
    };
    let addresses = words::addresses(raw).into_iter().chain(words::links(raw));
    let all = times.chain(dates).chain(addresses.map(address));
    all.take(MOST).collect()
}

/// Words that make a sentence a promise, a demand or a limit.
const PROMISES: [&str; 28] = [
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
    fn politeness_promises_nothing() {
        assert!(!promises("we take security seriously, thank you!"));
        assert!(promises("we will look at it"));
        assert_eq!(
            condition("Fixes come, unless it rains."),
            Some("unless it rains".to_owned())
        );
    }
}
