//! Owns the rule `policy-contact-urgent`: who is named for what cannot wait can be reached.

use caveat_advisory::State;
use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-contact-urgent",
    says: "who is named for what cannot wait can be reached",
    why: "In an emergency people take the contact that is marked for it, and stop looking for \
        another.",
    example: r#"# caveat.toml
[[policy.contact]]
name = "Security team"
url = "mailto:security@pytorch.org"

[[policy.contact]]
name = "On call"
state = "planned"
urgent = true
"#,
    instead: r#"# caveat.toml
[[policy.contact]]
name = "Security team"
url = "mailto:security@pytorch.org"

[[policy.contact]]
name = "On call"
url = "mailto:oncall@pytorch.org"
urgent = true
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let contacts = finder.facts.policy().contacts.iter().enumerate();
    let urgent: Vec<_> = contacts.filter(|(_, contact)| contact.urgent).collect();
    let reachable = urgent
        .iter()
        .any(|(_, contact)| contact.state == State::Live);
    if let (Some((at, _)), false) = (urgent.first(), reachable) {
        let message = "the only contact for what cannot wait is planned";
        let found = finder.project(&format!("policy.contact[{at}]"), message);
        finder.push(
            found.help("set `urgent = true` on a contact that is live, or leave this one out"),
        );
    }
}
