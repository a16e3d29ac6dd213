//! Owns the rule `project-paragraph`: paragraphs of caveat.toml end where their sentences end.

use caveat_diag::Level;
use std::ops::Range;

use crate::rule::{Finder, Rule, Run};
use crate::wording::{Shape, wordings};

pub(super) static RULE: Rule = Rule {
    code: "project-paragraph",
    says: "paragraphs of caveat.toml end where their sentences end",
    why: "An empty line in the middle of a sentence makes two paragraphs of it. The first reads as if \
        something were missing, and the second as if it stood alone.",
    example: r#"# caveat.toml
[[policy.guidance]]
title = "Production"
text = """
This should not be used in production

environments without a review.
"""
"#,
    instead: r#"# caveat.toml
[[policy.guidance]]
title = "Production"
text = """
This should not be used in production
environments without a review.
"""
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let project = finder.facts.project;
    for wording in wordings(project.data()) {
        if let Some(place) = broken(wording.text).filter(|_| wording.shape == Shape::Markdown) {
            let span = project.within(&wording.field, wording.text, place);
            let found = finder.on(
                project,
                span,
                "this paragraph begins in the middle of a sentence",
            );
            finder.push(found.help("take the empty line before it out"));
        }
    }
}

/// The first word of the first paragraph that goes on from the one before.
fn broken(text: &str) -> Option<Range<usize>> {
    let open = crate::markdown::without_code(text);
    let (mut start, mut before, mut empty) = (0, "", false);
    for line in open.split_inclusive('\n') {
        let words = line.trim();
        let first = words.split(' ').next().unwrap_or(words);
        let indented = line.starts_with([' ', '\t']);
        let goes_on = first.starts_with(char::is_lowercase) && first.len() > 1 && !indented;
        let cut = before.ends_with(|c: char| c.is_lowercase() || c == ',') && !is_marked(before);
        if empty && goes_on && cut {
            return Some(start..start + first.len());
        }
        empty = words.is_empty();
        if !empty {
            before = words;
        }
        start += line.len();
    }
    None
}

/// Headings, lists, tables and quotations need no full stop.
fn is_marked(line: &str) -> bool {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = digits.len() < line.len() && digits.starts_with(['.', ')']);
    line.starts_with(['#', '*', '-', '+', '|', '>', '=']) || numbered
}

#[cfg(test)]
mod tests {
    use super::broken;

    #[test]
    fn only_what_goes_on_is_broken() {
        let cut = "Not for production\n\nenvironments. Thanks";
        assert_eq!(broken(cut).map(|at| &cut[at]), Some("environments."));
        for good in [
            "",
            "One.\n\nTwo.",
            "Not for production\nenvironments.",
            "# heading\n\ntext here",
            "* point one\n\nand more",
            "1. point one\n\nand more",
            "such as:\n\nmailing lists",
            "run\n\n    cargo audit\n\n`cargo`",
            "run\n\n```\ncargo audit\n\nmore\n```\n",
        ] {
            assert_eq!(broken(good), None, "{good}");
        }
    }
}
