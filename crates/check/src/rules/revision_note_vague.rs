//! Owns the rule `revision-note-vague`: the note of a revision says what changed.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::prose::words;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "revision-note-vague",
    says: "the note of a revision says what changed",
    why: "Readers who knew the advisory see the note, and decide by it whether to read everything again. \
        That it was updated they know already.",
    example: r#"[[revision]]
at = 2026-11-19T00:00:00Z
note = "Update."
"#,
    instead: r#"[[revision]]
at = 2026-11-19T00:00:00Z
note = "Added the branch 2.x: it is affected too."
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

/// Words that say no more than that there is a revision.
const EMPTY: &str = " a advisory again an change changed changes chore cleanup content correct corrected \
    correction corrections edit edited edits few fix fixed fixes improve improved improvements information \
    made minor misc miscellaneous modification modifications modified more new revise revised revision \
    small some text the this tweak tweaks update updated updates various version wip ";

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    for (at, revision) in candidate.advisory().revisions.iter().enumerate() {
        if is_vague(&revision.note) {
            let field = format!("revision[{at}].note");
            let found = finder.at(
                &candidate.document,
                &field,
                "this note does not say what changed",
            );
            finder.push(
                found.help("name the field and the reason, for example `Added a workaround.`"),
            );
        }
    }
}

fn is_vague(note: &str) -> bool {
    let empty = |word: &str| EMPTY.contains(&format!(" {} ", word.to_lowercase()));
    let mut any = false;
    words(note).all(|(_, word)| {
        any = true;
        empty(word)
    }) && any
}

#[cfg(test)]
mod tests {
    use super::is_vague;

    #[test]
    fn one_word_of_content_is_enough() {
        for good in [
            "First published.",
            "Typo.",
            "Fixed the CVSS vector.",
            "Updated references.",
            "Correction: 1.x is affected.",
            "",
        ] {
            assert!(!is_vague(good), "{good}");
        }
        for bad in [
            "WIP",
            "Minor fixes.",
            "Updated the advisory",
            "More",
            "some small changes",
        ] {
            assert!(is_vague(bad), "{bad}");
        }
    }
}
