//! Owns the rule `policy-support-expired`: a row of the support table whose last day is over is not called supported.

use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-support-expired",
    says: "a row of the support table whose last day is over is not called supported",
    why: "Such tables are the part of a security policy that is forgotten first. Whoever reads \
        `supported` does not upgrade.",
    example: r#"# caveat.toml
[policy]
support-default = "end-of-life"

[[policy.support]]
versions = ">= 1.0.0, < 2.0.0"
status = "security"
until = 2026-06-30
"#,
    instead: r#"# caveat.toml
[policy]
support-default = "end-of-life"

[[policy.support]]
versions = ">= 1.0.0, < 2.0.0"
status = "end-of-life"
from = 2026-07-01
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let (facts, today) = (finder.facts, finder.facts.today());
    for line in facts
        .support
        .lines
        .iter()
        .filter(|line| line.is_supported())
    {
        let row = &facts.policy().support[line.at];
        // Another row may say what holds now.
        let followed = facts.support.on(line.package, today);
        let followed = followed
            .into_iter()
            .any(|now| now.versions.overlaps(&line.versions));
        let Some(until) = row.until.filter(|until| *until < today && !followed) else {
            continue;
        };
        let message = format!("this support ended on {until}, and today is {today}");
        let found = finder.project(&format!("policy.support[{}].until", line.at), message);
        let field = format!("policy.support[{}].status", line.at);
        let found = finder.also(found, &field, "still called supported");
        finder.push(found.help("write `end-of-life`, or a later day"));
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_of_project_after;

    fn said(rows: &str) -> String {
        let rows = format!("{rows}[[policy.severity]]");
        said_of_project_after(&[("[[policy.severity]]", &rows)])
    }

    #[test]
    fn the_last_day_still_counts_and_a_following_row_is_enough() {
        let row = "[[policy.support]]\nversions = \">= 1\"\nstatus = \"full\"\nuntil = 2026-11-";
        assert!(!said(&format!("{row}20\n")).contains("expired"));
        assert!(said(&format!("{row}19\n")).contains("[policy-support-expired]"));
        let next =
            "[[policy.support]]\nversions = \">= 1\"\nstatus = \"security\"\nfrom = 2026-11-20\n";
        assert!(!said(&format!("{row}19\n{next}")).contains("expired"));
    }
}
