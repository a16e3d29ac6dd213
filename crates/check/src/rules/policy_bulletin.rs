//! Owns the rule `policy-bulletin`: a bulletin has a list or a channel through which it reaches people.

use caveat_advisory::State;
use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-bulletin",
    says: "a bulletin has a list or a channel through which it reaches people",
    why: "A bulletin that is written and sent to nobody is a promise kept on paper.",
    example: r#"# caveat.toml
# without mail
[policy]
bulletin = "quarter"
"#,
    instead: r#"# caveat.toml
[policy]
bulletin = "quarter"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let project = finder.facts.project.data();
    let policy = &project.policy;
    let mut lists = project.mail.iter().flat_map(|mail| &mail.lists);
    let told = lists.any(|list| list.state == State::Live)
        || policy
            .channels
            .iter()
            .any(|channel| channel.state == State::Live);
    if policy.bulletin.is_some() && !told {
        let found = finder.project(
            "policy.bulletin",
            "there is nobody to send this bulletin to",
        );
        finder.push(found.help("add a `[[mail.list]]` or a `[[policy.channel]]` that is live"));
    }
}
