//! Owns lengths of time and promised times in words.
//! Must never work one out: `clock` does, and says the same in English.

use caveat_advisory::{Event, Target, Unit};
use caveat_clock::{Promise, Reading};
use caveat_texts::Texts;

fn count(texts: &Texts, key: &str, count: usize) -> String {
    texts.say(key, &[("count", count.into())])
}

/// A length of time, rounded down: `40 minutes`, `31 hours`, `12 days`.
pub fn span(texts: &Texts, seconds: i64) -> String {
    let whole = |unit: i64| usize::try_from(seconds / unit).unwrap_or_default();
    match seconds {
        ..60 => texts.word("length.moment"),
        60..3_600 => count(texts, "length.minutes", whole(60)),
        3_600..172_800 => count(texts, "length.hours", whole(3_600)),
        _ => count(texts, "length.days", whole(86_400)),
    }
}

/// How long a promise is, whatever it runs from: `5 business days`.
pub fn length(texts: &Texts, target: Target) -> String {
    let key = match target.unit {
        Unit::Hour => "length.hours",
        Unit::Day => "length.days",
        Unit::BusinessDay => "length.business-days",
        Unit::Week => "length.weeks",
    };
    count(
        texts,
        key,
        usize::try_from(target.count).unwrap_or(usize::MAX),
    )
}

/// From where a promise runs: `the report`.
pub fn start(texts: &Texts, event: Event) -> String {
    texts.word(&format!("start.{}", event.as_str()))
}

/// The promise of a clock: `within 48 hours of the report`.
pub fn target(texts: &Texts, reading: &Reading) -> Option<String> {
    let target = reading.target?;
    let length = ("length", length(texts, target).into());
    if reading.promise == Promise::Update && target.after.is_none() {
        return Some(texts.say("target.every", &[length]));
    }
    let from = target.after.unwrap_or(reading.promise.starts());
    let start = ("start", start(texts, from).into());
    Some(texts.say("target.within", &[length, start]))
}

#[cfg(test)]
mod tests {
    use caveat_clock::{State, span_words, start_words};

    use super::*;

    #[test]
    fn lengths_and_starts_are_said_as_clocks_say_them_elsewhere() {
        let english = Texts::english();
        for seconds in [
            -1, 0, 59, 60, 3_599, 3_600, 7_199, 172_799, 172_800, 34_560_000,
        ] {
            assert_eq!(span(english, seconds), span_words(seconds));
        }
        for event in Event::ALL {
            assert_eq!(start(english, *event), start_words(*event));
        }
    }

    #[test]
    fn promises_are_said_as_clocks_say_them_elsewhere() {
        for promise in Promise::ALL.into_iter().chain(Promise::LEGAL) {
            let starts = [None, Some(Event::Assessed)].into_iter().cycle();
            for ((count, unit), after) in (1..).zip(Unit::ALL).zip(starts) {
                let unit = *unit;
                let reading = Reading {
                    promise,
                    target: Some(Target { count, unit, after }),
                    started: None,
                    due: None,
                    happened: None,
                    state: State::NotDue,
                    late: 0,
                };
                assert_eq!(target(Texts::english(), &reading), reading.target_words());
            }
        }
    }
}
