//! Owns the rule `file-name`: a published advisory is at `advisories/YEAR/ID.toml`.

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule::error(
    "file-name",
    "a published advisory is at `advisories/YEAR/ID.toml`",
    Run::Advisory(judge),
);

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
