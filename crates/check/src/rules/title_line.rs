//! Owns the rule `title-line`: title, impact and notes are one line.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};
use crate::text::texts;

pub(super) static RULE: Rule = Rule {
    code: "title-line",
    says: "title, impact and notes are one line",
    why: "A title becomes a subject line, a heading, a feed entry and one line of a list. OSV asks for \
        about 120 characters.",
    example: r#"title = """Crafted file
overwrites memory"""
"#,
    instead: r#"title = "Crafted file overwrites memory"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let prose = ["description", "affected-if", "workaround"];
    for (field, text) in texts(candidate) {
        if !prose.contains(&field.as_str()) && text.trim().contains('\n') {
            let found = finder.at(
                &candidate.document,
                &field,
                format!("`{field}` has more than one line"),
            );
            finder.push(found.help("write it on one line; details belong in `description`"));
        }
    }
}
