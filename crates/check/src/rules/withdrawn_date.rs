//! Owns the rule `withdrawn-date`: an advisory is withdrawn after it was published, by its last revision.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "withdrawn-date",
    says: "an advisory is withdrawn after it was published, by its last revision",
    why: "Consumers notice a withdrawal by `modified`: it must be the last revision, and it cannot come \
        before the advisory itself.",
    example: r#"[withdrawn]
at = 2001-11-19T12:00:00Z
reason = "not-a-vulnerability"
note = "The function is never reached."
"#,
    instead: r#"revision = [
  { at = 2026-11-18T12:00:00Z, note = "First published." },
  { at = 2026-11-19T12:00:00Z, note = "Withdrawn." },
]

[withdrawn]
at = 2026-11-19T12:00:00Z
reason = "not-a-vulnerability"
note = "The function is never reached."
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let document = &candidate.document;
    let advisory = candidate.advisory();
    let (Some(withdrawn), Some(first), Some(last)) = (
        &advisory.withdrawn,
        advisory.revisions.first(),
        advisory.revisions.last(),
    ) else {
        return;
    };
    if withdrawn.at < first.at {
        let found = finder
            .at(
                document,
                "withdrawn.at",
                "withdrawn before it was published",
            )
            .also(
                document.source(),
                document.at("revision[0].at"),
                "published here",
            );
        finder.push(found.help("correct one of the two dates"));
    } else if last.at < withdrawn.at {
        let field = format!("revision[{}].at", advisory.revisions.len() - 1);
        let found = finder
            .at(
                document,
                "withdrawn.at",
                "no revision tells readers of the withdrawal",
            )
            .also(
                document.source(),
                document.at(&field),
                "the last revision is earlier",
            );
        finder.push(found.help("add a `[[revision]]` with the time of the withdrawal"));
    }
}
