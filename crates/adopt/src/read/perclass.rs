//! Owns times that are promised for one class, or for all: what `caveat.toml` can hold of them.
//! Must never promise sooner than the text does, or widen a promise for one class to all.

use super::{Reading, severity};
use crate::facts::{Clock, Said, Shared, hours};

/// Answers have one time for all classes: the slowest, and the others are told beside it. Where that is later than the
/// next step of another class, one time for all can only be false: the author chooses.
pub(super) fn answers(reading: &mut Reading<'_>) {
    for clock in [Clock::Disclose, Clock::Assess, Clock::Acknowledge] {
        let all = reading.facts.shared.iter();
        let own: Vec<Shared> = all
            .filter(|shared| shared.clock == clock)
            .cloned()
            .collect();
        let mut ids: Vec<&str> = own.iter().filter_map(|shared| shared.class).collect();
        ids.sort_unstable();
        ids.dedup();
        let next = next(reading, clock);
        let slot = match clock {
            Clock::Acknowledge => &mut reading.facts.acknowledge,
            Clock::Disclose => &mut reading.facts.longest,
            _ => &mut reading.facts.assess,
        };
        if slot.is_some() || ids.len() < 2 {
            continue;
        }
        let Some(slowest) = own.iter().max_by_key(|shared| hours(shared.said.value)) else {
            continue;
        };
        let slowest = slowest.clone();
        let words = own
            .iter()
            .map(|shared| format!("{} {}", shared.class.unwrap_or_default(), shared.words));
        let words = words.collect::<Vec<_>>().join(", ");
        if next.is_some_and(|next| hours(slowest.said.value) > next) {
            let name = match clock {
                Clock::Acknowledge => "acknowledge",
                _ => "assess",
            };
            let why = format!(
                "{name}, which is one time for all classes: the text says {words}, and the slowest is later than a fix"
            );
            reading.facts.open.push(Said::new(why, &slowest.said.at));
            continue;
        }
        let why = format!("one time for all classes, the slowest that the text names: {words}");
        *slot = Some(Said {
            guess: Some(why),
            ..slowest.said.clone()
        });
        hold(reading, &own);
    }
}

/// How many hours the next step has at least: nobody answers after it.
fn next(reading: &Reading<'_>, clock: Clock) -> Option<u64> {
    let facts = &reading.facts;
    let fixes = facts.classes.iter().filter_map(|class| class.fix.as_ref());
    let assess = facts.assess.iter().filter(|_| clock == Clock::Acknowledge);
    let all = fixes
        .chain(assess)
        .filter(|said| said.value.after.is_none());
    let hours = all.map(|said| hours(said.value));
    hours.min().filter(|_| clock != Clock::Disclose)
}

/// A fix that is promised for every flaw is promised for every class.
pub(super) fn fixes(reading: &mut Reading<'_>) {
    let all = reading.facts.shared.iter();
    let all: Vec<Shared> = all
        .filter(|shared| shared.clock == Clock::Fix)
        .cloned()
        .collect();
    let Some(first) = all.first() else { return };
    let mut used = false;
    for class in reading
        .facts
        .classes
        .iter_mut()
        .filter(|class| class.fix.is_none())
    {
        let why = "the text promises it for all flaws";
        class.fix = Some(Said {
            guess: Some(why.to_owned()),
            ..first.said.clone()
        });
        used = true;
    }
    if used {
        hold(reading, &all[..1]);
    }
    severity::sort(reading);
}

fn hold(reading: &mut Reading<'_>, all: &[Shared]) {
    for time in &mut reading.facts.times {
        time.held |= all
            .iter()
            .any(|shared| shared.said.at == time.at && shared.words == time.words);
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::{facts, lines};

    #[test]
    fn answers_that_no_single_time_can_hold_are_left_to_the_author() {
        let text = "| Severity | First answer | Fix |\n|---|---|---|\n| Critical | 1 day | 2 days |\n| Low | 10 days | 60 days |\n";
        let found = facts(text);
        assert_eq!(found.acknowledge, None);
        assert!(found.open[0].value.contains("critical 1 day, low 10 days"));
        assert!(lines("adopt-fix-before-assessment", text).is_empty());
    }

    #[test]
    fn the_slowest_disclosure_stands_for_all_and_is_a_guess() {
        let text = "| Step | Critical | High | Medium | Low |\n|---|---|---|---|---|\n| Public disclosure | 7 days | 30 days | 90 days | 90 days |\n";
        let above = "| Severity | First answer |\n|---|---|\n| High | 1 day |\n\n";
        let both = facts(&format!("{above}{text}"));
        assert_eq!(both.acknowledge, None);
        assert!(both.longest.is_some());
        let longest = facts(text).longest.expect("a time");
        assert_eq!(longest.value.to_string(), "90 d");
        assert!(longest.guess.is_some());
    }
}
