//! Owns the promised times in words: how long, since when, and which days count.
//! Must never count time.

use caveat_advisory::{Calendar, Event, Policy, Target, Unit};

use super::tree::{Block, Line, Section, line};
use crate::words::join;

/// How fast answers come, whatever the severity.
pub(super) fn answers(policy: &Policy) -> Section {
    let clock = policy.clock.clone().unwrap_or_default();
    let row = |what: &str, target: Option<Target>, usual: Event| {
        vec![line(what), line(&counted(target, usual))]
    };
    let update = clock.update.map_or_else(
        || "No target".to_owned(),
        |target| format!("At least every {}", each(target)),
    );
    let rows = vec![
        row("First answer", clock.acknowledge, Event::Reported),
        row("First assessment", clock.assess, Event::Reported),
        vec![line("News for the reporter"), line(&update)],
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

/// `48 hours after the report`, or `No target`.
fn counted(target: Option<Target>, usual: Event) -> String {
    let Some(target) = target else {
        return "No target".to_owned();
    };
    let since = since(target.after.unwrap_or(usual));
    format!("{} after {since}", target.words())
}

/// `48 hours`; where it is counted from something else than usual, that too.
pub(super) fn duration(target: Target) -> String {
    match target.after {
        Some(event) => format!("{} after {}", target.words(), since(event)),
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

/// What a time runs from.
pub(super) fn since(event: Event) -> &'static str {
    match event {
        Event::Discovered => "the discovery",
        Event::Reported => "the report",
        Event::Acknowledged => "the first answer",
        Event::Assessed => "the assessment",
        Event::Fixed => "the first fixed release",
        Event::Disclosed => "the disclosure",
        Event::Exploited => "the news that it is exploited",
        Event::AuthorityWarned => "the early warning",
        Event::AuthorityNotified => "the notification",
        Event::AuthorityReported => "the final report",
        Event::Reviewed => "the review",
    }
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
