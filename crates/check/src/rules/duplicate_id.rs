//! Owns the rule `duplicate-id`: an id is used once.

use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "duplicate-id",
    says: "an id is used once",
    why: "An id is what everything else refers to: pages, feeds, mails, suppressions in scanners. Two \
        advisories with one id overwrite each other.",
    example: r#"# advisories/2026/x_T-2026-0001.toml
id = "x_T-2026-0001"
aliases = []
# advisories/2026/x_T-2026-0002.toml
id = "x_T-2026-0001"
"#,
    instead: r#"# advisories/2026/x_T-2026-0001.toml
id = "x_T-2026-0001"
aliases = []
# advisories/2026/x_T-2026-0002.toml
id = "x_T-2026-0002"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let facts = finder.facts;
    for (at, candidate) in facts.candidates.iter().enumerate() {
        let Some(id) = &candidate.advisory().id else {
            continue;
        };
        let Some(first) = facts.by_id.get(id.as_str()).filter(|first| **first != at) else {
            continue;
        };
        let first = &facts.candidates[*first].document;
        let found = finder
            .at(&candidate.document, "id", format!("`{id}` is used twice"))
            .also(first.source(), first.at("id"), "first used here")
            .help("give the newer advisory the next free number");
        finder.push(found);
    }
}
