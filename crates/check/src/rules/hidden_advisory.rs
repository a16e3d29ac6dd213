//! Owns the rule `hidden-advisory`: nothing that is published names an advisory that is not.

use std::collections::BTreeSet;
use std::ops::Range;

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Facts, Finder, Rule, Run};
use crate::spelling::{Spelled, Spelling};
use crate::text::{extras, links, texts};

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
    let ends: BTreeSet<&str> = hidden.iter().map(|name| last(name)).collect();
    let facts = finder.facts;
    for candidate in facts
        .candidates
        .iter()
        .filter(|one| one.is_public(facts.as_of))
    {
        for (field, text) in named(candidate) {
            let Some(place) = told(text, &hidden, &ends) else {
                continue;
            };
            let word = &text[place.clone()];
            let span = candidate.document.within(&field, text, place);
            let found = finder.on(
                &candidate.document,
                span,
                format!("`{word}` names an advisory that is not published"),
            );
            finder.push(found.help("take it out until the other one is public"));
        }
    }
}

/// Every name of advisories that readers must not hear of, as its words. What is public by its own id is no secret.
fn hidden(facts: &Facts<'_>) -> BTreeSet<String> {
    let (public, hidden): (Vec<&Candidate>, Vec<&Candidate>) = facts
        .candidates
        .iter()
        .partition(|one| one.is_public(facts.as_of));
    let words = |name: &String| Spelled::new(name, Spelling::SMALL).words().to_owned();
    let names = hidden
        .iter()
        .flat_map(|one| one.advisory().id.iter().chain(&one.advisory().aliases));
    let mut names: BTreeSet<String> = names.map(words).collect();
    if !names.is_empty() {
        for id in public.iter().filter_map(|one| one.advisory().id.as_ref()) {
            names.remove(&words(id));
        }
    }
    names.retain(|name| name.len() > 4);
    names
}

fn last(words: &str) -> &str {
    words.rsplit(' ').next().unwrap_or(words)
}

/// Where a text tells a hidden name, whatever its dashes and capitals are.
fn told(text: &str, hidden: &BTreeSet<String>, ends: &BTreeSet<&str>) -> Option<Range<usize>> {
    // Most texts have no number of any of them: there is nothing to spell out then.
    let part = |word: &str| ends.contains(word.to_ascii_lowercase().as_str());
    let plain = text.is_ascii() && !text.split(|c: char| !c.is_ascii_alphanumeric()).any(part);
    if plain {
        return None;
    }
    let spelled = Spelled::new(text, Spelling::SMALL);
    let mut hits = hidden
        .iter()
        .filter_map(|name| spelled.find(name, |_| true));
    hits.next()
}

fn named(candidate: &Candidate) -> Vec<(String, &str)> {
    let advisory = candidate.advisory();
    let mut all = texts(candidate);
    all.extend(links(candidate));
    all.extend(extras(candidate));
    for (field, ids) in [
        ("aliases", &advisory.aliases),
        ("related", &advisory.related),
        ("upstream", &advisory.upstream),
    ] {
        all.extend(
            ids.iter()
                .enumerate()
                .map(|(at, id)| (format!("{field}[{at}]"), id.as_str())),
        );
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<&str> {
        let hidden = BTreeSet::from(["cve 2026 77777".to_owned()]);
        let ends = BTreeSet::from(["77777"]);
        told(text, &hidden, &ends).map(|place| &text[place])
    }

    #[test]
    fn a_hidden_name_is_found_in_every_spelling() {
        for name in [
            "cve-2026-77777",
            "Cve-2026-77777",
            "CVE 2026 77777",
            "CVE_2026_77777",
            "CVE\u{2011}2026\u{2011}77777",
            "ＣＶＥ-2026-77777",
        ] {
            for (before, after) in [
                ("See ", "_ soon"),
                ("https://nvd.nist.gov/vuln/detail/", ""),
            ] {
                let text = format!("{before}{name}{after}");
                assert_eq!(found(&text), Some(name), "{text}");
            }
        }
        for text in ["CVE-2026-777771", "77777", "CVE-2025-77777 2026"] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
