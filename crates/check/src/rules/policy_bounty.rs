//! Owns the rule `policy-bounty`: a bounty that is live says where its terms are.

use caveat_advisory::BountyState;
use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-bounty",
    says: "a bounty that is live says where its terms are",
    why: "Money is promised for work. Without terms nobody knows for which, and every report becomes \
        a quarrel.",
    example: r#"# caveat.toml
[policy.bounty]
state = "live"
"#,
    instead: r#"# caveat.toml
[policy.bounty]
state = "live"
url = "https://pytorch.org/bounty"
"#,
    level: Level::Error,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let bounty = finder.facts.policy().bounty.as_ref();
    if bounty.is_some_and(|bounty| bounty.state == BountyState::Live && bounty.url.is_none()) {
        let found = finder.project("policy.bounty", "this bounty is live, but has no terms");
        finder.push(found.help("add `url`, or write `state = \"planned\"`"));
    }
}
