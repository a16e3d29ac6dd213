//! Owns the rule `revision-missing`: a published advisory has at least one revision.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "revision-missing",
    says: "a published advisory has at least one revision",
    why: "The first revision is when the advisory was published, the last one when readers were last told \
        of a change. Neither can be guessed from git: a rename, a squash or a shallow clone would change \
        it.",
    example: r#"# without revision
"#,
    instead: r#"[[revision]]
at = 2026-11-19T12:00:00Z
note = "First published."
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    if candidate.advisory().revisions.is_empty() && !candidate.is_draft() {
        let found = finder.at(
            &candidate.document,
            "revision",
            "this advisory does not say when it was published",
        );
        finder.push(found.help("add `[[revision]]` with `at = ...` and `note = \"First published.\"`, or move the file to advisories/drafts/"));
    }
}
