//! Owns the rule `revision-note-vague`: the note of a revision says what changed.

use caveat_diag::{Level, quoted};

use crate::candidate::Candidate;
use crate::prose::words;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "revision-note-vague",
    says: "the note of a revision says what changed, and its reasons say why",
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
        for (key, reason) in revision.reasons() {
            let Some(reason) = reason.filter(|reason| is_no_reason(reason)) else {
                continue;
            };
            let field = format!("revision[{at}].{key}");
            let message = format!("{} is no reason that readers could judge", quoted(reason));
            let found = finder.at(&candidate.document, &field, message);
            finder.push(found.help("say how it is known, for example `The loader came with 2.0.`"));
        }
    }
}

/// One word, or words that say nothing.
fn is_no_reason(reason: &str) -> bool {
    words(reason).count() < 2 || is_vague(reason)
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
    use super::{is_no_reason, is_vague};

    #[test]
    fn a_word_is_no_reason_for_telling_fewer_people() {
        for bad in ["no", "Narrowed.", "n/a", "some small changes", ""] {
            assert!(is_no_reason(bad), "{bad}");
        }
        assert!(!is_no_reason("The loader came with 2.0."));
    }

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
