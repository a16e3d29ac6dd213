//! Owns the rule `revision-missing`: a published advisory has at least one revision.

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule::error(
    "revision-missing",
    "a published advisory has at least one revision",
    Run::Advisory(judge),
);

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
