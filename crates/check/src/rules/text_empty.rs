//! Owns the rule `text-empty`: title, impact, description, notes and names say something.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};
use crate::text::texts;

pub(super) static RULE: Rule = Rule {
    code: "text-empty",
    says: "title, impact, description, notes and names say something",
    why: "These are the sentences that people read first, and some readers take an empty one for a damaged \
        record.",
    example: r#"impact = " "
"#,
    instead: r#"impact = "Whoever supplies the file can run code."
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

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
