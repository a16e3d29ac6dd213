//! Owns the rule `policy-calendar`: where business days are promised, a calendar says which those are.

use caveat_advisory::Unit;
use caveat_diag::Level;

use crate::promise::all;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-calendar",
    says: "where business days are promised, a calendar says which those are",
    why: "Monday in Auckland is Sunday in Honolulu, and a holiday here is a working day there. \
        Without a time zone nobody can say whether the answer is late.",
    example: r#"# caveat.toml
[policy.clock]
assess = "5 bd"
"#,
    instead: r#"# caveat.toml
[policy.clock]
assess = "5 bd"

[policy.calendar]
time-zone = "Europe/Berlin"
holidays = [2026-12-25, 2026-12-26]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let policy = finder.facts.policy();
    let promises = all(policy);
    let mut counted = promises
        .iter()
        .filter(|promise| promise.target.unit == Unit::BusinessDay);
    if let (Some(promise), None) = (counted.next(), &policy.calendar) {
        let message = "business days are promised, but nothing says which days those are";
        let found = finder.project(&promise.field, message);
        finder.push(found.help(
            "add `[policy.calendar]` with `time-zone` and `holidays`, or promise days (`d`)",
        ));
    }
}
