//! Owns the rule `title-long`: a title has at most 120 characters.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "title-long",
    says: "a title has at most 120 characters",
    why: "OSV asks for about 120 characters: lists and subject lines are cut beyond, and readers lose the end of the \
        sentence, which is often what matters.",
    example: r#"title = "Crafted checkpoint files with a very long list of tensors of which each one states a length of its own can overwrite memory behind the buffer"
"#,
    instead: r#"title = "Crafted checkpoint overwrites memory behind the buffer"
"#,
    level: Level::Error,
    firm: false,
    run: Run::Advisory(judge),
};

const LONGEST: usize = 120;

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let length = candidate.advisory().title.chars().count();
    if length > LONGEST {
        let message = format!("the title has {length} characters, {LONGEST} are allowed");
        let found = finder.at(&candidate.document, "title", message);
        finder.push(found.help("say what happens, leave how to `description`"));
    }
}
