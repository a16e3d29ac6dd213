//! Owns the rule `policy-wording`: the policy speaks of coordinated disclosure.

use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};
use crate::wording::wordings;

pub(super) static RULE: Rule = Rule {
    code: "policy-wording",
    says: "the policy speaks of coordinated disclosure",
    why: "`Responsible disclosure` says that whoever publishes without leave is irresponsible, and \
        says nothing of the duties of those who were told. Coordinated disclosure names both.",
    example: r#"# caveat.toml
[policy.disclosure]
longest = "90 d"
terms = "Please follow responsible disclosure."
"#,
    instead: r#"# caveat.toml
[policy.disclosure]
longest = "90 d"
terms = "Please coordinate disclosure with us."
"#,
    level: Level::Note,
    firm: false,
    run: Run::Feed(judge),
};

/// A word alone is a sign only where the terms of disclosure are.
const WORDS: [&str; 5] = [
    "responsibly",
    "responsible disclosure",
    "responsibly disclos",
    "disclose responsibly",
    "disclosed responsibly",
];

fn judge(finder: &mut Finder<'_>) {
    let project = finder.facts.project;
    for wording in wordings(project.data()) {
        // The lawyers' text is not ours to mend.
        if wording.field.starts_with("policy.safe-harbour") {
            continue;
        }
        let lower = wording.text.to_ascii_lowercase();
        let alone = wording.field == "policy.disclosure.terms";
        let words = WORDS.iter().filter(|word| alone || word.contains(' '));
        let found = words.filter_map(|word| Some((lower.find(word)?, word.len())));
        let found = found.min();
        let Some((at, length)) = found else { continue };
        let span = project.within(&wording.field, wording.text, at..at + length);
        let found = finder.on(project, span, "this takes sides against the reporter");
        finder.push(found.help("write `coordinated disclosure`"));
    }
}
