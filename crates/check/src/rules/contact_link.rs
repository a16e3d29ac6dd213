//! Owns the rule `contact-link`: contacts and the place for corrections are links that can be followed.

use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};
use crate::text::link_fault;

pub(super) static RULE: Rule = Rule {
    code: "contact-link",
    says: "contacts and the place for corrections are links that can be followed",
    why: "A reporter who cannot reach anybody goes public, or goes away.",
    example: r#"# caveat.toml
[[policy.contact]]
name = "Security team"
url = "security@example.org"
"#,
    instead: r#"# caveat.toml
[[policy.contact]]
name = "Security team"
url = "mailto:security@example.org"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let document = finder.facts.project;
    let project = document.data();
    let corrections = project.feed.corrections.iter();
    let mut links: Vec<_> = corrections
        .map(|url| ("feed.corrections".to_owned(), url))
        .collect();
    let contacts = project.policy.contacts.iter().enumerate();
    links.extend(contacts.filter_map(|(at, contact)| {
        let url = contact.url.as_ref()?;
        Some((format!("policy.contact[{at}].url"), url))
    }));
    for (field, url) in links {
        if let Some(fault) = link_fault(url, true) {
            let found = finder.at(document, &field, format!("`{url}` {fault}"));
            finder.push(found.help("write `mailto:name@host` or an https link"));
        }
    }
}
