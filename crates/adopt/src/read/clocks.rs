//! Owns promised times: which of them a sentence or a cell is about, and for which severity.
//! Must never take a time for a promise that no word near it speaks of.

use caveat_advisory::{Event, Target};

use super::duration::{Duration, durations};
use super::{
    Reading, cells, classes_in, meaning, perclass, promise, rhythm, schedule, series, severity,
};
use crate::facts::{Clock, Said, Shared, Time, add};
use crate::page::{Part, Spot};
use crate::words;

pub(super) fn read(reading: &mut Reading<'_>) {
    schedule::read(reading);
    for (spot, part) in reading.prose() {
        if schedule::step(part).is_none() {
            prose(reading, spot, part);
            rhythm::read(reading, spot, part);
        }
    }
    for (at, part) in reading.page.parts.iter().enumerate() {
        if part.cells().is_some() {
            cells::row(reading, at, part);
        }
    }
    perclass::fixes(reading);
    perclass::answers(reading);
    schedule::apply(reading);
}

/// One time of a sentence or a cell, and what is said around it.
pub(super) struct Found<'f> {
    pub(super) part: &'f Part,
    pub(super) lower: &'f str,
    pub(super) time: &'f Duration,
    /// The class of the bullet or row, where the sentence names none.
    pub(super) class: Option<&'static str>,
}

fn prose(reading: &mut Reading<'_>, spot: Spot, part: &Part) {
    // `**Critical** (CVSS 9.0): fix within 7 days` begins with its class, label or not.
    let whole = &reading.whole(spot).lower;
    let first = classes_in(whole).into_iter().find(|(_, at)| *at == 0);
    let label = reading.whole(spot).label.as_deref().unwrap_or_default();
    let labelled = classes_in(&label.to_lowercase()).into_iter().next();
    let class = labelled.or(first).map(|(id, _)| id);
    let listed = |time: &Duration| part.lower[..time.at.start].ends_with('/');
    let times = durations(&part.lower).into_iter().take(50);
    let several = series::read(reading, spot, part);
    for time in times.filter(|time| !several && !listed(time)) {
        let found = Found {
            part,
            lower: &part.lower,
            time: &time,
            class,
        };
        let clock = match meaning::clock(&part.lower, &time.at) {
            Some(clock) => Some((clock, None)),
            None => beside(reading, spot, &found),
        };
        let quoted = promise::is_quoted(reading, spot);
        let holds =
            |(clock, _): &(Clock, _)| !quoted && !promise::is_none(&part.lower, &time.at, *clock);
        if let Some(clock) = clock.filter(holds) {
            one(reading, spot, &found, clock);
        }
    }
}

/// `Critical: 3 days`: what the time is for stands above, or nowhere.
fn beside(
    reading: &Reading<'_>,
    spot: Spot,
    found: &Found<'_>,
) -> Option<(Clock, Option<&'static str>)> {
    let part = found.part;
    let bare = part.text.split_whitespace().count() <= 6;
    let first = classes_in(&part.lower)
        .first()
        .is_some_and(|(_, at)| *at == 0);
    let disclosure = reading.page.right_under(part, &["disclos", "embargo"]);
    let limit = words::has(&part.lower, &["at the latest", "no later than", "at most"]);
    if disclosure && limit {
        return Some((
            Clock::Disclose,
            Some("the heading says that it is about disclosure"),
        ));
    }
    if !bare || !(found.class.is_some() || first) {
        return None;
    }
    let parts = reading.page.parts.get(..spot.part).unwrap_or_default();
    let lead = parts
        .iter()
        .rev()
        .find(|other| !other.is_item() && other.label.is_none());
    let answer = lead.is_some_and(|lead| {
        words::has(&lead.lower, &["respon", "acknowledg", "repl", "answer"])
            && !words::has(&lead.lower, &["fix", "resol", "patch", "remed"])
    });
    Some(if answer {
        (Clock::Acknowledge, Some("the line above speaks of answers"))
    } else {
        (
            Clock::Fix,
            Some("no word says what the time is for: read as that of the fix"),
        )
    })
}

pub(super) fn one(
    reading: &mut Reading<'_>,
    spot: Spot,
    found: &Found<'_>,
    (clock, why): (Clock, Option<&str>),
) {
    let place = found.time.at.start;
    let mut classes = severity::nearest(found.lower, place);
    if classes.is_empty() {
        classes.extend(found.class);
    }
    let start = meaning::start(&found.lower[found.time.at.end..]);
    if !is_kept(clock, start) {
        return;
    }
    let mut said = said(found, clock);
    let usual = matches!(start, Some(Event::Reported | Event::Exploited));
    said.value.after = start.filter(|_| !usual);
    if let Some(why) = why {
        said.guess = Some(why.to_owned());
    }
    reading.take(spot);
    let ids: Vec<Option<&'static str>> = match classes.as_slice() {
        [] => vec![None],
        ids => ids.iter().copied().map(Some).collect(),
    };
    let mut held = true;
    for id in ids {
        held &= keep(reading, found, (clock, id), said.clone());
    }
    add(
        &mut reading.facts.times,
        Time {
            target: found.time.target,
            words: found.lower[found.time.at.clone()].to_owned(),
            range: found.time.range,
            at: found.part.at.clone(),
            held,
        },
    );
}

/// Can a policy hold a time for this that is counted from there?
fn is_kept(clock: Clock, start: Option<Event>) -> bool {
    match start {
        None | Some(Event::Reported) => true,
        Some(Event::Acknowledged) => matches!(clock, Clock::Fix | Clock::Assess),
        Some(Event::Assessed) => clock == Clock::Fix,
        Some(Event::Exploited) => clock == Clock::Exploited,
        Some(_) => false,
    }
}

/// Puts a time where it belongs, and says whether it is there.
fn keep(
    reading: &mut Reading<'_>,
    found: &Found<'_>,
    (clock, class): (Clock, Option<&'static str>),
    said: Said<Target>,
) -> bool {
    let facts = &mut reading.facts;
    let slot = match (clock, class) {
        (Clock::Acknowledge | Clock::Assess | Clock::Disclose, Some(_)) | (Clock::Fix, None) => {
            let words = found.lower[found.time.at.clone()].to_owned();
            let shared = Shared {
                clock,
                class,
                said,
                words,
            };
            add(&mut facts.shared, shared);
            return false;
        }
        (Clock::Acknowledge, None) => &mut facts.acknowledge,
        (Clock::Assess, None) => &mut facts.assess,
        (Clock::Update, _) => &mut facts.update,
        (Clock::Exploited, _) => &mut facts.exploited,
        (Clock::Disclose, None) => &mut facts.longest,
        (Clock::Fix, Some(id)) => {
            let label = severity::label(id);
            &mut severity::class(reading, id, &label, found.part).fix
        }
    };
    let value = said.value;
    let kept = slot.get_or_insert(said).value == value;
    severity::sort(reading);
    kept
}

fn said(found: &Found<'_>, clock: Clock) -> Said<Target> {
    let assess = clock == Clock::Assess;
    let time = found.time;
    let why = match (time.range, time.rough) {
        (true, _) => "the upper end of two",
        (_, true) => "months and years counted in days",
        _ if assess && found.lower.contains("status update") => {
            "a first status update is read as the first assessment"
        }
        _ if assess && found.lower.contains("detailed re") => {
            "a detailed answer is read as the first assessment"
        }
        _ => return Said::new(time.target, &found.part.at),
    };
    Said::guess(time.target, &found.part.at, why)
}
