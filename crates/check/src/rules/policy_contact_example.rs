//! Owns the rule `policy-contact-example`: no address of the project is a reserved name.

use caveat_diag::{Level, quoted};
use caveat_doubt::host::is_reserved;

use crate::rule::{Finder, Rule, Run};
use crate::wording::project_links;

pub(super) static RULE: Rule = Rule {
    code: "policy-contact-example",
    says: "no address of the project is a reserved name",
    why: "Names such as `example.org` exist for examples only: a report that is sent there is lost, and a feed \
        that names itself so is one that nobody can fetch.",
    example: r#"# caveat.toml
[[policy.contact]]
name = "Security team"
url = "mailto:security@example.org"
"#,
    instead: r#"# caveat.toml
[[policy.contact]]
name = "Security team"
url = "mailto:security@pytorch.org"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let document = finder.facts.project;
    let project = document.data();
    let mut addresses = vec![("feed.url".to_owned(), project.feed.url.as_str())];
    if let Some(mail) = &project.mail {
        addresses.push(("mail.from".to_owned(), &mail.from));
        let lists = mail.lists.iter().enumerate();
        addresses.extend(lists.map(|(at, list)| (format!("mail.list[{at}].to"), list.to.as_str())));
    }
    let links = project_links(project).into_iter();
    addresses.extend(links.map(|link| (link.field, link.url)));
    for (field, address) in addresses {
        let host = host(address);
        if is_reserved(host) {
            let message = format!("{} is a name for examples: nobody is there", quoted(host));
            let found = finder.at(document, &field, message);
            finder.push(found.help("write an address that reaches you"));
        }
    }
}

/// The host of an https link, a `mailto:` link, or `Name <address>`.
fn host(address: &str) -> &str {
    let rest = match address.strip_prefix("https://") {
        Some(rest) => rest,
        None => address.rsplit_once('@').map_or("", |(_, host)| host),
    };
    rest.split(['/', '?', '#', ':', '>']).next().unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use caveat_doubt::host::is_reserved;

    use super::host;

    #[test]
    fn only_reserved_names_and_what_is_below_them_are_refused() {
        for address in [
            "https://example.org",
            "https://a.example.COM:8443/x",
            "mailto:a@b.test?subject=x",
            "Team <a@mlsa.example.net>",
            "a@localhost",
        ] {
            assert!(is_reserved(host(address)), "{address}");
        }
        for address in [
            "https://notexample.org/example.org",
            "https://example.org.uk",
            "mailto:test@pytorch.org",
            "https://advisories.internal",
            "https://contest",
        ] {
            assert!(!is_reserved(host(address)), "{address}");
        }
    }
}
