//! Owns the rule `id-missing`: a published advisory has an id.

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule::error(
    "id-missing",
    "a published advisory has an id",
    Run::Advisory(judge),
);

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
