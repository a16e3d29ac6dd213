//! Owns the rule `policy-packager-key`: mail to packagers before publication can be encrypted.

use caveat_diag::{Level, quoted};

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-packager-key",
    says: "mail to packagers before publication can be encrypted",
    why: "What they are told is worth more to an attacker than anything else the project sends. Plain \
        mail is read on its way.",
    example: r#"# caveat.toml
[[policy.packager]]
name = "Debian"
url = "mailto:team@security.debian.org"
lead = "7 d"

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

fn judge(finder: &mut Finder<'_>) {
    for (at, packager) in finder.facts.policy().packagers.iter().enumerate() {
        // A form on the web is encrypted by its address.
        if packager.key.is_none() && packager.url.starts_with("mailto:") {
            let message = format!("there is no key for mail to {}", quoted(&packager.name));
            let found = finder.project(&format!("policy.packager[{at}]"), message);
            finder.push(found.help("add `key` with the fingerprint of their OpenPGP key"));
        }
    }
}
