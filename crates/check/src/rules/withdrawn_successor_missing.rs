//! Owns the rule `withdrawn-successor-missing`: a flaw that lives on in another advisory is said to.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "withdrawn-successor-missing",
    says: "a flaw that lives on in another advisory is said to",
    why: "What is a duplicate, superseded, split or merged is a real flaw. Readers who followed its id must learn \
        under which other one it lives on, or they take the withdrawal for an all-clear.",
    example: r#"[withdrawn]
at = 2026-11-19T12:00:00Z
reason = "duplicate"
"#,
    instead: r#"[withdrawn]
at = 2026-11-19T12:00:00Z
reason = "duplicate"
note = "The same flaw as CVE-2026-12344, which has the better description."
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let Some(withdrawn) = &candidate.advisory().withdrawn else {
        return;
    };
    let named =
        !withdrawn.replaced_by.is_empty() || withdrawn.note.as_deref().is_some_and(names_an_id);
    if withdrawn.reason.needs_successor() && !named {
        let message = "this does not say which advisory covers the flaw";
        let found = finder.at(&candidate.document, "withdrawn.reason", message);
        finder.push(found.help("add `replaced-by`, or a `note` with the id in another database"));
    }
}

/// A word such as `CVE-2026-12345` or `RUSTSEC-2026-0001`: letters, a hyphen, and a digit after it.
fn names_an_id(note: &str) -> bool {
    note.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
        .any(|word| {
            word.split_once('-').is_some_and(|(prefix, entry)| {
                prefix.len() > 1
                    && prefix.bytes().any(|byte| byte.is_ascii_uppercase())
                    && entry.bytes().any(|byte| byte.is_ascii_digit())
            })
        })
}

#[cfg(test)]
mod tests {
    use super::names_an_id;

    #[test]
    fn an_id_is_told_from_other_words() {
        assert!(names_an_id("See CVE-2026-12345.") && names_an_id("(x_T-2026-0001)"));
        for none in [
            "A duplicate.",
            "The follow-up of 2026-11-19",
            "A-1",
            "UTF-eight",
        ] {
            assert!(!names_an_id(none), "{none}");
        }
    }
}
