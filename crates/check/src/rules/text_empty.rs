//! Owns the rule `text-empty`: title, impact, description, notes and names say something.

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};
use crate::text::texts;

pub(super) static RULE: Rule = Rule::error(
    "text-empty",
    "title, impact, description, notes and names say something",
    Run::Advisory(judge),
);

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    for (field, text) in texts(candidate) {
        if text.trim().is_empty() {
            let found = finder.at(&candidate.document, &field, format!("`{field}` is empty"));
            finder.push(found.help(
                "readers see it: write a sentence, or leave the key out where it is optional",
            ));
        }
    }
}
