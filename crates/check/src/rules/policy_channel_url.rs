//! Owns the rule `policy-channel-url`: a channel that is live says where it is.

use caveat_advisory::State;
use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-channel-url",
    says: "a channel that is live says where it is",
    why: "A promise to publish somewhere cannot be followed by readers who are not told where.",
    example: r#"# caveat.toml
[[policy.channel]]
name = "GitHub"
"#,
    instead: r#"# caveat.toml
[[policy.channel]]
name = "GitHub"
url = "https://github.com/pytorch/pytorch/security/advisories"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    for (at, channel) in finder.facts.policy().channels.iter().enumerate() {
        if channel.state == State::Live && channel.url.is_none() {
            let field = format!("policy.channel[{at}]");
            let found = finder.project(&field, "this channel is live, but nothing says where");
            finder.push(found.help("add `url`, or `state = \"planned\"`"));
        }
    }
}
