//! Owns the rule `revision-told`: what a revision says it changed is what it changed.

use std::collections::{BTreeMap, BTreeSet};

use caveat_advisory::Revision;
use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};
use crate::witness::Told;

pub(super) static RULE: Rule = Rule {
    code: "revision-told",
    says: "what a revision says it changed is what it changed",
    why: "Readers decide by the list of changed fields whether they have to look again. Git shows what the last revision \
        changed in fact.",
    example: r#"# was advisories/2026/x_T-2026-0001.toml
severity = "low"
severity-reason = "Few are affected."
revision = [{ at = 2026-11-18T12:00:00Z, note = "First published." }]
# advisories/2026/x_T-2026-0001.toml
severity = "high"
revision = [
  { at = 2026-11-18T12:00:00Z, note = "First published." },
  { at = 2026-11-19T12:00:00Z, note = "Mend the title.", changed = [{ field = "title" }] },
]
"#,
    instead: r#"# was advisories/2026/x_T-2026-0001.toml
severity = "low"
severity-reason = "Few are affected."
revision = [{ at = 2026-11-18T12:00:00Z, note = "First published." }]
# advisories/2026/x_T-2026-0001.toml
severity = "high"
revision = [
  { at = 2026-11-18T12:00:00Z, note = "First published." },
  { at = 2026-11-19T12:00:00Z, note = "Rated higher.", changed = [{ field = "severity", from = "low", to = "high" }, { field = "severity-reason", from = "Few are affected." }] },
]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let advisory = candidate.advisory();
    let Some(told) = &candidate.witness.public.told else {
        return;
    };
    let Some(message) = message(told, &advisory.revisions) else {
        return;
    };
    let at = advisory.revisions.len().saturating_sub(1);
    let found = finder.at(&candidate.document, &format!("revision[{at}]"), message);
    let id = advisory.id.as_deref().unwrap_or("ID");
    finder.push(if candidate.witness.public.last_was_public {
        found.help("readers saw this revision, so it stays; let the note of a later one correct it")
    } else {
        found.help(format!(
            "`caveat revise {id} --amend` writes `changed` anew"
        ))
    });
}

/// What the new revisions do not name, or name and did not change.
fn message(told: &Told, revisions: &[Revision]) -> Option<String> {
    let new = revisions.iter().filter(|one| one.at > told.since);
    // Names only: somebody may have good reason to leave an old value out.
    let is: BTreeSet<&str> = told.changed.iter().map(|one| one.field.as_str()).collect();
    let mut said: BTreeMap<&str, usize> = BTreeMap::new();
    for one in new.flat_map(|revision| &revision.changed) {
        *said.entry(&one.field).or_default() += 1;
    }
    let unnamed = is.iter().copied().filter(|one| !said.contains_key(one));
    let silent: Vec<&str> = unnamed.collect();
    // What one revision changed, another may have changed back.
    let once = said.iter().filter(|(_, count)| **count == 1);
    let once = once.map(|(one, _)| *one);
    let invented: Vec<&str> = once.filter(|one| !is.contains(one)).collect();
    match (silent.is_empty(), invented.is_empty()) {
        (true, true) => None,
        (false, _) => Some(format!(
            "this revision changed and does not name: {}",
            silent.join(", ")
        )),
        (true, false) => Some(format!(
            "this revision did not change: {}",
            invented.join(", ")
        )),
    }
}
