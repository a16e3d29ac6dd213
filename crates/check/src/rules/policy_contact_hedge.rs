//! Owns the rule `policy-contact-hedge`: names of contacts, channels and lists are names, not plans or gaps.

use caveat_diag::{Level, quoted};
use caveat_doubt::hedge::in_name;

use crate::rule::{Finder, Rule, Run};
use crate::wording::{project_links, wordings};

pub(super) static RULE: Rule = Rule {
    code: "policy-contact-hedge",
    says: "names of contacts, channels and lists are names, not plans or gaps",
    why: "Words such as `if available` leave it to the reader to find out whether anybody is there. \
        Programs read the address beside them, and take it for a working one.",
    example: r#"# caveat.toml
[[policy.contact]]
name = "Security team (if available)"
url = "mailto:security@pytorch.org"
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
    let project = finder.facts.project.data();
    let names = |field: &str| {
        let people = [
            "policy.contact[",
            "policy.channel[",
            "policy.packager[",
            "mail.list[",
        ];
        people.iter().any(|start| field.starts_with(start))
    };
    let mut all: Vec<(String, &str)> = wordings(project)
        .into_iter()
        .map(|wording| (wording.field, wording.text))
        .collect();
    all.extend(
        project_links(project)
            .into_iter()
            .map(|link| (link.field, link.url)),
    );
    for (field, text) in all.into_iter().filter(|(field, _)| names(field)) {
        if let Some(place) = in_name(text) {
            let span = finder.facts.project.within(&field, text, place.clone());
            let message = format!("{} is no part of a name", quoted(&text[place]));
            let found = finder.on(finder.facts.project, span, message);
            finder.push(found.help("write `state = \"planned\"` for what does not exist yet"));
        }
    }
}
