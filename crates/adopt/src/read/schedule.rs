//! Owns schedules in days: `Day 3-7: what happens`.
//! Must never overrule what a sentence promises.

use std::ops::Range;

use caveat_advisory::{Target, Unit};

use super::Reading;
use crate::facts::{Said, Step, add};
use crate::page::Part;
use crate::words;

pub(super) fn read(reading: &mut Reading<'_>) {
    for (at, part) in reading.page.parts.iter().enumerate() {
        if let Some(step) = step(part) {
            add(&mut reading.facts.steps, step);
            reading.take(at);
        }
    }
}

/// The days of a step stand in its label.
pub(super) fn step(part: &Part) -> Option<Step> {
    let label = part.label.as_deref()?.to_lowercase();
    let days = label
        .strip_prefix("days ")
        .or_else(|| label.strip_prefix("day "))?;
    let number = |text: &str| text.trim().parse::<u32>().ok();
    let (from, to) = match days.strip_suffix('+') {
        Some(from) => (number(from)?, None),
        None => match days.split_once(['-', '–', '—']) {
            Some((from, to)) => (number(from)?, Some(number(to)?)),
            None => (number(days)?, Some(number(days)?)),
        },
    };
    Some(Step {
        from,
        to,
        lower: part.lower.clone(),
        at: part.at.clone(),
    })
}

/// What a schedule says where no sentence does.
pub(super) fn apply(reading: &mut Reading<'_>) {
    let steps = reading.facts.steps.clone();
    let day = |signs: &[&str]| -> Option<(u32, Range<usize>)> {
        let step = steps.iter().find(|step| words::has(&step.lower, signs))?;
        Some((step.to?, step.at.clone())).filter(|(day, _)| *day > 0)
    };
    let said = |found: Option<(u32, Range<usize>)>| {
        let (count, at) = found?;
        let target = Target {
            count,
            unit: Unit::Day,
            after: None,
        };
        let why = "the end of this step of the schedule";
        Some(Said::guess(target, &at, why))
    };
    let facts = &mut reading.facts;
    let acknowledge = said(day(&["acknowledg"]));
    facts.acknowledge = facts.acknowledge.take().or(acknowledge);
    let assess = said(day(&["assess", "triage", "verif"]));
    facts.assess = facts.assess.take().or(assess);
    facts.longest = facts.longest.take().or_else(|| said(day(&["disclos"])));
}
