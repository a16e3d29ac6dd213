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
        if !says_something(text) {
            let found = finder.at(
                &candidate.document,
                &field,
                format!("`{field}` says nothing"),
            );
            finder.push(found.help(
                "readers see it: write a sentence, or leave the key out where it is optional",
            ));
        }
    }
}

/// A letter or digit that can be seen; the fillers of Hangul are letters that cannot.
fn says_something(text: &str) -> bool {
    let filler = |c: char| matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}');
    text.chars().any(|c| c.is_alphanumeric() && !filler(c))
}

#[cfg(test)]
mod tests {
    use super::says_something;

    #[test]
    fn marks_and_fillers_alone_say_nothing() {
        for empty in ["", " \n", "`", "...", "\u{3164}", "\u{ad}\u{180e}\u{34f}"] {
            assert!(!says_something(empty), "{empty:?}");
        }
        for good in ["a", "零", "1.", "ä"] {
            assert!(says_something(good), "{good:?}");
        }
    }
}
