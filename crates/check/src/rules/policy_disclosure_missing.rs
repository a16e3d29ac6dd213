//! Owns the rule `policy-disclosure-missing`: a policy that keeps flaws private says for how long at most.

use caveat_diag::Level;

use crate::promise::{fixes, longest};
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-disclosure-missing",
    says: "a policy that keeps flaws private says for how long at most",
    why: "Reporters and packagers are asked to be silent. Without an end to that, a flaw that nobody \
        mends is never told to those whom it harms.",
    example: r#"# caveat.toml
[[policy.severity]]
id = "high"
definition = "Act this week."
cvss = [7.0, 10.0]
fix = "30 d"

[[policy.severity]]
id = "low"
definition = "Act with the next update."
cvss = [0.1, 6.9]

[policy.disclosure]
exploited = "7 d"
"#,
    instead: r#"# caveat.toml
[[policy.severity]]
id = "high"
definition = "Act this week."
cvss = [7.0, 10.0]
fix = "30 d"

[[policy.severity]]
id = "low"
definition = "Act with the next update."
cvss = [0.1, 6.9]

[policy.disclosure]
exploited = "7 d"
longest = "90 d"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let policy = finder.facts.policy();
    if longest(policy).is_some() {
        return;
    }
    let fix = fixes(policy).into_iter().next().map(|fix| fix.field);
    let packager = policy.packagers.first();
    let packager = packager.map(|_| "policy.packager[0]".to_owned());
    let terms = policy
        .disclosure
        .as_ref()
        .map(|_| "policy.disclosure".to_owned());
    if let Some(field) = terms.or(fix).or(packager) {
        let message = "nothing says how long a flaw is kept private at most";
        let found = finder.project(&field, message);
        finder.push(found.help("add `longest = \"90 d\"` to `[policy.disclosure]`"));
    }
}
