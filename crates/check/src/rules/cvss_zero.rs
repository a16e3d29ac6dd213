//! Owns the rule `cvss-zero`: what is published as a flaw scores more than nothing.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "cvss-zero",
    says: "what is published as a flaw scores more than nothing",
    why: "A score of 0.0 says that neither confidentiality nor integrity nor availability is touched. Scanners \
        file such a record under `None` and many hide it: nobody is warned.",
    example: r#"severity = "low"
severity-reason = "No impact is known yet."
cvss = ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N"]
"#,
    instead: r#"severity = "low"
cvss = ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:L/A:N"]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    for (at, score) in candidate.scores.iter().enumerate() {
        if score.as_ref().is_ok_and(|score| score.score <= 0.0) {
            let field = format!("cvss[{at}]");
            let found = finder.at(&candidate.document, &field, "this vector scores 0.0");
            finder.push(found.help("score the harm, or leave `cvss` out where it has none"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    #[test]
    fn the_smallest_harm_is_enough() {
        let said = said_after(&[("C:H/I:H/A:H", "C:L/I:N/A:N"), ("\"high\"", "\"low\"")]);
        assert_eq!(said, "");
    }
}
