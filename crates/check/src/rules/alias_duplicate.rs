//! Owns the rule `alias-duplicate`: an alias names one flaw of a package, once.

use std::collections::{BTreeMap, BTreeSet};

use caveat_diag::{Diagnostic, Level};

use crate::candidate::Candidate;
use crate::rule::{Facts, Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "alias-duplicate",
    says: "an alias names one flaw of a package, once",
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
    for twin in twins(finder.facts).iter().filter(|twin| twin.same_package) {
        let found = report(finder, twin)
            .help("if both are the same flaw, withdraw one; if not, use `related`");
        finder.push(if twin.at == twin.first {
            crate::mend::item(
                found,
                &finder.facts.candidates[twin.at].document,
                &twin.field,
            )
        } else {
            found
        });
    }
}

/// An alias that stands twice.
pub(super) struct Twin {
    /// The later candidate, and its field.
    at: usize,
    field: String,
    /// The earlier candidate, and its field.
    first: usize,
    place: String,
    /// Do they name one package? An alias for two flaws in one place is a fault; one flaw may be in two places.
    pub(super) same_package: bool,
}

/// A candidate, and its field.
type Use = (usize, String);

/// Every alias that stands twice. A withdrawn advisory keeps its aliases, readers may look for it under them: it only
/// may not repeat itself.
pub(super) fn twins(facts: &Facts<'_>) -> Vec<Twin> {
    let mut seen: BTreeMap<(&str, Option<usize>), Vec<Use>> = BTreeMap::new();
    let mut twins = Vec::new();
    for (at, candidate) in facts.candidates.iter().enumerate() {
        let alone = candidate.advisory().withdrawn.as_ref().map(|_| at);
        for (nth, alias) in candidate.advisory().aliases.iter().enumerate() {
            let earlier = seen.entry((alias, alone)).or_default();
            let field = format!("aliases[{nth}]");
            let shares =
                |(first, _): &&Use| share(candidate, &facts.candidates[*first], at == *first);
            let same = earlier.iter().find(shares);
            if let Some((first, place)) = same.or(earlier.first()) {
                twins.push(Twin {
                    at,
                    field: field.clone(),
                    first: *first,
                    place: place.clone(),
                    same_package: same.is_some(),
                });
            }
            earlier.push((at, field));
        }
    }
    twins
}

fn share(a: &Candidate, b: &Candidate, one: bool) -> bool {
    let names = |candidate: &Candidate| -> BTreeSet<(String, String)> {
        let packages = candidate
            .rows
            .iter()
            .filter_map(|row| row.package.as_ref().ok());
        packages
            .map(|package| (package.ecosystem.to_string(), package.name.clone()))
            .collect()
    };
    one || !names(a).is_disjoint(&names(b)) || names(b).is_empty()
}

/// The finding at the later of the two.
pub(super) fn report(finder: &Finder<'_>, twin: &Twin) -> Diagnostic {
    let candidates = finder.facts.candidates;
    let (later, first) = (
        &candidates[twin.at].document,
        &candidates[twin.first].document,
    );
    finder
        .at(later, &twin.field, "this alias is used twice")
        .also(first.source(), first.at(&twin.place), "first used here")
}
