//! Owns times that are promised for one class, or for all: what `caveat.toml` can hold of them.
//! Must never promise sooner than the text does, or widen a promise for one class to all.

use super::{Reading, severity};
use crate::facts::{Clock, Said, Shared, hours};

/// Answers have one time for all classes: the slowest, and the others are told beside it.
pub(super) fn answers(reading: &mut Reading<'_>) {
    for clock in [Clock::Acknowledge, Clock::Assess] {
        let all = reading.facts.shared.iter();
        let own: Vec<Shared> = all
            .filter(|shared| shared.clock == clock)
            .cloned()
            .collect();
        let mut ids: Vec<&str> = own.iter().filter_map(|shared| shared.class).collect();
        ids.sort_unstable();
        ids.dedup();
        let slot = match clock {
            Clock::Acknowledge => &mut reading.facts.acknowledge,
            _ => &mut reading.facts.assess,
        };
        if slot.is_some() || ids.len() < 2 {
            continue;
        }
        let Some(slowest) = own.iter().max_by_key(|shared| hours(shared.said.value)) else {
            continue;
        };
        let words = own
            .iter()
            .map(|shared| format!("{} {}", shared.class.unwrap_or_default(), shared.words));
        let words = words.collect::<Vec<_>>().join(", ");
        let why = format!("one time for all classes, the slowest that the text names: {words}");
        *slot = Some(Said {
            guess: Some(why),
            ..slowest.said.clone()
        });
        hold(reading, &own);
    }
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
