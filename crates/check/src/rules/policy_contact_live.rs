//! Owns the rule `policy-contact-live`: somebody can be reached today, and whoever is called live has an address.

use caveat_advisory::State;
use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-contact-live",
    says: "somebody can be reached today, and whoever is called live has an address",
    why: "What is planned does not read mail. A reporter who finds only plans goes public, or goes \
        away.",
    example: r#"# caveat.toml
[[policy.contact]]
name = "Security team"
url = "mailto:security@pytorch.org"
state = "planned"
"#,
    instead: r#"# caveat.toml
[[policy.contact]]
name = "Security team"
url = "mailto:security@pytorch.org"
state = "planned"

[[policy.contact]]
name = "Maintainers"
url = "mailto:maintainers@pytorch.org"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let contacts = &finder.facts.policy().contacts;
    for (at, contact) in contacts.iter().enumerate() {
        if contact.state == State::Live && contact.url.is_none() {
            let field = format!("policy.contact[{at}]");
            let found = finder.project(&field, "this contact is live, but has no address");
            finder.push(found.help("add `url`, or `state = \"planned\"`"));
        }
    }
    let live = contacts.iter().any(|contact| contact.state == State::Live);
    if !contacts.is_empty() && !live {
        let message = "every contact is only planned: nobody can be reached";
        let mut found = finder.project("policy.contact[0].state", message);
        for at in 1..contacts.len() {
            found = finder.also(
                found,
                &format!("policy.contact[{at}].state"),
                "planned, too",
            );
        }
        finder
            .push(found.help("name one that is read today, if only a private report on the forge"));
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_of_project_after;

    const FIRST: &str = "name = \"Team\"\nurl = \"mailto:security@test-advisories.dev\"";

    fn said(contact: &str) -> String {
        said_of_project_after(&[(FIRST, contact)])
    }

    #[test]
    fn a_plan_may_lack_an_address_and_what_is_live_may_not() {
        let live = FIRST.replace("Team", "Others");
        let said_beside = |more: &str| {
            said(&format!(
                "{live}\n[[policy.contact]]\nname = \"Soon\"\n{more}"
            ))
        };
        assert!(!said_beside("state = \"planned\"").contains("contact-live"));
        assert!(said_beside("").contains("error[policy-contact-live]"));
    }
}
