//! Owns the rule `id-missing`: a published advisory has an id.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "id-missing",
    says: "a published advisory has an id",
    why: "What has no id cannot be referred to, corrected or withdrawn. Drafts need none: put the file \
        into `advisories/drafts/`, and `caveat assign` gives it the next free number.",
    example: r#"# without id
"#,
    instead: r#"id = "x_T-2026-0001"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    if candidate.advisory().id.is_none() && !candidate.is_draft() {
        let prefix = &finder.facts.project.data().feed.id_prefix;
        let help = format!(
            "give it the next free id, `id = \"{prefix}-YEAR-NUMBER\"`, or move it to advisories/drafts/"
        );
        let found = finder.at(&candidate.document, "id", "this advisory has no id");
        finder.push(found.help(help));
    }
}
