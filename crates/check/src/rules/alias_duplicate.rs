//! Owns the rule `alias-duplicate`: an alias names one advisory of the feed, once.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};
use std::collections::BTreeMap;

pub(super) static RULE: Rule = Rule {
    code: "alias-duplicate",
    says: "an alias names one advisory of the feed, once",
    why: "An alias says that two names mean one flaw. If two advisories of a feed claim the same alias, \
        databases merge them and scanners report one flaw twice, or lose one of the two. A withdrawn \
        advisory keeps its aliases: readers may still look for it under them.",
    example: r#"aliases = ["CVE-2026-12345", "CVE-2026-12345"]
"#,
    instead: r#"aliases = ["CVE-2026-12345"]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let mut seen: BTreeMap<(&str, Option<usize>), (usize, String)> = BTreeMap::new();
    let candidates = finder.facts.candidates;
    for (at, candidate) in candidates.iter().enumerate() {
        // A withdrawn advisory keeps its aliases, readers may look for it under them; it only may not repeat itself.
        let alone = candidate.advisory().withdrawn.as_ref().map(|_| at);
        for (nth, alias) in candidate.advisory().aliases.iter().enumerate() {
            let field = format!("aliases[{nth}]");
            match seen.get(&(alias.as_str(), alone)) {
                Some((first, place)) => {
                    report(finder, candidate, &field, &candidates[*first], place);
                }
                None => drop(seen.insert((alias, alone), (at, field))),
            }
        }
    }
}

fn report(
    finder: &mut Finder<'_>,
    candidate: &Candidate,
    field: &str,
    first: &Candidate,
    place: &str,
) {
    let same_list = candidate.document.path() == first.document.path();
    let first = &first.document;
    let found = finder
        .at(&candidate.document, field, "this alias is used twice")
        .also(first.source(), first.at(place), "first used here")
        .help("if both are the same flaw, withdraw one; if not, use `related`");
    finder.push(if same_list {
        crate::mend::item(found, &candidate.document, field)
    } else {
        found
    });
}
