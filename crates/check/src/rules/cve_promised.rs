//! Owns the rule `cve-promised`: a flaw of a class that is promised a CVE id has one, or says why not.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "cve-promised",
    says: "a flaw of a class that is promised a CVE id has one, or says why not",
    why: "The policy says so, and distributions that look for the id take the flaw for one that \
        nobody has to act on.",
    example: r#"# caveat.toml
[[policy.severity]]
id = "high"
definition = "Act this week."
cvss = [0.1, 10.0]
cve = true
# advisories/2026/x_T-2026-0001.toml
aliases = []
"#,
    instead: r#"# caveat.toml
[[policy.severity]]
id = "high"
definition = "Act this week."
cvss = [0.1, 10.0]
cve = true
# advisories/2026/x_T-2026-0001.toml
aliases = []
cve = "pending"
"#,
    level: Level::Error,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let advisory = candidate.advisory();
    let mut classes = finder.facts.policy().severities.iter().enumerate();
    let class = classes.find(|(_, class)| class.id == advisory.severity && class.cve == Some(true));
    let named = advisory.cve.is_some()
        || advisory
            .aliases
            .iter()
            .any(|alias| alias.starts_with("CVE-"));
    if let Some((at, _)) = class.filter(|_| candidate.stands() && !named) {
        let message = "the policy promises a CVE id for this class";
        let found = finder.at(&candidate.document, "severity", message);
        let found = finder.also(
            found,
            &format!("policy.severity[{at}].cve"),
            "promised here",
        );
        finder.push(found.help("add it to `aliases`; `cve = \"pending\"` says that it was asked for, `cve = \"none\"` that there will be none"));
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    #[test]
    fn an_id_or_a_reason_is_enough_and_other_classes_need_neither() {
        let page = |cve: &str, rest: &str| {
            format!(
                "# caveat.toml\n[[policy.severity]]\nid = \"high\"\ndefinition = \"Soon.\"\ncvss = [0.1, 10.0]\n{cve}\n\
                 # advisories/2026/x_T-2026-0001.toml\n{rest}\n"
            )
        };
        for (cve, rest, wrong) in [
            (
                "cve = true",
                "aliases = [\"GHSA-2f84-9xq5-cvjm\"]\nrelated = []",
                true,
            ),
            ("cve = true", "aliases = [\"CVE-2026-1234\"]", false),
            ("cve = true", "aliases = []\ncve = \"none\"", false),
            ("cve = false", "aliases = []", false),
            ("", "aliases = []", false),
        ] {
            assert_eq!(
                breaks("cve-promised", &page(cve, rest)),
                wrong,
                "{cve} {rest}"
            );
        }
    }
}
