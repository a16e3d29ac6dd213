//! Owns the promised times in words: how long, since when, and which days count.
//! Must never count time.

use caveat_advisory::{Calendar, Event, Policy, Target, Unit};
use caveat_clock::{Promise, start_words};

use super::tree::{Block, Line, Section, line};
use caveat_words::join;

/// How fast answers come, whatever the severity.
pub(super) fn answers(policy: &Policy) -> Section {
    let clock = policy.clock.clone().unwrap_or_default();
    let row = |promise: Promise, target: Option<Target>| {
        let words = target.map_or_else(|| "No target".to_owned(), |target| run(promise, target));
        vec![line(promise.label()), line(&words)]
    };
    let update = clock.update.map_or_else(
        || "No target".to_owned(),
        |target| format!("At least every {}", each(target)),
    );
    let rows = vec![
        row(Promise::Acknowledge, clock.acknowledge),
        row(Promise::Assess, clock.assess),
        vec![line(Promise::Update.label()), line(&update)],
    ];
    let mut blocks = vec![Block::Table {
        label: "Promised times",
        head: vec!["Step", "Promised"],
        rows,
    }];
    if policy.severities.iter().any(|class| class.fix.is_some()) {
        let note = "How fast a fix comes depends on the severity of the flaw.";
        blocks.push(Block::text(note));
    }
    blocks.extend(days(policy).as_deref().map(Block::text));
    if !clock.public.is_empty() {
        let events = clock.public.iter().map(|event| happened(*event).to_owned());
        blocks.push(Block::text(&format!(
            "An advisory says when the flaw was {}.",
            join(events.collect(), "and")
        )));
    }
    for sheet in &clock.legal {
        blocks.push(Block::text(&format!(
            "The deadlines of {} are shown beside ours, as a reminder and not as legal advice.",
            sheet.label()
        )));
    }
    Section::new("times", "When you hear from us", blocks)
}

/// `48 hours after the report`.
pub(super) fn run(promise: Promise, target: Target) -> String {
    let start = target.after.unwrap_or(promise.starts());
    format!("{} after {}", target.words(), start_words(start))
}

/// `48 hours`; where it is counted from something else than usual, that too.
pub(super) fn duration(target: Target) -> String {
    match target.after {
        Some(event) => format!("{} after {}", target.words(), start_words(event)),
        None => target.words(),
    }
}

pub(super) fn or_no_target(target: Option<Target>) -> Line {
    line(&super::support::target_words(target))
}

/// `7 days`, `day`.
fn each(target: Target) -> String {
    let words = target.words();
    words
        .strip_prefix("1 ")
        .map_or(words.clone(), str::to_owned)
}

/// Which days count, where that matters.
fn days(policy: &Policy) -> Option<String> {
    let targets = targets(policy);
    if targets.iter().all(|target| target.unit == Unit::Hour) {
        return None;
    }
    let business = targets
        .iter()
        .any(|target| target.unit == Unit::BusinessDay);
    let zone = policy
        .calendar
        .as_ref()
        .map_or("UTC", |calendar| calendar.time_zone.as_str());
    let mut text = format!("Days are counted in the time zone {zone}.");
    if business {
        text.push_str(" Business days are Monday to Friday");
        text.push_str(&holidays(policy.calendar.as_ref()));
        text.push('.');
    }
    Some(text)
}

fn holidays(calendar: Option<&Calendar>) -> String {
    let days = calendar.map_or(&[][..], |calendar| &calendar.holidays);
    if days.is_empty() {
        return String::new();
    }
    let days = days.iter().map(ToString::to_string).collect();
    format!(", except {}", join(days, "and"))
}

/// Every promised time of the policy.
fn targets(policy: &Policy) -> Vec<Target> {
    let clock = policy.clock.clone().unwrap_or_default();
    let disclosure = policy.disclosure.clone().unwrap_or_default();
    let classes = policy.severities.iter();
    let classes = classes.flat_map(|class| [class.fix, class.review]);
    [
        clock.acknowledge,
        clock.assess,
        clock.update,
        disclosure.longest,
        disclosure.exploited,
    ]
    .into_iter()
    .chain(classes)
    .flatten()
    .chain(policy.packagers.iter().map(|packager| packager.lead))
    .collect()
}

/// What happened to a flaw: `the flaw was reported`.
fn happened(event: Event) -> &'static str {
    match event {
        Event::Discovered => "discovered",
        Event::Reported => "reported",
        Event::Acknowledged => "acknowledged",
        Event::Assessed => "assessed",
        Event::Fixed => "fixed",
        Event::Disclosed => "disclosed",
        Event::Exploited => "found to be exploited",
        Event::AuthorityWarned => "announced to the authorities",
        Event::AuthorityNotified => "notified to the authorities",
        Event::AuthorityReported => "reported to the authorities",
        Event::Reviewed => "looked back on",
    }
}
