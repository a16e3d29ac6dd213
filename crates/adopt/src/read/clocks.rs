//! Owns promised times: which of them a sentence or a cell is about, and for which severity.
//! Must never take a time for a promise that no word near it speaks of.

use caveat_advisory::{Event, Target, Unit};

use super::duration::{Duration, durations};
use super::{Reading, classes_in, meaning, perclass, promise, schedule, severity};
use crate::facts::{Clock, Said, Shared, Time, add};
use crate::page::{Part, Spot};
use crate::words;

pub(super) fn read(reading: &mut Reading<'_>) {
    schedule::read(reading);
    for (spot, part) in reading.prose() {
        if schedule::step(part).is_none() {
            prose(reading, spot, part);
            update_words(reading, spot, part);
            time_zone(reading, spot, part);
        }
    }
    for (at, part) in reading.page.parts.iter().enumerate() {
        if part.cells().is_some() {
            row(reading, at, part);
        }
    }
    perclass::answers(reading);
    perclass::fixes(reading);
    schedule::apply(reading);
}

/// One time of a sentence or a cell, and what is said around it.
struct Found<'f> {
    part: &'f Part,
    lower: &'f str,
    time: &'f Duration,
    /// The class of the bullet or row, where the sentence names none.
    class: Option<&'static str>,
}

fn prose(reading: &mut Reading<'_>, spot: Spot, part: &Part) {
    // `**Critical** (CVSS 9.0): fix within 7 days` begins with its class, label or not.
    let whole = &reading.whole(spot).lower;
    let first = classes_in(whole).into_iter().find(|(_, at)| *at == 0);
    let label = reading.whole(spot).label.as_deref().unwrap_or_default();
    let labelled = classes_in(&label.to_lowercase()).into_iter().next();
    let class = labelled.or(first).map(|(id, _)| id);
    for time in durations(&part.lower).into_iter().take(50) {
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

fn one(
    reading: &mut Reading<'_>,
    spot: Spot,
    found: &Found<'_>,
    (clock, why): (Clock, Option<&str>),
) {
    let place = found.time.at.start;
    let class = meaning::nearest(&classes_in(found.lower), place).or(found.class);
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
    let held = keep(reading, found, (clock, class), said);
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
        (Clock::Acknowledge | Clock::Assess, Some(_)) | (Clock::Fix, None) => {
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
        (Clock::Disclose, _) => &mut facts.longest,
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

/// A row of a table: what a time is for stands in the head, its class in the first cell.
fn row(reading: &mut Reading<'_>, at: usize, part: &Part) {
    let Some((start, head)) = severity::head(reading, at) else {
        return;
    };
    let cells = part.cells().unwrap_or_default();
    let first = cells
        .first()
        .map(|cell| cell.text.to_lowercase())
        .unwrap_or_default();
    let class = classes_in(&first).first().map(|(id, _)| *id);
    for (nth, cell) in cells.iter().enumerate().take(10) {
        let title = head.get(nth).map(|title| title.to_lowercase());
        let title = title.unwrap_or_default();
        let spot = Spot {
            part: at,
            piece: nth,
        };
        let lower = format!("{first} {title}: {}", cell.text.to_lowercase());
        let mut own = part.clone();
        own.at = cell.at.clone();
        for time in durations(&lower) {
            let found = Found {
                part: &own,
                lower: &lower,
                time: &time,
                class,
            };
            let holds = |(clock, _): &(Clock, _)| !promise::is_none(&lower, &time.at, *clock);
            if let Some(clock) = of_cell(&found, &title).filter(holds) {
                one(reading, spot, &found, clock);
                reading.take(Spot { part: at, piece: 0 });
                reading.take(start);
            }
        }
        // `No target`: nothing is promised, and nothing can be lost.
        let nothing = ["no target", "none", "-", "–", "n/a"];
        if class.is_some() && nothing.contains(&cell.text.to_lowercase().as_str()) {
            reading.take(spot);
        }
    }
}

/// `Public` or `Review` is something else than a fix, and `Target` may be anything.
fn of_cell(found: &Found<'_>, title: &str) -> Option<(Clock, Option<&'static str>)> {
    if let Some(clock) = meaning::clock(found.lower, &found.time.at) {
        return Some((clock, None));
    }
    let signs = ["time", "target", "sla", "within", "deadline", "goal"];
    let open = title.is_empty() || words::has(title, &signs);
    let guess = "no word says what the time is for: read as that of the fix";
    found
        .class
        .filter(|_| open)
        .map(|_| (Clock::Fix, Some(guess)))
}

/// `weekly updates`.
fn update_words(reading: &mut Reading<'_>, spot: Spot, part: &Part) {
    let weekly = ["weekly update", "weekly progress", "updates weekly"];
    let unit = match () {
        () if promise::is_past(&part.lower) || words::has(&part.lower, &["not "]) => return,
        () if words::has(&part.lower, &weekly) => Unit::Week,
        () if words::has(&part.lower, &["daily update", "updates daily"]) => Unit::Day,
        () => return,
    };
    let target = Target {
        count: 1,
        unit,
        after: None,
    };
    let update = &mut reading.facts.update;
    update.get_or_insert(Said::new(target, &part.at));
    reading.take(spot);
}

/// Where business days are counted.
fn time_zone(reading: &mut Reading<'_>, spot: Spot, part: &Part) {
    let sign = words::has(&part.lower, &["time zone", "timezone", "business days are"]);
    let names = part.text.split([' ', ',', '(', ')', ';']);
    let mut names = names.map(|word| word.trim_end_matches('.'));
    let is_zone = |word: &&str| {
        let place = word.split_once('/');
        *word == "UTC" || place.is_some_and(|(area, city)| zone_name(area) && zone_name(city))
    };
    if let Some(name) = names.find(is_zone).filter(|_| sign) {
        reading.facts.time_zone = Some(Said::new(name.to_owned(), &part.at));
        reading.take(spot);
    }
}

fn zone_name(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphabetic() || "_/".contains(c);
    text.starts_with(|c: char| c.is_ascii_uppercase()) && text.chars().all(plain)
}
