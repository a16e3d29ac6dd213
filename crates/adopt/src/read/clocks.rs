//! Owns promised times: which of them a sentence is about, and for which severity.
//! Must never take a time for a promise that no word near it speaks of.

use std::ops::Range;

use caveat_advisory::{Target, Unit};

use super::duration::{Duration, durations};
use super::{Reading, classes_in, severity};
use crate::facts::{Clock, Said, Step, Time, add};
use crate::page::Part;
use crate::words;

/// Words that say what a time is for; where several fit, the nearest before the time.
const SIGNS: [(&str, Clock); 24] = [
    ("acknowledg", Clock::Acknowledge),
    ("initial response", Clock::Acknowledge),
    ("first response", Clock::Acknowledge),
    ("initial reply", Clock::Acknowledge),
    ("confirm receipt", Clock::Acknowledge),
    ("confirm the receipt", Clock::Acknowledge),
    ("respond", Clock::Acknowledge),
    ("reply", Clock::Acknowledge),
    ("assess", Clock::Assess),
    ("triage", Clock::Assess),
    ("evaluat", Clock::Assess),
    ("detailed response", Clock::Assess),
    ("status update", Clock::Assess),
    ("verification", Clock::Assess),
    ("updates every", Clock::Update),
    ("update every", Clock::Update),
    ("update you every", Clock::Update),
    ("informed every", Clock::Update),
    ("fix", Clock::Fix),
    ("resol", Clock::Fix),
    ("patch", Clock::Fix),
    ("remediat", Clock::Fix),
    ("disclos", Clock::Disclose),
    ("embargo", Clock::Disclose),
];

pub(super) fn read(reading: &mut Reading<'_>) {
    for (at, part) in reading.page.parts.iter().enumerate() {
        if let Some(step) = step(part) {
            add(&mut reading.facts.steps, step);
            reading.take(at);
        } else if part.is_prose() {
            for found in durations(&part.lower).into_iter().take(50) {
                sentence(reading, at, part, &part.lower, &found);
            }
            update_words(reading, at, part);
            time_zone(reading, at, part);
        } else if part.cells().is_some() {
            row(reading, at, part);
        }
    }
    schedule(reading);
}

/// The sign nearest before a place, or else the first behind it.
fn nearest<T: Copy>(signs: &[(T, usize)], at: usize) -> Option<T> {
    let before = signs
        .iter()
        .filter(|(_, sign)| *sign < at)
        .max_by_key(|(_, sign)| *sign);
    let behind = signs.iter().min_by_key(|(_, sign)| *sign);
    before.or(behind).map(|(sign, _)| *sign)
}

fn sentence(reading: &mut Reading<'_>, at: usize, part: &Part, lower: &str, found: &Duration) {
    // A sentence of its own: what stands behind its end is about something else.
    let start = lower[..found.at.start].rfind(". ").map_or(0, |end| end + 2);
    let end = lower[found.at.end..]
        .find(". ")
        .map_or(lower.len(), |end| found.at.end + end);
    let piece = &lower[start..end];
    let place = found.at.start - start;
    // `90 days after the fix` is counted from there, and is no promise of a fix.
    let counted = |at: usize| {
        ["after ", "after the ", "after a "]
            .iter()
            .any(|word| piece[..at].ends_with(word))
    };
    let signs: Vec<(Clock, usize)> = SIGNS
        .iter()
        .flat_map(|(sign, clock)| {
            piece
                .match_indices(sign)
                .map(|(at, _)| (*clock, at))
                .take(20)
        })
        .filter(|(_, at)| !counted(*at))
        .collect();
    let Some(clock) = nearest(&signs, place) else {
        return;
    };
    let class = nearest(&classes_in(piece), place).filter(|_| clock == Clock::Fix);
    keep(reading, at, part, (clock, class), found);
}

