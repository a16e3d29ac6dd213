//! Owns the rule `cwe-missing`: an advisory names its weakness.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "cwe-missing",
    says: "an advisory names its weakness",
    why: "Readers filter by kind of flaw, and whoever maintains a similar program looks for the same mistake in \
        their own. A record without a weakness is found by neither.",
    example: r#"cwe = []
"#,
    instead: r#"cwe = ["CWE-502"]
"#,
    level: Level::Note,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    if candidate.advisory().cwe.is_empty() && candidate.stands() {
        let found = finder.at(
            &candidate.document,
            "cwe",
            "this advisory names no weakness",
        );
        finder.push(found.help("add `cwe = [\"CWE-...\"]`; https://cwe.mitre.org has the list"));
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    #[test]
    fn what_is_withdrawn_needs_no_weakness() {
        let withdrawn = "[withdrawn]\nat = 2026-11-19T12:00:00Z\nreason = \"not-a-vulnerability\"\nnote = \"No.\"\n[embargo]";
        let said = said_after(&[("\"CWE-502\"", ""), ("[embargo]", withdrawn)]);
        assert!(!said.contains("cwe-missing"), "{said}");
    }
}
