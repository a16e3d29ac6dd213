//! Owns the rule `draft-id`: a draft has no id yet.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "draft-id",
    says: "a draft has no id yet",
    why: "Two drafts take the same number, or one is never published and leaves a gap that readers ask about. \
        An id is given when the file moves to its year.",
    example: r#"# advisories/drafts/loader.toml
id = "x_T-2026-0001"
"#,
    instead: r#"# advisories/drafts/loader.toml
# without id
title = "Crafted file overwrites memory"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    if candidate.is_draft() && candidate.advisory().id.is_some() {
        let found = finder.at(&candidate.document, "id", "a draft with an id");
        finder.push(found.help("remove `id`; where it was told to somebody already, move the file to its year under `[embargo]`"));
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_of;

    #[test]
    fn a_draft_without_an_id_is_let_be() {
        let id = ("id = \"x_T-2026-0001\"", "");
        assert_eq!(said_of(&[("advisories/drafts/a.toml", &[id])]), "");
    }
}
