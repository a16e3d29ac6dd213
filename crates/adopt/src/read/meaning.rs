//! Owns the words that say what a time is promised for, and what it is counted from.
//! Must never read a promise into a sentence that has no word of one.

use std::ops::Range;

use caveat_advisory::Event;

use super::duration::durations;
use crate::facts::Clock;
use crate::words;

/// Words that say what a time is for; where several fit, the nearest before the time.
const SIGNS: [(&str, Clock); 46] = [
    ("acknowledg", Clock::Acknowledge),
    ("initial response", Clock::Acknowledge),
    ("first response", Clock::Acknowledge),
    ("initial reply", Clock::Acknowledge),
    ("first answer", Clock::Acknowledge),
    ("confirm receipt", Clock::Acknowledge),
    ("confirm the receipt", Clock::Acknowledge),
    ("confirm that we received", Clock::Acknowledge),
    ("get back to you", Clock::Acknowledge),
    ("hear back", Clock::Acknowledge),
    ("hear from us", Clock::Acknowledge),
    ("respond", Clock::Acknowledge),
    ("response", Clock::Acknowledge),
    ("reply", Clock::Acknowledge),
    ("replies", Clock::Acknowledge),
    ("answer", Clock::Acknowledge),
    ("assess", Clock::Assess),
    ("triag", Clock::Assess),
    ("evaluat", Clock::Assess),
    ("detailed response", Clock::Assess),
    ("detailed reply", Clock::Assess),
    ("status update", Clock::Assess),
    ("verification", Clock::Assess),
    ("confirm the problem", Clock::Assess),
    ("confirm the vulnerability", Clock::Assess),
    ("updates every", Clock::Update),
    ("update every", Clock::Update),
    ("update you every", Clock::Update),
    ("informed every", Clock::Update),
    ("fix", Clock::Fix),
    ("resol", Clock::Fix),
    ("patch", Clock::Fix),
    ("remed", Clock::Fix),
    ("mitigat", Clock::Fix),
    ("disclos", Clock::Disclose),
    ("embargo", Clock::Disclose),
    ("publish", Clock::Disclose),
    ("publication", Clock::Disclose),
    ("made public", Clock::Disclose),
    ("make public", Clock::Disclose),
    ("go public", Clock::Disclose),
    ("goes public", Clock::Disclose),
    ("become public", Clock::Disclose),
    ("becomes public", Clock::Disclose),
    ("is public", Clock::Disclose),
    ("are public", Clock::Disclose),
];

/// Words that say that a flaw is told without a fix: they promise none.
const UNFIXED: [&str; 15] = [
    "whether or not a fix",
    "whether or not it is fixed",
    "whether or not there is a fix",
    "whether or not a patch",
    "with or without a fix",
    "with or without a patch",
    "even without a fix",
    "even without a patch",
    "even if no fix",
    "even if there is no fix",
    "even if it is not fixed",
    "without a fix",
    "fixed or not",
    "have no fix",
    "has no fix",
];

/// What a time of this sentence is for.
pub(super) fn clock(sentence: &str, time: &Range<usize>) -> Option<Clock> {
    let exploited = ["exploited", "in the wild"];
    let mut exploited = exploited.iter().filter_map(|sign| sentence.find(sign));
    let exploited = exploited.any(|at| is_of(sentence, time, at));
    let unfixed = words::has(sentence, &UNFIXED);
    let signs = signs(sentence);
    let before = sentence[..time.start].trim_end();
    let news = ["updat", "progress", "status", "inform", "news", "hear"];
    if before.ends_with("every") && words::has(sentence, &news) {
        return Some(Clock::Update);
    }
    match nearest(&signs, time.start) {
        Some(Clock::Disclose) | None if exploited && (unfixed || !signs.is_empty()) => {
            Some(Clock::Exploited)
        }
        None if unfixed => Some(Clock::Disclose),
        found => found,
    }
}

/// Does a word belong to this time? To that of its own clause, or else to the next one on either side.
fn is_of(sentence: &str, time: &Range<usize>, word: usize) -> bool {
    let breaks = [", ", "; ", " but "];
    let start = breaks
        .iter()
        .filter_map(|sign| sentence[..word].rfind(sign))
        .max();
    let end = breaks
        .iter()
        .filter_map(|sign| sentence[word..].find(sign))
        .min();
    let clause = start.unwrap_or(0)..end.map_or(sentence.len(), |end| word + end);
    if !durations(&sentence[clause.clone()]).is_empty() {
        return clause.contains(&time.start);
    }
    let between = if word < time.start {
        word..time.start
    } else {
        time.end.min(word)..word
    };
    durations(&sentence[between]).is_empty()
}

