//! Owns the rule `announcement`: a release is announced with a severity of the policy.

use caveat_diag::{Level, quoted};

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "announcement",
    says: "a release is announced with a severity of the policy, and once",
    why: "People plan their night by one word. It is written into caveat.toml by hand and compared with no embargoed file, so that \
        neither a page nor a log can tell more than it says.",
    example: r#"# caveat.toml
[[announcement]]
at = 2026-12-01T14:00:00Z
severity = "terrible"
"#,
    instead: r#"# caveat.toml
[[announcement]]
at = 2026-12-01T14:00:00Z
severity = "high"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let project = finder.facts.project.data();
    let classes = &project.policy.severities;
    for (at, one) in project.announcements.iter().enumerate() {
        if classes.iter().all(|class| class.id != one.severity) {
            let message = format!("the policy has no severity {}", quoted(&one.severity));
            let found = finder.project(&format!("announcement[{at}].severity"), message);
            let known: Vec<&str> = classes.iter().map(|class| class.id.as_str()).collect();
            finder.push(found.help(format!("it has {}", known.join(", "))));
        }
        let first = project
            .announcements
            .iter()
            .position(|other| other.at == one.at);
        if let Some(first) = first.filter(|first| *first < at) {
            let found = finder.project(
                &format!("announcement[{at}].at"),
                "this time is announced twice",
            );
            let found = finder.also(found, &format!("announcement[{first}].at"), "first here");
            finder.push(found.help("keep the graver one"));
        }
    }
}
