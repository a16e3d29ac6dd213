//! Owns the rule `advisory-gone`: what was published stays.

use caveat_diag::{Level, quoted};

use crate::rule::{Finder, Rule, Run};
use crate::witness::gone;

pub(super) static RULE: Rule = Rule {
    code: "advisory-gone",
    says: "an advisory that was published stays in the repository",
    why: "Scanners that have the record keep it, links to it break, and nobody learns whether the flaw was real. What should \
        not have been is withdrawn: its page and record stay, and say why.",
    example: r#"# was advisories/2026/x_T-2026-0009.toml
title = "Another title"
"#,
    instead: r#"# was advisories/2026/x_T-2026-0009.toml
title = "Another title"
aliases = []
# advisories/2026/x_T-2026-0009.toml
title = "Another title"
aliases = []
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let gone = gone(finder.facts);
    for (name, state) in gone.published {
        let message = format!("the published advisory {} is gone", quoted(name));
        let commit = state.commit.short();
        let found = finder.file(&state.path, message);
        let found = found.note(format!("commit {commit} had it"));
        finder.push(found.help(format!(
            "`git checkout {commit} -- {}`, then `caveat withdraw {name}`",
            state.path
        )));
    }
    for (name, state) in gone.ahead {
        let message = format!(
            "a push would publish {} and take it away again",
            quoted(name)
        );
        let found = finder.file_ahead(&state.path, message);
        let found = found.note(format!("commit {} has it", state.commit.short()));
        finder.push(
            found.help(
                "squash the commits that are not pushed yet: nobody saw what is between them",
            ),
        );
    }
}
