//! Owns the rule `project-text`: the texts of caveat.toml are plain text, and names, labels and definitions are short lines.

use caveat_diag::Level;

use super::hidden_characters::is_hidden;
use crate::rule::{Finder, Rule, Run};
use crate::wording::{Shape, Wording, wordings};

pub(super) static RULE: Rule = Rule {
    code: "project-text",
    says: "the texts of caveat.toml are plain text, and names, labels and definitions are short lines",
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
const LONGEST_SENTENCES: usize = 500;

fn judge(finder: &mut Finder<'_>) {
    let document = finder.facts.project;
    for wording in wordings(document.data()) {
        let help = match wording.shape {
            Shape::Markdown => "write visible characters".to_owned(),
            shape => format!(
                "write visible characters on one line, at most {}",
                longest(shape)
            ),
        };
        if !is_plain(&wording) {
            let field = &wording.field;
            let lines = match wording.shape {
                Shape::Markdown => "plain text",
                _ => "one line of plain text",
            };
            let found = finder.project(field, format!("`{field}` is not {lines}"));
            finder.push(found.help(help));
        }
    }
}

fn is_plain(wording: &Wording<'_>) -> bool {
    let text = wording.text;
    let one_line = wording.shape == Shape::Markdown || !text.contains(['\n', '\t']);
    let fits = text.chars().count() <= longest(wording.shape);
    !text.trim().is_empty() && one_line && !text.contains(is_hidden) && fits
}

fn longest(shape: Shape) -> usize {
    match shape {
        Shape::Short => LONGEST,
        Shape::Long => LONGEST_SENTENCES,
        Shape::Markdown => usize::MAX,
    }
}
