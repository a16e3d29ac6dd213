//! Owns the rule `project-placeholder`: no text of caveat.toml is left to be written.

use caveat_diag::Level;

use super::placeholder_text::placeholders;
use crate::rule::{Finder, Rule, Run};
use crate::wording::wordings;

pub(super) static RULE: Rule = Rule {
    code: "project-placeholder",
    says: "no text of caveat.toml is left to be written",
    why: "The policy is read by those who decide whether to trust the project. Text that was to be \
        replaced tells them that nobody did.",
    example: r#"# caveat.toml
[policy]
maturity = "TODO"
"#,
    instead: r#"# caveat.toml
[policy]
maturity = "Alpha: not for production."
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let project = finder.facts.project;
    for wording in wordings(project.data()) {
        // That one is for reporters to fill in.
        if wording.field == "policy.report.template" {
            continue;
        }
        for (at, word) in placeholders(wording.text) {
            let span = project.within(&wording.field, wording.text, at..at + word.len());
            let message = format!("`{word}` looks like text still to be written");
            let found = finder.on(project, span, message);
            finder.push(found.help("write it, or take it out"));
        }
    }
}
