//! Owns the rule `policy-harbour-open`: researchers who are asked to wait for the fix are told for how long at most.

use caveat_diag::Level;

use crate::promise::longest;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-harbour-open",
    says: "researchers who are asked to wait for the fix are told for how long at most",
    why: "Safety that is promised to those who are silent until the flaw is resolved has no end where \
        nobody resolves it. With a longest time, whoever waited for it is safe.",
    example: r#"# caveat.toml
[policy.safe-harbour]
version = "1"
date = 2026-11-01
text = "We take no legal step against research that keeps to this policy."
"#,
    instead: r#"# caveat.toml
[policy.safe-harbour]
version = "1"
date = 2026-11-01
text = "We take no legal step against research that keeps to this policy."

[policy.disclosure]
longest = "90 d"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let policy = finder.facts.policy();
    if policy.safe_harbour.is_some() && longest(policy).is_none() {
        let message = "nothing says when a researcher who waits may speak";
        let found = finder.project("policy.safe-harbour", message);
        finder.push(found.help("add `longest = \"90 d\"` to `[policy.disclosure]`"));
    }
}
