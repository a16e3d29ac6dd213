//! Owns the rule `duplicate-id`: an id is used once.

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule::error("duplicate-id", "an id is used once", Run::Feed(judge));

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