/// The signs of a sentence with their places. `90 days after the fix` is counted from there, and promises no fix; and
/// the `response` of `detailed response` is no sign of its own.
fn signs(sentence: &str) -> Vec<(Clock, usize)> {
    let mut plain = sentence.to_owned();
    for phrase in UNFIXED {
        plain = plain.replace(phrase, &" ".repeat(phrase.len()));
    }
    let counted = |at: usize| {
        let words = [
            "after ",
            "after the ",
            "after a ",
            "after an ",
            "of the ",
            "since the ",
        ];
        words.iter().any(|word| plain[..at].ends_with(word))
    };
    let hits = SIGNS.iter().flat_map(|(sign, clock)| {
        let hits = plain.match_indices(sign).take(20);
        hits.map(|(at, _)| (*clock, at, at + sign.len()))
    });
    let hits: Vec<(Clock, usize, usize)> = hits.filter(|(_, at, _)| !counted(*at)).collect();
    let inner = |(_, from, to): &(Clock, usize, usize)| {
        let mut others = hits.iter();
        others.any(|(_, start, end)| start <= from && to <= end && end - start > to - from)
    };
    let outer = hits.iter().filter(|hit| !inner(hit));
    outer.map(|(clock, at, _)| (*clock, *at)).collect()
}

/// The sign nearest before a place, or else the first behind it.
pub(super) fn nearest<T: Copy>(signs: &[(T, usize)], at: usize) -> Option<T> {
    let before = signs.iter().filter(|(_, sign)| *sign < at);
    let before = before.max_by_key(|(_, sign)| *sign);
    let behind = signs.iter().min_by_key(|(_, sign)| *sign);
    before.or(behind).map(|(sign, _)| *sign)
}

/// What the time is counted from, where these words behind it say so.
pub(super) fn start(behind: &str) -> Option<Event> {
    let rest = behind.trim_start();
    let rest = ["after ", "of ", "from ", "since ", "following "]
        .iter()
        .find_map(|word| rest.strip_prefix(word))?;
    let near = words::short(rest, 40);
    let first = [
        ("acknowledg", Event::Acknowledged),
        ("assess", Event::Assessed),
        ("triag", Event::Assessed),
        ("confirm", Event::Assessed),
        ("fix", Event::Fixed),
        ("patch", Event::Fixed),
        ("release", Event::Fixed),
        ("disclos", Event::Disclosed),
        ("publi", Event::Disclosed),
        ("exploit", Event::Exploited),
    ];
    let places = first
        .iter()
        .filter_map(|(sign, event)| Some((near.find(sign)?, *event)));
    let report = ["report", "recei", "submission", "notif", "disclosure to us"];
    let reported = report
        .iter()
        .filter_map(|sign| Some((near.find(sign)?, Event::Reported)));
    places
        .chain(reported)
        .min_by_key(|(at, _)| *at)
        .map(|(_, event)| event)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(sentence: &str) -> Option<Clock> {
        let at = sentence.find(|c: char| c.is_ascii_digit()).expect("a time");
        clock(sentence, &(at..at + 1))
    }

    #[test]
    fn the_nearest_word_says_what_a_time_is_for() {
        for (sentence, clock) in [
            ("we acknowledge within 2 days", Clock::Acknowledge),
            ("a detailed response comes within 7 days", Clock::Assess),
            ("you get news every 7 days", Clock::Update),
            ("patches come within 7 days", Clock::Fix),
            (
                "flaws become public at the latest 90 days after the report",
                Clock::Disclose,
            ),
            (
                "within 90 days whether or not a fix is available",
                Clock::Disclose,
            ),
            ("we publish within 90 days, fixed or not", Clock::Disclose),
            (
                "exploited ones are told within 7 days, even without a fix",
                Clock::Exploited,
            ),
            ("disclosure is 90 days after the fix", Clock::Disclose),
            (
                "disclosure is no later than 120 days after the report, or 14 days if it is exploited",
                Clock::Disclose,
            ),
            (
                "we publish within 90 days, exploited ones within 7 days",
                Clock::Disclose,
            ),
        ] {
            assert_eq!(about(sentence), Some(clock), "{sentence}");
        }
        assert_eq!(about("we are open 24 hours"), None);
    }

    #[test]
    fn a_time_is_counted_from_what_is_said() {
        assert_eq!(
            start(" after the assessment is done"),
            Some(Event::Assessed)
        );
        assert_eq!(start(" of the report of a fix"), Some(Event::Reported));
        assert_eq!(start(" after a patch is released"), Some(Event::Fixed));
        assert_eq!(start(" for all"), None);
    }
}
