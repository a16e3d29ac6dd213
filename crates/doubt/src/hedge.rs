//! Owns words by which a text itself doubts that something is there.
//! Must never take a word of prose for a hedge that prose needs: names have a longer list.

use std::ops::Range;

/// In any text: mostly with the bracket before them, since sentences say "not yet" and "if available" of much else.
pub const IN_PROSE: [&str; 16] = [
    "(planned",
    "(if available",
    "to be established",
    "to be added",
    "to be determined",
    "to be announced",
    "(tbd",
    "[tbd",
    "todo",
    "replace with",
    "(placeholder",
    "your-email",
    "[insert",
    "<insert",
    "coming soon",
    "(not yet",
];

/// In names and addresses too, which have no sentences.
const IN_NAMES: [&str; 9] = [
    "if available",
    "if any",
    "not yet",
    "replace this",
    "placeholder",
    "your-",
    "[your",
    "tbd",
    "tba",
];

/// Pairs that stand around what somebody else was to fill in.
const GAPS: [(char, char); 3] = [('[', ']'), ('<', '>'), ('{', '}')];

/// The words of a name that say that nobody may be there.
pub fn in_name(text: &str) -> Option<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let found = |sign: &&str| {
        let mut hits = lower.match_indices(*sign);
        let at = hits.find(|(at, _)| is_alone(&lower, *at, sign));
        at.map(|(at, _)| at..at + sign.len())
    };
    let gap = |(open, close): &(char, char)| {
        let start = text.find(*open)?;
        let length = text[start..].find(*close)?;
        Some(start..start + length + 1)
    };
    let signs = IN_PROSE.iter().chain(&IN_NAMES);
    let mut signs = signs.filter_map(found);
    signs.next().or_else(|| GAPS.iter().find_map(gap))
}

/// Is it no part of a longer word? A sign that itself ends in a mark ends there.
fn is_alone(lower: &str, at: usize, sign: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    let before = sign.starts_with(part) && lower[..at].ends_with(part);
    let behind = sign.ends_with(part) && lower[at + sign.len()..].starts_with(part);
    !before && !behind
}

#[cfg(test)]
mod tests {
    use super::in_name;

    #[test]
    fn plans_and_gaps_are_seen_and_names_are_not() {
        for bad in [
            "Security (planned)",
            "Team (If Available)",
            "[To be established]",
            "mailto:security@your-domain.org",
            "<name>",
            "TBD",
            "TODO: name",
            "[security@b.org] (replace with actual contact)",
        ] {
            assert!(in_name(bad).is_some(), "{bad}");
        }
        for good in [
            "Security team",
            "Planning office",
            "Antbdan (GitHub)",
            "Todoist",
            "mailto:a@unplanned.org",
        ] {
            assert!(in_name(good).is_none(), "{good}");
        }
    }

    #[test]
    fn a_sign_is_found_where_it_stands() {
        assert_eq!(in_name("Ä Team, TBA"), Some(9..12));
    }
}
