//! Owns the rule `contact-link`: contacts and all other links of caveat.toml can be followed.

use caveat_diag::{Level, quoted};

use crate::rule::{Finder, Rule, Run};
use crate::text::link_fault;
use crate::wording::{ProjectLink, project_links};

pub(super) static RULE: Rule = Rule {
    code: "contact-link",
    says: "contacts and all other links of caveat.toml can be followed",
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
    for ProjectLink { field, url, mail } in project_links(finder.facts.project.data()) {
        // The letter to packagers has a subject of its own.
        let plain = field.starts_with("policy.packager") && url.contains('?');
        let plain = (plain && url.starts_with("mailto:")).then_some("is more than one address");
        if let Some(fault) = link_fault(url, mail).or(plain) {
            let found = finder.project(&field, format!("{} {fault}", quoted(url)));
            finder.push(found.help(if mail {
                "write `mailto:name@host` or an https link"
            } else {
                "write an https link"
            }));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_of_project_after;

    #[test]
    fn every_link_of_the_policy_is_judged() {
        for (tables, wrong) in [
            ("[policy.report]\nissues = \"mailto:a@b.org\"", true),
            ("[policy.report]\nissues = \"https://pytorch.org/x\"", false),
            (
                "[[policy.channel]]\nname = \"x\"\nurl = \"javascript:x\"",
                true,
            ),
            (
                "[[policy.key]]\nfingerprint = \"A\"\nurl = \"http://pytorch.org/k\"",
                true,
            ),
            (
                "[[policy.claim]]\nsays = \"x\"\nevidence = \"see below\"",
                true,
            ),
            ("[policy.bounty]\nstate = \"live\"\nurl = \"soon\"", true),
            (
                "[[policy.packager]]\nname = \"x\"\nlead = \"1 d\"\nurl = \"a@b.org\"",
                true,
            ),
            (
                "[[policy.packager]]\nname = \"x\"\nlead = \"1 d\"\nurl = \"mailto:a@b.org?subject=x\"",
                true,
            ),
            (
                "[[policy.packager]]\nname = \"x\"\nlead = \"1 d\"\nurl = \"mailto:a@b.org,c@d.org\"",
                true,
            ),
        ] {
            let text = format!("{tables}\n[[policy.contact]]");
            let said = said_of_project_after(&[("[[policy.contact]]", &text)]);
            assert_eq!(
                said.contains("error[contact-link]"),
                wrong,
                "{tables}: {said}"
            );
        }
    }
}
