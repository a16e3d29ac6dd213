//! Owns the rule `file-name`: a published advisory is at `advisories/YEAR/ID.toml`.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "file-name",
    says: "a published advisory is at `advisories/YEAR/ID.toml`",
    why: "Whoever has an id finds the file without searching, and two advisories with one id cannot both \
        exist in one tree: git itself sees the conflict.",
    example: r#"# advisories/2026/x_T-2026-0001.toml
id = "x_T-2026-0002"
"#,
    instead: r#"# advisories/2026/x_T-2026-0002.toml
id = "x_T-2026-0002"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let Some(id) = &candidate.advisory().id else {
        return;
    };
    let path = candidate.document.path();
    let year = id.rsplit('-').nth(1).unwrap_or_default();
    let expected = format!("advisories/{year}/{id}.toml");
    if candidate.is_draft() || path == expected {
        return;
    }
    let found = finder.at(
        &candidate.document,
        "id",
        format!("id and place of this file disagree: `{path}`"),
    );
    finder.push(
        found
            .here("this id")
            .help(format!("move the file to `{expected}`, or correct the id")),
    );
}
