//! Owns the rule `project-text`: names, labels and definitions of caveat.toml are short lines of plain text.

use caveat_diag::Level;

use super::hidden_characters::is_hidden;
use crate::rule::{Finder, Rule, Run};
use crate::text::project_texts;

pub(super) static RULE: Rule = Rule {
    code: "project-text",
    says: "names, labels and definitions of caveat.toml are short lines of plain text",
    why: "They become parts of pages, subject lines and headers of mails.",
    example: r#"# caveat.toml
[feed]
name = """Security
Advisories"""
"#,
    instead: r#"# caveat.toml
[feed]
name = "Security Advisories"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

/// Names and labels become parts of subject lines.
const LONGEST: usize = 120;
/// What a severity class means takes a few sentences.
const LONGEST_DEFINITION: usize = 500;

fn judge(finder: &mut Finder<'_>) {
    let document = finder.facts.project;
    for (field, text) in project_texts(document.data()) {
        let longest = longest(&field);
        let plain =
            !text.trim().is_empty() && !text.contains(['\n', '\t']) && !text.contains(is_hidden);
        if !plain || text.chars().count() > longest {
            let found = finder.at(
                document,
                &field,
                format!("`{field}` is not one line of plain text"),
            );
            finder.push(found.help(format!(
                "write visible characters on one line, at most {longest}"
            )));
        }
    }
}

fn longest(field: &str) -> usize {
    if field.ends_with(".definition") {
        LONGEST_DEFINITION
    } else {
        LONGEST
    }
}
