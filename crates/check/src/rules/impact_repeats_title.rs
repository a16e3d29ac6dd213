//! Owns the rule `impact-repeats-title`: the impact says more than the title.

use caveat_diag::Level;

use super::placeholder_text::is_open;
use crate::candidate::Candidate;
use crate::prose::words;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "impact-repeats-title",
    says: "the impact says more than the title",
    why: "The title says what goes wrong, the impact what an attacker gains. They stand below each other; \
        the same words twice answer only one of the two questions.",
    example: r#"title = "Crafted file overwrites memory"
impact = "A crafted file overwrites memory."
"#,
    instead: r#"title = "Crafted file overwrites memory"
impact = "Whoever supplies a file runs code in the process that reads it."
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let advisory = candidate.advisory();
    if is_open(&advisory.title) || content(&advisory.title) != content(&advisory.impact) {
        return;
    }
    let document = &candidate.document;
    let found = finder
        .at(document, "impact", "the impact repeats the title")
        .also(document.source(), document.at("title"), "said here");
    finder.push(found.help("say what an attacker gains, and who can be one"));
}

/// The words without articles, in small letters.
fn content(text: &str) -> Vec<String> {
    let words = words(text).map(|(_, word)| word.to_lowercase());
    words
        .filter(|word| !["a", "an", "the"].contains(&word.as_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::content;

    #[test]
    fn articles_and_signs_make_no_difference_but_one_word_does() {
        assert_eq!(
            content("Crafted `file` ends it"),
            content("A crafted file ends it.")
        );
        assert_ne!(
            content("Crafted file ends it"),
            content("A crafted file ends the process.")
        );
    }
}
