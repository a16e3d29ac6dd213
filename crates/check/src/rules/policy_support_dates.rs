//! Owns the rule `policy-support-dates`: support begins before it ends.

use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-support-dates",
    says: "support begins before it ends",
    why: "Dates in the wrong order promise support on no day at all.",
    example: r#"# caveat.toml
[policy]
support-default = "end-of-life"

[[policy.support]]
versions = ">= 1.0.0"
status = "full"
from = 2027-01-01
until = 2026-01-01
"#,
    instead: r#"# caveat.toml
[policy]
support-default = "end-of-life"

[[policy.support]]
versions = ">= 1.0.0"
status = "full"
from = 2026-01-01
until = 2027-01-01
"#,
    level: Level::Error,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    for (at, row) in finder.facts.policy().support.iter().enumerate() {
        let (from, until) = (
            format!("policy.support[{at}].from"),
            format!("policy.support[{at}].until"),
        );
        if row
            .from
            .zip(row.until)
            .is_some_and(|(from, until)| until < from)
        {
            let found = finder.project(&until, "this day comes before the first day");
            finder.push(finder.also(found, &from, "the first day"));
        }
    }
}
