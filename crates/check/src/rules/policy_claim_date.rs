//! Owns the rule `policy-claim-date`: a claim was found true in the past, and not too long ago.

use caveat_diag::Level;

use crate::calendar::days_between;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-claim-date",
    says: "a claim was found true in the past, and not too long ago",
    why: "A certificate runs out, a job is switched off. A claim that nobody looked at for two years \
        is a memory.",
    example: r#"# caveat.toml
[[policy.claim]]
says = "Dependencies are scanned each day."
evidence = "https://github.com/pytorch/pytorch/actions"
date = 2023-11-01
"#,
    instead: r#"# caveat.toml
[[policy.claim]]
says = "Dependencies are scanned each day."
evidence = "https://github.com/pytorch/pytorch/actions"
date = 2026-11-01
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

const LONGEST: i64 = 2 * 366;

fn judge(finder: &mut Finder<'_>) {
    let today = finder.facts.today();
    for (at, claim) in finder.facts.policy().claims.iter().enumerate() {
        let Some(date) = claim.date else { continue };
        let message = if date > today {
            format!("this lies in the future: today is {today}")
        } else if days_between(date, today) > LONGEST {
            format!("this was last found true on {date}")
        } else {
            continue;
        };
        let found = finder.project(&format!("policy.claim[{at}].date"), message);
        finder.push(found.help("look again, and write that day; or take the claim out"));
    }
}
