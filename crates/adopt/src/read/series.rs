//! Owns several times for several classes in one breath: `30/60/90 days for high/medium/low`.
//! Must never pair them where their numbers differ.

use std::ops::Range;

use super::clocks::{Found, one};
use super::duration::{Duration, durations};
use super::{Reading, meaning, promise, severity};
use crate::page::{Part, Spot};

/// Gives each class of the sentence its time; false where the sentence has no such pair of lists.
pub(super) fn read(reading: &mut Reading<'_>, spot: Spot, part: &Part) -> bool {
    let Some((at, times, ids)) = series(&part.lower) else {
        return false;
    };
    let clock = meaning::clock(&part.lower, &at);
    let holds = |clock: &_| {
        !promise::is_quoted(reading, spot) && !promise::is_none(&part.lower, &at, *clock)
    };
    let Some(clock) = clock.filter(holds) else {
        return false;
    };
    for (time, id) in times.iter().zip(ids) {
        let found = Found {
            part,
            // No other class may be nearer.
            lower: &time.0,
            time: &time.1,
            class: Some(id),
        };
        one(reading, spot, &found, (clock, None));
    }
    true
}

/// A time with the text it is in.
type Timed = (String, Duration);

fn series(lower: &str) -> Option<(Range<usize>, Vec<Timed>, Vec<&'static str>)> {
    let slash = lower.match_indices('/').map(|(at, _)| at);
    let digit = |c: char| c.is_ascii_digit();
    let mut slash =
        slash.filter(|at| lower[..*at].ends_with(digit) && lower[at + 1..].starts_with(digit));
    let first = slash.next()?;
    let start = lower[..first].trim_end_matches(digit).len();
    let run = lower[start..].trim_start_matches(|c: char| digit(c) || c == '/');
    let end = lower.len() - run.len();
    let unit = run.trim_start().split([' ', ',', '.', ';', ')']).next()?;
    let times = lower[start..end].split('/').map(|count| {
        let text = format!("{count} {unit}");
        let time = durations(&text).pop()?;
        Some((text, time))
    });
    let times: Vec<Timed> = times.collect::<Option<_>>()?;
    let ids = severity::nearest(lower, start);
    (times.len() > 1 && ids.len() == times.len()).then_some((start..end, times, ids))
}

#[cfg(test)]
mod tests {
    use crate::tests::facts;

    fn fixes(text: &str) -> Vec<(&'static str, Option<String>)> {
        let classes = facts(text).classes.into_iter();
        classes
            .map(|class| (class.id, class.fix.map(|fix| fix.value.to_string())))
            .collect()
    }

    #[test]
    fn lists_of_times_and_classes_are_paired() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            fixes("- Fix: 30/60/90 days for high/medium/low\n"),
            [
                ("high", some("30 d")),
                ("medium", some("60 d")),
                ("low", some("90 d"))
            ]
        );
        let text = "## Fix times\n\n- Critical/High: 30d\n- Medium/Low: 90d\n";
        assert_eq!(
            fixes(text),
            [
                ("critical", some("30 d")),
                ("high", some("30 d")),
                ("medium", some("90 d")),
                ("low", some("90 d"))
            ]
        );
    }

    #[test]
    fn lists_of_other_lengths_are_told() {
        let text = "Fix: 30/60/90 days for high/low\n";
        let found = facts(text);
        assert!(found.classes.iter().all(|class| class.fix.is_none()));
        assert!(found.unread.iter().any(|unread| unread.matters));
    }

    #[test]
    fn a_class_without_a_time_is_a_class() {
        let text = "| Severity | Fix |\n|---|---|\n| High | 9 days |\n| Low | Next release |\n";
        assert_eq!(
            fixes(text),
            [("high", Some("9 d".to_owned())), ("low", None)]
        );
        assert_eq!(facts(text).left[0].words, ["Next release"]);
    }
}
