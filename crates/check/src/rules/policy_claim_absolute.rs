//! Owns the rule `policy-claim-absolute`: a claim that allows of no exception says where it can be seen.

use caveat_diag::{Level, quoted};
use std::ops::Range;

use crate::prose::whole;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-claim-absolute",
    says: "a claim that allows of no exception says where it can be seen",
    why: "One counter-example is enough to make it a lie, and with it everything else on the page. \
        Text that says `no`, `never`, `all` or `always` is read as a guarantee.",
    example: r#"# caveat.toml
[[policy.claim]]
says = "No buffer overflows."
"#,
    instead: r#"# caveat.toml
[[policy.claim]]
says = "Parts that read files are written in a memory-safe language."
evidence = "https://github.com/pytorch/pytorch/tree/main/io"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

const ABSOLUTE: [&str; 21] = [
    "100%",
    "100 %",
    "absolutely",
    "all",
    "always",
    "any",
    "cannot",
    "completely",
    "entirely",
    "every",
    "everything",
    "fully",
    "guarantee",
    "guaranteed",
    "guarantees",
    "impossible",
    "never",
    "no",
    "none",
    "nothing",
    "only",
];

fn judge(finder: &mut Finder<'_>) {
    for (at, claim) in finder.facts.policy().claims.iter().enumerate() {
        let Some(place) = absolute(&claim.says).filter(|_| claim.evidence.is_none()) else {
            continue;
        };
        let field = format!("policy.claim[{at}].says");
        let project = finder.facts.project;
        let span = project.within(&field, &claim.says, place.clone());
        let message = format!(
            "{} allows of no exception, and no evidence is named",
            quoted(&claim.says[place])
        );
        let found = finder.on(project, span, message);
        finder
            .push(found.help("add `evidence`, or say what is done instead of what cannot happen"));
    }
}

/// The first word that makes a claim absolute.
pub(super) fn absolute(text: &str) -> Option<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let found = |word: &&str| {
        let mut hits = lower.match_indices(*word);
        let hit = hits.find(|(at, _)| whole(&lower, *at..at + word.len()));
        hit.map(|(at, _)| at..at + word.len())
    };
    // What there is not yet is no boast.
    let open = lower.split_whitespace().any(|word| word.starts_with("yet"));
    let denied = |word: &&&str| open && ["no", "none", "nothing"].contains(*word);
    ABSOLUTE
        .iter()
        .filter(|word| !denied(word))
        .filter_map(found)
        .min_by_key(|place| place.start)
}

#[cfg(test)]
mod tests {
    use super::absolute;

    #[test]
    fn words_within_words_are_no_claims() {
        for (text, word) in [
            ("Validation enabled: All inputs are validated", Some("All")),
            ("We never transmit weights", Some("never")),
            ("No data races", Some("No")),
            ("Nothing is 100% safe", Some("Nothing")),
            ("Dependencies are scanned nightly by a known tool", None),
            ("There is no certificate yet.", None),
            ("No audit yet, and never a leak.", Some("never")),
            ("Noted: overall coverage is 80 %", None),
        ] {
            assert_eq!(absolute(text).map(|at| &text[at]), word, "{text}");
        }
    }
}
