//! Owns the rule `draft-sealed`: what is encrypted is said to be unchecked.

use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "draft-sealed",
    says: "an encrypted draft is checked by whoever has the key",
    why: "Nobody else can tell whether it has faults, and on the day of publication there is no time to find out.",
    example: r#"# advisories/drafts/parser.toml.age
age-encryption.org/v1
"#,
    instead: r#"# advisories/drafts/parser.toml
# without id
severity = "high"
"#,
    level: Level::Note,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    for path in finder.facts.sealed {
        let found = finder.file(path, "encrypted, not checked");
        finder.push(found.help("`caveat check --identity FILE` opens it with your key of age"));
    }
}
