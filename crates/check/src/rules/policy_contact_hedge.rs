//! Owns the rule `policy-contact-hedge`: names of contacts, channels and lists are names, not plans or gaps.

use caveat_diag::{Level, quoted};
use std::ops::Range;

use crate::prose::whole;
use crate::rule::{Finder, Rule, Run};
use crate::wording::{project_links, wordings};

pub(super) static RULE: Rule = Rule {
    code: "policy-contact-hedge",
    says: "names of contacts, channels and lists are names, not plans or gaps",
    why: "Words such as `if available` leave it to the reader to find out whether anybody is there. \
        Programs read the address beside them, and take it for a working one.",
    example: r#"# caveat.toml
[[policy.contact]]
name = "Security team (if available)"
url = "mailto:security@pytorch.org"
"#,
    instead: r#"# caveat.toml
[[policy.contact]]
name = "Security team"
url = "mailto:security@pytorch.org"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

const SIGNS: [&str; 15] = [
    "if available",
    "if any",
    "(planned",
    "to be established",
    "to be added",
    "to be announced",
    "to be determined",
    "coming soon",
    "replace with",
    "replace this",
    "not yet",
    "your-",
    "[your",
    "tbd",
    "tba",
];
/// Pairs that stand around what somebody else was to fill in.
const GAPS: [(char, char); 3] = [('[', ']'), ('<', '>'), ('{', '}')];

fn judge(finder: &mut Finder<'_>) {
    let project = finder.facts.project.data();
    let names = |field: &str| {
        let people = [
            "policy.contact[",
            "policy.channel[",
            "policy.packager[",
            "mail.list[",
        ];
        people.iter().any(|start| field.starts_with(start))
    };
    let mut all: Vec<(String, &str)> = wordings(project)
        .into_iter()
        .map(|wording| (wording.field, wording.text))
        .collect();
    all.extend(
        project_links(project)
            .into_iter()
            .map(|link| (link.field, link.url)),
    );
    for (field, text) in all.into_iter().filter(|(field, _)| names(field)) {
        if let Some(place) = hedge(text) {
            let span = finder.facts.project.within(&field, text, place.clone());
            let message = format!("{} is no part of a name", quoted(&text[place]));
            let found = finder.on(finder.facts.project, span, message);
            finder.push(found.help("write `state = \"planned\"` for what does not exist yet"));
        }
    }
}

/// The words that say that nobody may be there.
fn hedge(text: &str) -> Option<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let found = |sign: &&str| {
        let mut hits = lower.match_indices(*sign);
        let alone = |at: usize| sign.len() > 3 || whole(&lower, at..at + sign.len());
        hits.find(|(at, _)| alone(*at))
    };
    if let Some((at, sign)) = SIGNS.iter().find_map(found) {
        return Some(at..at + sign.len());
    }
    GAPS.iter().find_map(|(open, close)| {
        let start = text.find(*open)?;
        let length = text[start..].find(*close)?;
        Some(start..start + length + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::hedge;

    #[test]
    fn plans_and_gaps_are_seen_and_names_are_not() {
        for bad in [
            "Security (planned)",
            "Team (If Available)",
            "[To be established]",
            "mailto:security@your-domain.org",
            "<name>",
            "TBD",
            "[security@b.org] (replace with actual contact)",
        ] {
            assert!(hedge(bad).is_some(), "{bad}");
        }
        for good in [
            "Security team",
            "Planning office",
            "Antbdan (GitHub)",
            "mailto:a@unplanned.org",
        ] {
            assert!(hedge(good).is_none(), "{good}");
        }
    }
}
