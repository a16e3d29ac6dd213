//! Owns the rule `policy-claim-evidence`: a claim says where it can be seen.

use caveat_diag::Level;

use super::policy_claim_absolute::absolute;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-claim-evidence",
    says: "a claim says where it can be seen",
    why: "Readers take what a project says of itself for what it hopes, until somebody else can look. \
        Pages mark such a claim as stated, not evidenced.",
    example: r#"# caveat.toml
[[policy.claim]]
says = "Dependencies are scanned each day."
"#,
    instead: r#"# caveat.toml
[[policy.claim]]
says = "Dependencies are scanned each day."
evidence = "https://github.com/pytorch/pytorch/actions"
date = 2026-11-01
"#,
    level: Level::Note,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    for (at, claim) in finder.facts.policy().claims.iter().enumerate() {
        // The other rule says it more loudly.
        if claim.evidence.is_none() && absolute(&claim.says).is_none() {
            let found = finder.project(
                &format!("policy.claim[{at}]"),
                "no evidence of this is named",
            );
            finder.push(found.help("add `evidence`: a job, a report, a certificate"));
        }
    }
}
