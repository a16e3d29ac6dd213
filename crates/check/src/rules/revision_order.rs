//! Owns the rule `revision-order`: revisions are in the order of their times.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "revision-order",
    says: "revisions are in the order of their times",
    why: "`modified` must grow with each change, or consumers that ask for what is new never see it.",
    example: r#"[[revision]]
at = 2026-11-19T12:00:00Z
note = "First published."

[[revision]]
at = 2026-11-18T12:00:00Z
note = "The 1.x branch is affected too."
"#,
    instead: r#"[[revision]]
at = 2026-11-18T12:00:00Z
note = "First published."

[[revision]]
at = 2026-11-19T12:00:00Z
note = "The 1.x branch is affected too."
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let document = &candidate.document;
    let revisions = &candidate.advisory().revisions;
    for (at, pair) in revisions.windows(2).enumerate() {
        if pair[0].at < pair[1].at {
            continue;
        }
        let found = finder
            .at(
                document,
                &format!("revision[{}].at", at + 1),
                "this revision is not later than the one before it",
            )
            .also(
                document.source(),
                document.at(&format!("revision[{at}].at")),
                "the one before",
            )
            .help("oldest first, each with its own time");
        finder.push(found);
    }
}
