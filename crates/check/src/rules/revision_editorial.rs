//! Owns the rule `revision-editorial`: what somebody must act on is never editorial.

use caveat_advisory::Change;
use caveat_diag::{Level, quoted};

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
const ACTED_ON: [&str; 8] = [
    "severity",
    "cvss",
    "aliases",
    "affected",
    "affected-if",
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
        let message = format!(
            "{} is not changed in passing",
            quoted(&revision.changed[nth].field)
        );
        let document = &candidate.document;
        let found = finder
            .at(document, &format!("revision[{at}].changed[{nth}]"), message)
            .also(
                document.source(),
                document.at(&format!("revision[{at}].editorial")),
                "called editorial here",
            );
        finder.push(found.help("leave `editorial` out: readers are told then"));
    }
}

/// Would somebody act on this change?
pub(super) fn is_acted_on(change: &Change) -> bool {
    let name = change.field.split('[').next().unwrap_or_default();
    ACTED_ON.contains(&name)
}
