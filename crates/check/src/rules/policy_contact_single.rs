//! Owns the rule `policy-contact-single`: a report can arrive in more than one way, and not only in private mailboxes.

use caveat_diag::Level;
use caveat_doubt::host::is_free_mail;

use crate::address::mailbox;
use crate::promise::is_whole;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-contact-single",
    says: "a report can arrive in more than one way, and not only in private mailboxes",
    why: "One person is ill, one provider takes a report for spam, one mailbox is closed with an \
        account. A second way costs a line.",
    example: r#"# caveat.toml
[policy.report]
wanted = ["Steps to reproduce the issue"]
never = ["public GitHub issues"]

[[policy.contact]]
name = "Security team"
url = "mailto:security@pytorch.org"
"#,
    instead: r#"# caveat.toml
[policy.report]
wanted = ["Steps to reproduce the issue"]
never = ["public GitHub issues"]

[[policy.contact]]
name = "Security team"
url = "mailto:security@pytorch.org"

[[policy.contact]]
name = "GitHub, privately"
url = "https://github.com/pytorch/pytorch/security/advisories/new"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let policy = finder.facts.policy();
    let contacts = policy.contacts.iter().enumerate();
    let live: Vec<(usize, &str)> = contacts
        .filter_map(|(at, contact)| Some((at, contact.reachable()?)))
        .collect();
    let mut routes: Vec<String> = live.iter().map(|(_, url)| route(url)).collect();
    routes.sort();
    routes.dedup();
    let Some((first, _)) = live.first().filter(|_| is_whole(policy)) else {
        return;
    };
    let field = format!("policy.contact[{first}].url");
    if routes.len() == 1 {
        let found = finder.project(&field, "this is the only way in which a report can arrive");
        finder.push(
            found.help("add a second `[[policy.contact]]`, such as private reports on the forge"),
        );
    }
    if routes.iter().all(|route| is_free(route)) {
        let found = finder.project(&field, "every report goes to a private mailbox");
        finder.push(found.help("add an address of the project, which outlives whoever reads it"));
    }
}

/// Where a report really goes: what follows a plus sign is in the same mailbox.
fn route(url: &str) -> String {
    let Some(mailbox) = mailbox(url) else {
        return url.to_owned();
    };
    let (user, host) = mailbox.split_once('@').unwrap_or((&mailbox, ""));
    let user = user.split('+').next().unwrap_or(user);
    format!("{user}@{host}")
}

fn is_free(route: &str) -> bool {
    let host = route.split_once('@').map_or("", |(_, host)| host);
    is_free_mail(host)
}

#[cfg(test)]
mod tests {
    use super::{is_free, route};
    use crate::tests::said_of_project_after;

    #[test]
    fn a_plus_sign_opens_no_second_mailbox() {
        assert_eq!(
            route("mailto:security+urgent@b.org"),
            route("mailto:security@b.org")
        );
        assert_ne!(
            route("mailto:security@b.org"),
            route("https://b.org/report")
        );
    }

    #[test]
    fn providers_are_told_from_projects() {
        assert!(is_free("a@proton.me"));
        assert!(!is_free("a@notproton.me") && !is_free("https://b.org/gmail.com"));
    }

    #[test]
    fn a_feed_that_promises_nothing_is_let_be() {
        assert_eq!(said_of_project_after(&[("Team", "Team")]), "");
    }
}
