//! Owns the rule `policy-review-overdue`: the policy is looked at when it says it is.

use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-review-overdue",
    says: "the policy is looked at when it says it is",
    why: "A policy whose review is overdue tells reporters that nobody looks after it, and its \
        `security.txt` has expired: programs must not use that any more.",
    example: r#"# caveat.toml
[policy.document]
version = "2"
updated = 2025-08-01
next-review = 2025-11-01
"#,
    instead: r#"# caveat.toml
[policy.document]
version = "2"
updated = 2026-08-01
next-review = 2027-05-01
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let (facts, today) = (finder.facts, finder.facts.today());
    let document = facts.policy().document.as_ref();
    let Some(next) = document.map(|document| document.next_review) else {
        return;
    };
    if next < today {
        let message = format!("the review of {next} is overdue: today is {today}");
        let found = finder.project("policy.document.next-review", message);
        finder.push(found.help("look at the policy, then set `updated` and `next-review`"));
    }
}
