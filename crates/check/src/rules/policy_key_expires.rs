//! Owns the rule `policy-key-expires`: keys for reports can be used for another month at least.

use caveat_diag::Level;

use crate::calendar::days_between;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-key-expires",
    says: "keys for reports can be used for another month at least",
    why: "A reporter with an expired key has the choice of plain mail and none. Renewing it takes a \
        minute, and has to reach all who copied it.",
    example: r#"# caveat.toml
[[policy.key]]
fingerprint = "0123456789ABCDEF0123456789ABCDEF01234567"
url = "https://pytorch.org/key.asc"
expires = 2026-12-01
"#,
    instead: r#"# caveat.toml
[[policy.key]]
fingerprint = "0123456789ABCDEF0123456789ABCDEF01234567"
url = "https://pytorch.org/key.asc"
expires = 2027-11-01
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

const SOON: i64 = 30;

fn judge(finder: &mut Finder<'_>) {
    let today = finder.facts.today();
    for (at, key) in finder.facts.policy().keys.iter().enumerate() {
        let Some(expires) = key.expires else { continue };
        let left = days_between(today, expires);
        if left > SOON {
            continue;
        }
        let message = if left < 0 {
            format!("this key expired on {expires}")
        } else {
            format!("this key expires on {expires}, in {left} days")
        };
        let found = finder.project(&format!("policy.key[{at}].expires"), message);
        finder.push(found.help("renew it, publish it again, and write the new day"));
    }
}
