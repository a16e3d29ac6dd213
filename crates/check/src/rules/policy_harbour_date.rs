//! Owns the rule `policy-harbour-date`: the promise of safety for researchers holds already.

use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-harbour-date",
    says: "the promise of safety for researchers holds already",
    why: "A researcher trusts this text with a freedom, and a court asks since when it held. A date \
        to come promises nothing today.",
    example: r#"# caveat.toml
[policy.safe-harbour]
version = "1"
date = 2027-11-01
text = "We take no legal step against research that keeps to this policy."

[policy.disclosure]
longest = "90 d"
"#,
    instead: r#"# caveat.toml
[policy.safe-harbour]
version = "1"
date = 2026-11-01
text = "We take no legal step against research that keeps to this policy."

[policy.disclosure]
longest = "90 d"
"#,
    level: Level::Error,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let (facts, today) = (finder.facts, finder.facts.today());
    let harbour = facts.policy().safe_harbour.as_ref();
    if harbour.is_some_and(|harbour| harbour.date > today) {
        let message = format!("this lies in the future: today is {today}");
        let found = finder.project("policy.safe-harbour.date", message);
        finder.push(found.help("publish the text when it holds"));
    }
}
