//! Owns the rows of a CVE product that are commits of a repository.
//! Must never take half of a row: one that says more than where a flaw begins and ends is left as it is.

use crate::fields::Fields;

/// Commits of a repository.
#[derive(Default)]
pub(crate) struct Commits {
    pub(crate) repo: String,
    pub(crate) introduced: Vec<String>,
    pub(crate) fixed: Vec<String>,
}

/// The commits of a product that has nothing else, where all of it can be said.
pub(crate) fn commits(product: &Fields<'_>) -> Option<Commits> {
    let rows = product.tables("versions");
    let mut found = Commits {
        repo: product.text("repo")?.value.to_owned(),
        ..Commits::default()
    };
    let whole = rows.iter().all(|row| {
        let status = row.text("status").map_or("unknown", |text| text.value);
        is_git(row) && git(row, status, &mut found)
    });
    (whole && !rows.is_empty()).then_some(found)
}

pub(crate) fn is_git(row: &Fields<'_>) -> bool {
    row.text_that("versionType", |text| text.eq_ignore_ascii_case("git"))
        .is_some()
}

/// A row of commits: where it begins, where it ends, and which end it on other branches. False where it says something else.
pub(crate) fn git(row: &Fields<'_>, status: &str, commits: &mut Commits) -> bool {
    let start = row.text("version").map_or("", |text| text.value);
    let end = row.text("lessThan").map_or("*", |text| text.value);
    let odd = ["lessThanOrEqual"]
        .iter()
        .any(|key| row.keys().any(|known| known == *key));
    let mut ends: Vec<String> = Vec::new();
    for change in row.tables("changes") {
        let ended = change
            .text("status")
            .is_some_and(|text| text.value == "unaffected");
        let at = change.text("at").map_or("", |text| text.value);
        if !ended || !is_commit(at) {
            return false;
        }
        ends.push(at.to_owned());
    }
    let begins = is_commit(start) || start == "0";
    if odd || status != "affected" || !begins || !(end == "*" || is_commit(end)) {
        return false;
    }
    let once = |list: &mut Vec<String>, one: &str| {
        if is_commit(one) && !list.iter().any(|known| known == one) {
            list.push(one.to_owned());
        }
    };
    once(&mut commits.introduced, start);
    once(&mut commits.fixed, end);
    for end in ends {
        once(&mut commits.fixed, &end);
    }
    true
}

fn is_commit(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
