//! Owns the rule `policy-list-archive`: a list that announces has an archive that everybody can read.

use caveat_advisory::State;
use caveat_diag::{Level, quoted};

use crate::promise::is_whole;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-list-archive",
    says: "a list that announces has an archive that everybody can read",
    why: "Who did not subscribe in time, and who links to an announcement, needs a place where it \
        stays.",
    example: r#"# caveat.toml
[policy.report]
wanted = ["Steps to reproduce"]
never = ["public issues"]
"#,
    instead: r#"# caveat.toml
[policy.report]
wanted = ["Steps to reproduce"]
never = ["public issues"]

[[mail.list]]
name = "announce"
to = "announce@test-advisories.dev"
style = "project"
archive = "https://test-advisories.dev/announce/"
"#,
    level: Level::Note,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let project = finder.facts.project.data();
    if !is_whole(&project.policy) {
        return;
    }
    let lists = project.mail.iter().flat_map(|mail| &mail.lists).enumerate();
    for (at, list) in lists {
        if list.archive.is_none() && list.state == State::Live {
            let message = format!(
                "nothing says where the mails to {} can be read",
                quoted(&list.name)
            );
            let found = finder.project(&format!("mail.list[{at}]"), message);
            finder.push(found.help("add `archive` with the address of the list's archive"));
        }
    }
}
