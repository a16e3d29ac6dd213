//! Owns the rule `hidden-advisory`: nothing that is published names an advisory that is not.

use std::collections::BTreeSet;

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Facts, Finder, Rule, Run};
use crate::text::{links, texts};

pub(super) static RULE: Rule = Rule {
    code: "hidden-advisory",
    says: "nothing that is published names an advisory that is not",
    why: "An embargoed advisory must leave no trace: not its id, not its CVE id, not in the prose of another one. \
        Whoever reads the name knows that there is something to look for.",
    example: r#"# advisories/2026/x_T-2026-0001.toml
related = ["x_T-2026-0002"]
# advisories/2026/x_T-2026-0002.toml
aliases = []
revision = [{ at = 2026-12-01T12:00:00Z, note = "First published." }]
[embargo]
until = 2026-12-01T12:00:00Z
"#,
    instead: r#"# advisories/2026/x_T-2026-0001.toml
related = []
# advisories/2026/x_T-2026-0002.toml
aliases = []
revision = [{ at = 2026-12-01T12:00:00Z, note = "First published." }]
[embargo]
until = 2026-12-01T12:00:00Z
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let hidden = hidden(finder.facts);
    if hidden.is_empty() {
        return;
    }
    let facts = finder.facts;
    for candidate in facts
        .candidates
        .iter()
        .filter(|one| one.is_public(facts.as_of))
    {
        for (field, text) in named(candidate) {
            let word = words(text).find(|(_, word)| hidden.contains(word));
            let Some((at, word)) = word else { continue };
            let span = candidate.document.within(&field, text, at..at + word.len());
            let found = finder.on(
                &candidate.document,
                span,
                format!("`{word}` names an advisory that is not published"),
            );
            finder.push(found.help("take it out until the other one is public"));
        }
    }
}

/// Every name of advisories that readers must not hear of.
fn hidden<'a>(facts: &'a Facts<'_>) -> BTreeSet<&'a str> {
    let hidden = facts
        .candidates
        .iter()
        .filter(|one| !one.is_public(facts.as_of));
    let names = hidden.flat_map(|one| one.advisory().id.iter().chain(&one.advisory().aliases));
    names.map(String::as_str).collect()
}

fn named(candidate: &Candidate) -> Vec<(String, &str)> {
    let advisory = candidate.advisory();
    let mut all = texts(candidate);
    all.extend(links(candidate));
    for (field, ids) in [
        ("aliases", &advisory.aliases),
        ("related", &advisory.related),
    ] {
        all.extend(
            ids.iter()
                .enumerate()
                .map(|(at, id)| (format!("{field}[{at}]"), id.as_str())),
        );
    }
    all
}

/// The parts of a text that an id could be, with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let words = text.split(move |c| !part(c)).filter(|word| word.len() > 4);
    words.map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}
