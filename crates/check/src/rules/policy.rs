//! Owns the rule `policy`: the policy has severity classes with ids of their own, and somebody to write to.

use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy",
    says: "the policy has severity classes with ids of their own, and somebody to write to",
    why: "Every advisory has a class of the policy, and every page says what the class means and whom to \
        write to.",
    example: r#"# caveat.toml
[policy]
contact = []
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
    let policy = &document.data().policy;
    if policy.severities.is_empty() {
        let found = finder.at(document, "policy", "the policy has no severity classes");
        finder.push(found.help("add `[[policy.severity]]`, highest first"));
    }
    if policy.contacts.is_empty() {
        let found = finder.at(document, "policy", "the policy names nobody to report to");
        finder.push(found.help("add `[[policy.contact]]` with `name` and `url`"));
    }
    for (at, class) in policy.severities.iter().enumerate() {
        let field = format!("policy.severity[{at}].id");
        let plain = !class.id.is_empty()
            && class
                .id
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !plain {
            finder.push(finder.at(
                document,
                &field,
                "an id has small letters, digits and hyphens",
            ));
        }
        if let Some(first) = policy.severities[..at]
            .iter()
            .position(|other| other.id == class.id)
        {
            let first = document.at(&format!("policy.severity[{first}].id"));
            finder.push(
                finder
                    .at(document, &field, "this class is defined twice")
                    .also(document.source(), first, "first here"),
            );
        }
    }
}
