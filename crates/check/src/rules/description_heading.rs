//! Owns the rule `description-heading`: Markdown of an advisory has no heading of the first level.

use std::ops::Range;

use caveat_diag::Level;

use crate::prose::Prose;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "description-heading",
    says: "Markdown of an advisory has no heading of the first level",
    why: "The description is a part of a page, a mail and an OSV record, which have a first heading of their \
        own: the title. A second one tears the page apart for readers and screen readers.",
    example: r#"description = '''
# Details
The loader trusts the length that a file states, and writes past the end of its buffer.
'''
"#,
    instead: r#"description = '''
## Details
The loader trusts the length that a file states, and writes past the end of its buffer.
'''
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Prose(judge),
};

fn judge(finder: &mut Finder<'_>, prose: &Prose<'_>) {
    for piece in prose.markdown() {
        for place in headings(&piece.open) {
            let message = "this is a heading of the first level";
            let found = prose.at(finder, piece, place, message);
            finder
                .push(found.help("begin with `##`, or leave a heading out that repeats the title"));
        }
    }
}

fn headings(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut at, mut before) = (Vec::new(), 0, 0..0);
    for line in text.split_inclusive('\n') {
        let body = line.trim();
        let place = at..at + line.trim_end().len();
        let underline = !body.is_empty() && body.bytes().all(|byte| byte == b'=');
        if line.starts_with("# ") {
            found.push(place.clone());
        } else if underline && is_text(&text[before.clone()]) {
            found.push(before);
        }
        before = place;
        at += line.len();
    }
    found
}

/// Can this line be underlined?
fn is_text(line: &str) -> bool {
    !line.trim().is_empty() && !line.starts_with(['#', '>', '|', '-', '*', '='])
}

#[cfg(test)]
mod tests {
    use super::headings;

    #[test]
    fn only_the_first_level_is_found_and_other_signs_are_not_taken_for_it() {
        assert_eq!(headings("# a\ntext\nb\n==\n"), [0..3, 9..10]);
        for good in [
            "## a",
            "#a",
            "a # b",
            "\n===\n",
            "| a |\n====",
            "a\n--",
            "  ",
        ] {
            assert!(headings(good).is_empty(), "{good:?}");
        }
    }
}
