//! Owns the rule `policy-report-wanted`: reporters are told what to include.

use caveat_diag::Level;

use crate::promise::is_whole;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-report-wanted",
    says: "reporters are told what to include",
    why: "Whoever reports for the first time does not know what is needed. Each question that has to \
        be asked costs a day.",
    example: r#"# caveat.toml
[policy.report]
wanted = []
never = ["public GitHub issues"]
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
    let wanted = policy
        .report
        .as_ref()
        .is_some_and(|report| !report.wanted.is_empty());
    if is_whole(policy) && !wanted {
        let found = finder.project(
            "policy.report.wanted",
            "nothing says what a report should hold",
        );
        finder.push(
            found.help("add `wanted = [\"Steps to reproduce the issue\"]` to `[policy.report]`"),
        );
    }
}
