//! Owns the rule `placeholder-text`: no text is left to be written.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::phrases::Phrases;
use crate::rule::{Finder, Rule, Run};
use crate::text::texts;

pub(super) static RULE: Rule = Rule {
    code: "placeholder-text",
    says: "no text is left to be written",
    why: "Text that was to be replaced is read by everybody once it is published.",
    example: r#"description = "The loader trusts the length that a file states. TODO: say which function."
"#,
    instead: r#"description = "The loader trusts the length that a file states; `load_header` reads it."
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

/// All of both: most texts hold none, and are done with.
static SIGNS: Phrases = Phrases::folded(&[
    "todo",
    "fixme",
    "tbd",
    "xxx",
    "placeholder",
    "lorem ipsum",
    "<insert",
    "[insert",
]);
const WORDS: [&str; 5] = ["TODO", "FIXME", "TBD", "XXX", "PLACEHOLDER"];
/// Words that prose needs too, such as "to be written", are no sign.
const PHRASES: [&str; 3] = ["lorem ipsum", "<insert", "[insert"];

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    for (field, text) in texts(candidate) {
        for (start, word) in placeholders(text) {
            let span = candidate
                .document
                .within(&field, text, start..start + word.len());
            let found = finder.on(
                &candidate.document,
                span,
                format!("`{word}` looks like text still to be written"),
            );
            finder.push(found.help("write it, or take it out"));
        }
    }
}

/// Is all of it still to be written? Then it is not worth judging as prose.
pub(crate) fn is_open(text: &str) -> bool {
    text.trim() == WORDS[0]
}

pub(super) fn placeholders(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    if !SIGNS.any(text) {
        return found;
    }
    for word in WORDS {
        let hits = text
            .match_indices(word)
            .filter(|(at, _)| stands_alone(text, *at, word.len()));
        found.extend(hits);
    }
    let lower = text.to_ascii_lowercase();
    for phrase in PHRASES {
        found.extend(
            lower
                .match_indices(phrase)
                .map(|(at, _)| (at, &text[at..at + phrase.len()])),
        );
    }
    found
}

fn stands_alone(text: &str, at: usize, length: usize) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    !text[..at].ends_with(part) && !text[at + length..].starts_with(part)
}

#[cfg(test)]
mod tests {
    use super::placeholders;

    #[test]
    fn words_inside_words_are_no_placeholders() {
        assert_eq!(placeholders("XXXL and TODOS and _TBD_"), []);
        assert_eq!(placeholders("ä TODO: x"), [(3, "TODO")]);
        assert_eq!(placeholders("Lorem Ipsum"), [(0, "Lorem Ipsum")]);
    }
}
