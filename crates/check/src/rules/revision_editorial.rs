//! Owns the rule `revision-editorial`: what somebody must act on is never editorial.

use caveat_advisory::Change;
use caveat_diag::{Diagnostic, Level, quoted};

use super::revision_unsaid::words;
use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "revision-editorial",
    says: "what readers act on is never changed by an editorial revision",
    why: "An editorial revision sends no mail and wakes no reader of a feed. Who runs a version that has become \
        affected would not hear of it.",
    example: r#"revision = [
  { at = 2026-11-18T12:00:00Z, note = "First published." },
  { at = 2026-11-19T12:00:00Z, note = "Wording.", editorial = true, changed = [{ field = "severity", from = "low", to = "high" }] },
]
"#,
    instead: r#"revision = [
  { at = 2026-11-18T12:00:00Z, note = "First published." },
  { at = 2026-11-19T12:00:00Z, note = "Rated higher.", changed = [{ field = "severity", from = "low", to = "high" }] },
]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

/// Fields, or beginnings of fields, that somebody acts on.
const ACTED_ON: [&str; 9] = [
    "severity",
    "cvss",
    "aliases",
    "affected",
    "affected-if",
    "status",
    "workaround",
    "withdrawn",
    "timeline.exploited",
];

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    for (at, revision) in candidate.advisory().revisions.iter().enumerate() {
        let acted_on = revision.changed.iter().position(is_acted_on);
        let (true, Some(nth)) = (revision.editorial, acted_on) else {
            continue;
        };
        let field = format!("revision[{at}].changed[{nth}]");
        let found = finder.at(&candidate.document, &field, message(&revision.changed[nth]));
        finder.push(labelled(found, candidate, at).help(HELP));
    }
    witnessed(finder, candidate);
}

const HELP: &str = "leave `editorial` out: readers are told then";

/// What git shows, whatever the author says.
fn witnessed(finder: &mut Finder<'_>, candidate: &Candidate) {
    let Some(told) = &candidate.witness.public.told else {
        return;
    };
    let revisions = &candidate.advisory().revisions;
    let last = revisions.len().saturating_sub(1);
    let new = || revisions.iter().filter(|one| one.at > told.since);
    let named = |change: &Change| {
        let mut all = new().flat_map(|one| &one.changed);
        all.any(|one| one.field == change.field)
    };
    let mut silent = told.changed.iter().filter(|change| is_acted_on(change));
    let silent = silent.find(|change| !named(change));
    let Some(change) = silent.filter(|_| new().all(|one| one.editorial)) else {
        return;
    };
    let field = format!("revision[{last}]");
    let found = finder.at(&candidate.document, &field, message(change));
    let found = labelled(found, candidate, last).note(words(change));
    finder.push(found.help(if candidate.witness.public.last_was_public {
        "readers saw this revision, so it stays; add one that is not editorial"
    } else {
        HELP
    }));
}

fn message(change: &Change) -> String {
    format!("{} is not changed in passing", quoted(&change.field))
}

fn labelled(found: Diagnostic, candidate: &Candidate, at: usize) -> Diagnostic {
    let document = &candidate.document;
    let span = document.at(&format!("revision[{at}].editorial"));
    found.also(document.source(), span, "called editorial here")
}

/// Would somebody act on this change?
pub(super) fn is_acted_on(change: &Change) -> bool {
    let name = change.field.split('[').next().unwrap_or_default();
    ACTED_ON.contains(&name)
}
