//! Owns the rule `policy-intake-sender`: public mail is not sent from the address at which reports arrive.

use caveat_diag::Level;

use crate::address::mailbox;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-intake-sender",
    says: "public mail is not sent from the address at which reports arrive",
    why: "Everybody who answers an announcement, and every automatic reply, lands among the reports \
        that must not be overlooked. One `reply to all` quotes a report into the public.",
    example: r#"# caveat.toml
[mail]
from = "Security team <security@pytorch.org>"

[[policy.contact]]
name = "Security team"
url = "mailto:security@pytorch.org"
"#,
    instead: r#"# caveat.toml
[mail]
from = "Security team <advisories@pytorch.org>"

[[policy.contact]]
name = "Security team"
url = "mailto:security@pytorch.org"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let project = finder.facts.project.data();
    let Some(sender) = project.mail.as_ref().and_then(|mail| mailbox(&mail.from)) else {
        return;
    };
    for (at, contact) in project.policy.contacts.iter().enumerate() {
        if contact
            .url
            .as_deref()
            .and_then(mailbox)
            .is_some_and(|intake| intake == sender)
        {
            let found = finder.project(
                "mail.from",
                "answers to public mail arrive among the reports",
            );
            let found = finder.also(
                found,
                &format!("policy.contact[{at}].url"),
                "the way for reports",
            );
            finder.push(found.help("send from an address of its own, such as `advisories@`"));
        }
    }
}
