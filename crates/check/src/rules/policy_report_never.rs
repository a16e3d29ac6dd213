//! Owns the rule `policy-report-never`: reporters are told where not to report.

use caveat_diag::Level;

use crate::promise::is_whole;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-report-never",
    says: "reporters are told where not to report",
    why: "The first place that people think of is the public list of faults. A report there is a \
        publication.",
    example: r#"# caveat.toml
[policy.report]
wanted = ["Steps to reproduce the issue"]
never = []
"#,
    instead: r#"# caveat.toml
[policy.report]
wanted = ["Steps to reproduce the issue"]
never = ["public GitHub issues"]
"#,
    level: Level::Note,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let policy = finder.facts.policy();
    let never = policy
        .report
        .as_ref()
        .is_some_and(|report| !report.never.is_empty());
    if is_whole(policy) && !never {
        let found = finder.project(
            "policy.report.never",
            "nothing says where flaws must not be reported",
        );
        finder.push(found.help("add `never = [\"public issues\"]` to `[policy.report]`"));
    }
}
