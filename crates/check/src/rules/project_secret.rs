//! Owns the rule `project-secret`: no text and no link of caveat.toml holds a key, token or password.

use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};
use crate::secret::{Secret, secrets};
use crate::wording::{project_links, wordings};

pub(super) static RULE: Rule = Rule {
    code: "project-secret",
    says: "no text and no link of caveat.toml holds a key, token or password",
    why: "Secrets come along with examples and links that are pasted. Published, they are used within \
        minutes; committed, they stay in the history for ever.",
    example: r#"# caveat.toml
[[policy.guidance]]
title = "Access"
text = "Set `password = 'vT9mK2xQ7bWz4LpR'`."
"#,
    instead: r#"# caveat.toml
[[policy.guidance]]
title = "Access"
text = "Set `password = '<your-password>'`."
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let project = finder.facts.project;
    let texts = wordings(project.data()).into_iter();
    let mut all: Vec<(String, &str)> = texts.map(|wording| (wording.field, wording.text)).collect();
    all.extend(
        project_links(project.data())
            .into_iter()
            .map(|link| (link.field, link.url)),
    );
    for (field, text) in all {
        for Secret { place, kind } in secrets(text) {
            let span = project.within(&field, text, place);
            let found = finder.on(project, span, format!("this looks like {kind}"));
            finder.push(
                found.help("take it out, write `<token>` instead, and revoke it: git remembers it"),
            );
        }
    }
}
