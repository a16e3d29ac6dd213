//! Owns the rule `policy-cve-open`: where one class says whether its flaws get a CVE id, every class does.

use caveat_diag::{Level, quoted};

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-cve-open",
    says: "where one class says whether its flaws get a CVE id, every class does",
    why: "Scanners and distributions look for CVE ids. Who reads of one class only has to guess about \
        the others, and to ask each time.",
    example: r#"# caveat.toml
[[policy.severity]]
id = "high"
definition = "Act this week."
cvss = [7.0, 10.0]
cve = true

[[policy.severity]]
id = "low"
definition = "Act with the next update."
cvss = [0.1, 6.9]
"#,
    instead: r#"# caveat.toml
[[policy.severity]]
id = "high"
definition = "Act this week."
cvss = [7.0, 10.0]
cve = true

[[policy.severity]]
id = "low"
definition = "Act with the next update."
cvss = [0.1, 6.9]
cve = false
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let classes = &finder.facts.policy().severities;
    let Some(said) = classes.iter().position(|class| class.cve.is_some()) else {
        return;
    };
    for (at, class) in classes.iter().enumerate() {
        if class.cve.is_none() {
            let message = format!(
                "nothing says whether {} flaws get a CVE id",
                quoted(&class.id)
            );
            let found = finder.project(&format!("policy.severity[{at}]"), message);
            let found = finder.also(found, &format!("policy.severity[{said}].cve"), "said here");
            finder.push(found.help("write `cve = true` or `cve = false`"));
        }
    }
}
