//! Owns the rule `policy-support-gap`: the support table says something of every version.

use caveat_diag::{Level, quoted};
use caveat_versions::{Interval, Ranges};

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-support-gap",
    says: "the support table says something of every version",
    why: "Whoever runs a version that no row names does not know whether it gets fixes. The next \
        release is such a version, too.",
    example: r#"# caveat.toml
[[policy.support]]
versions = ">= 1.0.0, < 1.1.0"
status = "security"

[[policy.support]]
versions = "< 1.0.0"
status = "end-of-life"
"#,
    instead: r#"# caveat.toml
[policy]
support-default = "end-of-life"

[[policy.support]]
versions = ">= 1.0.0, < 1.1.0"
status = "security"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let facts = finder.facts;
    if facts.policy().support_default.is_some() || !facts.support.faults.is_empty() {
        return;
    }
    let mut packages: Vec<usize> = facts
        .support
        .lines
        .iter()
        .map(|line| line.package)
        .collect();
    packages.sort_unstable();
    packages.dedup();
    for package in packages {
        let lines: Vec<_> = facts.support.on(package, facts.today()).collect();
        let versions: Vec<Interval> = lines.iter().map(|line| line.versions.clone()).collect();
        let mut rows = facts.support.lines.iter();
        let last = rows.rfind(|line| line.package == package);
        let Some(last) = last.filter(|_| !Ranges::merge(&versions).complement().is_empty()) else {
            continue;
        };
        let field = format!("policy.support[{}]", last.at);
        let key = &facts.project.data().packages[package].key;
        let message = format!("some versions of {} are in no row", quoted(key));
        let found = finder.project(&field, message).here("the last row");
        finder.push(found.help("add rows, or `support-default = \"end-of-life\"` to `[policy]`"));
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_of_project_after;

    #[test]
    fn rows_that_meet_leave_no_gap() {
        for (rows, gap) in [
            (["< 1.0.0", ">= 1.0.0"], false),
            (["< 1.0.0", ">= 1.0.1"], true),
        ] {
            let row = |versions| {
                format!("[[policy.support]]\nversions = \"{versions}\"\nstatus = \"full\"\n")
            };
            let text = row(rows[0]) + &row(rows[1]) + "[[policy.severity]]";
            let said = said_of_project_after(&[("[[policy.severity]]", &text)]);
            assert_eq!(said.contains("[policy-support-gap]"), gap, "{said}");
        }
    }
}
