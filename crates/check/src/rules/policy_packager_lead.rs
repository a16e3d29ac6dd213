//! Owns the rule `policy-packager-lead`: packagers hear of a flaw at most fourteen days before everybody else.

use caveat_diag::Level;

use crate::promise::hours;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-packager-lead",
    says: "packagers hear of a flaw at most fourteen days before everybody else",
    why: "The lists on which distributions prepare fixes take nothing that is to be secret for longer \
        than 14 days, and prefer less than seven. The longer many know, the likelier it is that one \
        talks.",
    example: r#"# caveat.toml
[[policy.packager]]
name = "Debian"
url = "mailto:team@security.debian.org"
key = "0123456789ABCDEF0123456789ABCDEF01234567"
lead = "30 d"

[policy.disclosure]
longest = "90 d"
"#,
    instead: r#"# caveat.toml
[[policy.packager]]
name = "Debian"
url = "mailto:team@security.debian.org"
key = "0123456789ABCDEF0123456789ABCDEF01234567"
lead = "7 d"

[policy.disclosure]
longest = "90 d"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

const LONGEST: u64 = 14 * 24;

fn judge(finder: &mut Finder<'_>) {
    for (at, packager) in finder.facts.policy().packagers.iter().enumerate() {
        if hours(packager.lead) > LONGEST {
            let field = format!("policy.packager[{at}].lead");
            let message = format!("{} is longer than fourteen days", packager.lead.words());
            let found = finder.project(&field, message);
            finder.push(found.help("write `7 d`"));
        }
    }
}
