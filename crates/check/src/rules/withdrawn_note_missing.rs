//! Owns the rule `withdrawn-note-missing`: a withdrawal tells readers why, in a sentence.

use caveat_advisory::WithdrawalReason;
use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "withdrawn-note-missing",
    says: "a withdrawal tells readers why, in a sentence",
    why: "Some have upgraded, changed settings or told customers because of the advisory. A word such as \
        `issued-in-error` does not tell them whether they may go back.",
    example: r#"[withdrawn]
at = 2026-11-19T12:00:00Z
reason = "not-a-vulnerability"
"#,
    instead: r#"[withdrawn]
at = 2026-11-19T12:00:00Z
reason = "not-a-vulnerability"
note = "The function is only reached with files that the program wrote itself."
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let Some(withdrawn) = &candidate.advisory().withdrawn else {
        return;
    };
    if withdrawn.reason != WithdrawalReason::Duplicate && withdrawn.note.is_none() {
        let message = "this withdrawal explains nothing";
        let found = finder.at(&candidate.document, "withdrawn.reason", message);
        finder.push(found.help("add `note`: one sentence for readers of the advisory"));
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    #[test]
    fn a_duplicate_is_explained_by_its_successor() {
        let withdrawn = "[withdrawn]\nat = 2026-11-19T12:00:00Z\nreason = \"duplicate\"\nnote = \"See CVE-2026-12344.\"\n[embargo]";
        assert_eq!(said_after(&[("[embargo]", withdrawn)]), "");
    }
}