fn keep(
    reading: &mut Reading<'_>,
    at: usize,
    part: &Part,
    what: (Clock, Option<&'static str>),
    found: &Duration,
) {
    let (clock, class) = what;
    reading.take(at);
    add(
        &mut reading.facts.times,
        Time {
            target: found.target,
            range: found.range,
            at: part.at.clone(),
        },
    );
    let said = said(part, found);
    let facts = &mut reading.facts;
    let slot = match (clock, class) {
        (Clock::Acknowledge, _) => &mut facts.acknowledge,
        (Clock::Assess, _) => &mut facts.assess,
        (Clock::Update, _) => &mut facts.update,
        (Clock::Disclose, _) if part.lower.contains("exploit") => &mut facts.exploited,
        (Clock::Disclose, _) => &mut facts.longest,
        (Clock::Fix, None) => return,
        (Clock::Fix, Some(id)) => {
            let label = severity::label(id);
            &mut severity::class(reading, id, &label, part).fix
        }
    };
    *slot = slot.take().or(Some(said));
    severity::sort(reading);
}

fn said(part: &Part, found: &Duration) -> Said<Target> {
    let why = match (found.range, found.rough) {
        (true, _) => "the upper end of two",
        (_, true) => "months and years counted in days",
        _ if part.lower.contains("status update") => {
            "a first status update is read as the first assessment"
        }
        _ => return Said::new(found.target, &part.at),
    };
    Said::guess(found.target, &part.at, why)
}

/// A row of a table: what a time is for stands in the head, its class in the first cell.
fn row(reading: &mut Reading<'_>, at: usize, part: &Part) {
    let Some((start, head)) = severity::head(reading, at) else {
        return;
    };
    let cells = part.cells().unwrap_or_default();
    for (nth, cell) in cells.iter().enumerate().take(10) {
        let first = cells
            .first()
            .map(|cell| cell.text.as_str())
            .unwrap_or_default();
        let title = head.get(nth).map(String::as_str).unwrap_or_default();
        let lower = format!("{first} {title}: {}", cell.text).to_lowercase();
        for found in durations(&lower) {
            sentence(reading, at, part, &lower, &found);
        }
    }
    if reading.is_taken(at) {
        reading.take(start);
    }
}

/// `Day 3-7: what happens`.
fn step(part: &Part) -> Option<Step> {
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
fn schedule(reading: &mut Reading<'_>) {
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
        Some(Said::guess(
            target,
            &at,
            "the end of this step of the schedule",
        ))
    };
    let facts = &mut reading.facts;
    facts.acknowledge = facts
        .acknowledge
        .take()
        .or_else(|| said(day(&["acknowledg"])));
    facts.assess = facts
        .assess
        .take()
        .or_else(|| said(day(&["assess", "triage", "verif"])));
    facts.longest = facts.longest.take().or_else(|| said(day(&["disclos"])));
}

/// `weekly updates`.
fn update_words(reading: &mut Reading<'_>, at: usize, part: &Part) {
    let (count, unit) = match () {
        () if words::has(
            &part.lower,
            &["weekly update", "weekly progress", "updates weekly"],
        ) =>
        {
            (1, Unit::Week)
        }
        () if words::has(&part.lower, &["daily update", "updates daily"]) => (1, Unit::Day),
        () => return,
    };
    let target = Target {
        count,
        unit,
        after: None,
    };
    reading.facts.update = Some(Said::new(target, &part.at));
    reading.take(at);
}

/// Where business days are counted.
fn time_zone(reading: &mut Reading<'_>, at: usize, part: &Part) {
    let sign = words::has(&part.lower, &["time zone", "timezone", "business days are"]);
    let name = part
        .text
        .split([' ', ',', '(', ')', ';'])
        .map(|word| word.trim_end_matches('.'));
    let is_zone = |word: &&str| {
        *word == "UTC"
            || word
                .split_once('/')
                .is_some_and(|(area, city)| zone_name(area) && zone_name(city))
    };
    if let Some(name) = name.into_iter().find(is_zone).filter(|_| sign) {
        reading.facts.time_zone = Some(Said::new(name.to_owned(), &part.at));
        reading.take(at);
    }
}

fn zone_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase())
        && text
            .chars()
            .all(|c| c.is_ascii_alphabetic() || "_/".contains(c))
}
