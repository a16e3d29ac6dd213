//! Owns how a derivation is told: lines for people, objects for programs.
//! Must never say a conclusion without the commit and the tag that show it.

use caveat_advisory::{LockedEffect, LockedEvidence};
use caveat_derive::{Effect, Evidence, TagVerdict, Verdict};
use caveat_versions::{Interval, Upper};
use serde_json::{Value, json};

use super::outcome::Outcome;
use crate::output::plural;

/// More of one kind are counted.
const NAMED: usize = 12;

/// For people.
pub(crate) fn text(outcomes: &[Outcome<'_>]) -> String {
    let mut out = String::new();
    for outcome in outcomes {
        one(&mut out, outcome);
    }
    out
}

fn one(out: &mut String, outcome: &Outcome<'_>) {
    let mut line = |text: &str| out.push_str(&format!("{text}\n"));
    let target = outcome.target;
    let patterns: Vec<String> = outcome
        .locked
        .tags
        .iter()
        .map(|one| format!("`{one}`"))
        .collect();
    let count = outcome.derived.tags.len();
    line(&format!(
        "{}: {}, by {count} tags as {}",
        target.id(),
        target.package(),
        patterns.join(" and ")
    ));
    for at in 0..outcome.derived.events.len() {
        line(&format!("  {}", event(outcome, at)));
    }
    if outcome.derived.ranges.is_empty() {
        line("  no tag is affected");
    }
    for found in &outcome.derived.ranges {
        line(&format!("  {}", range(outcome, found)));
    }
    for note in notes(outcome) {
        line(&format!("  {note}"));
    }
}

fn event(outcome: &Outcome<'_>, at: usize) -> String {
    let (event, id) = (&outcome.derived.events[at], outcome.derived.ids[at]);
    let does = match event.effect {
        _ if event.part => "part  ",
        Effect::Starts => "starts",
        Effect::Ends => "ends  ",
    };
    let of = event.evidence.of().map(|id| id.short()).unwrap_or_default();
    let how = match event.evidence {
        Evidence::Given => "given".to_owned(),
        Evidence::Picked(_) => format!("picked from {of}, says its message"),
        Evidence::SamePatch(_) => format!("makes the same change as {of}"),
        Evidence::SameAuthor(_) => format!("as {of} by author and date, the patch differs"),
        Evidence::Reverts(_) => format!("reverts {of}, says its message"),
        Evidence::TakesBack(_) => format!("takes back the change of {of}"),
        Evidence::RevertsByName(_) => {
            format!("reverts {of}, says its subject; the change differs")
        }
    };
    let first = match outcome.derived.first_with(at) {
        _ if event.part => "a later commit completes it".to_owned(),
        Some(tag) => format!("first in {}", tag.name),
        None => "in no tag".to_owned(),
    };
    format!("{does} {}  {how}; {first}", id.short())
}

fn range(outcome: &Outcome<'_>, range: &Interval) -> String {
    let (first, fixed) = outcome.ends(range);
    let first = first.map(|tag| format!("first affected tag {}", tag.name));
    let end = match (fixed, range.upper()) {
        (Some(tag), _) => format!("{} {}", tag.name, why(outcome, tag)),
        (None, Upper::Open) => "no later tag is free of it".to_owned(),
        (None, _) => String::new(),
    };
    let parts: Vec<String> = first.into_iter().chain([end]).collect();
    format!("{:28} {}", range.expression(), parts.join("; "))
}

/// What decides about a tag.
fn why(outcome: &Outcome<'_>, tag: &TagVerdict) -> String {
    let by: Vec<String> = tag.by.iter().map(caveat_derive::Id::short).collect();
    let by = by.join(" and ");
    match tag.verdict {
        Verdict::Affected if by.is_empty() && outcome.derived.from_the_start => {
            "contains no fix, and the flaw is older than the history".to_owned()
        }
        Verdict::Affected => format!("contains the flaw's start {by} and not the fix"),
        Verdict::Fixed => format!("contains the fix {by}"),
        Verdict::Never => "does not contain the flaw's start".to_owned(),
        Verdict::Uncertain => format!("joins a line with the flaw and one without: {by}"),
    }
}

/// What an author should know besides.
fn notes(outcome: &Outcome<'_>) -> Vec<String> {
    let mut notes = differences(outcome);
    let older = outcome.older().count();
    if let Some(start) = outcome.start().filter(|_| older > 0) {
        notes.push(format!(
            "declared from {start} on: no commit shows that start, and {} before it have no fix; name it in `introduced-by`",
            plural(older, "tag")
        ));
    }
    if let Some(reason) = &outcome.target.written.differs_from_git {
        notes.push(format!("differs, says the advisory: {reason}"));
    }
    let uncertain = outcome.derived.tags.iter();
    let uncertain = uncertain.filter(|tag| tag.verdict == Verdict::Uncertain);
    let uncertain: Vec<&str> = uncertain.map(|tag| tag.name.as_str()).collect();
    if !uncertain.is_empty() {
        let names = uncertain.join(", ");
        notes.push(format!("uncertain, counted as affected: {names}"));
    }
    for id in &outcome.derived.unreleased {
        notes.push(format!("unreleased: no tag has {}", id.short()));
    }
    notes.extend(places(outcome));
    notes
}

/// Where declared and derived are not the same, and which tag shows it.
fn differences(outcome: &Outcome<'_>) -> Vec<String> {
    let tags: Vec<&TagVerdict> = outcome.differences().collect();
    if tags.is_empty() {
        return vec!["declared is the same".to_owned()];
    }
    let declared = &outcome.target.written.versions;
    if declared.is_empty() {
        return vec!["nothing is declared yet".to_owned()];
    }
    let mut notes = vec![format!("declared otherwise: {}", declared.join("; "))];
    for tag in tags.iter().take(NAMED) {
        let side = if tag.verdict.is_affected() {
            "not declared"
        } else {
            "declared"
        };
        notes.push(format!(
            "  {}, {side}: {} (commit {}) {}",
            tag.version,
            tag.name,
            tag.commit.short(),
            why(outcome, tag)
        ));
    }
    let more = tags.len().saturating_sub(NAMED);
    notes.extend((more > 0).then(|| format!("  and {more} more")));
    notes
}

/// Tags that are missing, have moved or are gone; ranges that cannot be read.
fn places(outcome: &Outcome<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    for version in outcome.untagged() {
        notes.push(format!("no tag names {version}, which `versions` does"));
    }
    for (tag, was, now) in outcome.moved() {
        let short = |commit: &str| commit.get(..12).unwrap_or(commit).to_owned();
        notes.push(match now {
            Some(now) => format!(
                "tag {tag} has moved: from {} in the lock to {}",
                short(&was),
                short(&now)
            ),
            None => format!("tag {tag} is gone; the lock has it at {}", short(&was)),
        });
    }
    if outcome.unread() > 0 {
        notes.push("a declared range cannot be read; `caveat check` says why".to_owned());
    }
    notes
}

/// For programs.
pub(crate) fn json(outcomes: &[Outcome<'_>]) -> String {
    let all: Vec<Value> = outcomes.iter().map(object).collect();
    format!("{:#}\n", Value::Array(all))
}

fn object(outcome: &Outcome<'_>) -> Value {
    let (target, locked) = (outcome.target, &outcome.locked);
    let event = |event: &caveat_advisory::LockedEvent| {
        json!({
            "commit": event.commit,
            "effect": LockedEffect::as_str(event.effect),
            "how": LockedEvidence::as_str(event.how),
            "of": event.of,
        })
    };
    let tag = |tag: &caveat_advisory::LockedTag| {
        json!({
            "tag": tag.tag,
            "version": tag.version,
            "commit": tag.commit,
            "verdict": tag.verdict.as_str(),
            "by": tag.by,
        })
    };
    json!({
        "advisory": target.id(),
        "path": target.path,
        "ecosystem": locked.ecosystem,
        "name": locked.name,
        "tags": locked.tags,
        "declared": target.written.versions,
        "derived": locked.versions,
        "differences": outcome.differences().map(|tag| tag.version.to_string()).collect::<Vec<_>>(),
        "older": outcome.older().map(|tag| tag.version.to_string()).collect::<Vec<_>>(),
        "differs_from_git": target.written.differs_from_git,
        "unreleased": locked.unreleased,
        "untagged": outcome.untagged(),
        "moved": outcome.moved().into_iter().map(|(tag, was, now)| json!({ "tag": tag, "was": was, "is": now })).collect::<Vec<_>>(),
        "events": locked.events.iter().map(event).collect::<Vec<_>>(),
        "tagged": locked.tagged.iter().map(tag).collect::<Vec<_>>(),
    })
}
