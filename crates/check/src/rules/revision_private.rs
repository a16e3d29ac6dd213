//! Owns the rule `revision-private`: a revision tells nothing that the policy keeps from readers.

use caveat_diag::{Level, quoted};

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};
use crate::witness::is_private;

pub(super) static RULE: Rule = Rule {
    code: "revision-private",
    says: "a revision tells nothing that the policy keeps private",
    why: "What a revision changed is on the page, in the record, in the feed and in mail, with old and new value. An event that \
        `policy.clock.public` leaves out, or the excuse of a clock that it hides, would be told there.",
    example: r#"# caveat.toml
[policy.clock]
public = ["fixed"]
# advisories/2026/x_T-2026-0001.toml
revision = [
  { at = 2026-11-18T12:00:00Z, note = "First published." },
  { at = 2026-11-19T12:00:00Z, note = "The report came earlier.", changed = [{ field = "timeline.reported", from = "2026-11-02T00:00:00Z", to = "2026-11-01T00:00:00Z" }] },
]
"#,
    instead: r#"# caveat.toml
[policy.clock]
public = ["fixed"]
# advisories/2026/x_T-2026-0001.toml
revision = [{ at = 2026-11-18T12:00:00Z, note = "First published." }]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let policy = finder.facts.policy();
    for (at, revision) in candidate.advisory().revisions.iter().enumerate() {
        for (nth, change) in revision.changed.iter().enumerate() {
            if !is_private(policy, &change.field) {
                continue;
            }
            let field = format!("revision[{at}].changed[{nth}].field");
            let message = format!("the policy keeps {} from readers", quoted(&change.field));
            let found = finder.at(&candidate.document, &field, message);
            let found = finder.also(found, "policy.clock.public", "what readers may see");
            finder.push(found.help("take the row out, also of a revision that readers saw"));
        }
    }
}
