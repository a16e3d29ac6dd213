//! Owns the rule `advisory-gone`: what was published stays.

use std::collections::BTreeSet;

use caveat_advisory::stem;
use caveat_diag::{Level, quoted};

use crate::rule::{Finder, Rule, Run};
use crate::witness::last_public;

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
    let facts = finder.facts;
    let Some(past) = facts.past else { return };
    let files = facts.candidates.iter();
    let files = files.filter(|candidate| !candidate.is_draft());
    let there: BTreeSet<&str> = files.map(|file| stem(file.document.path())).collect();
    let gone = past
        .names()
        .into_iter()
        .filter(|name| !there.contains(*name));
    for name in gone {
        // A file that cannot be read today is there all the same, and has faults of its own.
        if facts.unread.iter().any(|path| stem(path) == name) {
            continue;
        }
        let Some(state) = last_public(past, name, facts.as_of) else {
            continue;
        };
        let commit = &state.commit.id[..state.commit.id.len().min(12)];
        let message = format!("the published advisory {} is gone", quoted(name));
        let found = finder
            .file(&state.path, message)
            .note(format!("commit {commit} had it"));
        finder.push(found.help(format!(
            "`git checkout {commit} -- {}`, then `caveat withdraw {name}`",
            state.path
        )));
    }
}
