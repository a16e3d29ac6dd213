//! Owns the rule `revision-told`: what a revision says it changed is what it changed.

use std::collections::BTreeSet;

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

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
    let (Some(told), Some(last)) = (&candidate.witness.told, advisory.revisions.last()) else {
        return;
    };
    // Names only: somebody may have good reason to leave an old value out.
    let is: BTreeSet<&str> = told.iter().map(|one| one.field.as_str()).collect();
    let said: BTreeSet<&str> = last.changed.iter().map(|one| one.field.as_str()).collect();
    let join = |fields: Vec<&str>| fields.join(", ");
    let silent: Vec<&str> = is.difference(&said).copied().collect();
    let invented: Vec<&str> = said.difference(&is).copied().collect();
    let message = match (silent.is_empty(), invented.is_empty()) {
        (true, true) => return,
        (false, _) => format!("this revision changed and does not name: {}", join(silent)),
        (true, false) => format!("this revision did not change: {}", join(invented)),
    };
    let at = advisory.revisions.len() - 1;
    let found = finder.at(&candidate.document, &format!("revision[{at}]"), message);
    let id = advisory.id.as_deref().unwrap_or("ID");
    finder.push(if candidate.witness.last_was_public {
        found.help("correct `changed`, with a revision of its own")
    } else {
        found.help(format!(
            "`caveat revise {id} --amend` writes `changed` anew"
        ))
    });
}
