//! Owns the rule `text-severity`: the text speaks of the severity that the advisory has.

use std::ops::Range;

use caveat_diag::Level;

use crate::prose::{Prose, whole};
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "text-severity",
    says: "the text speaks of the severity that the advisory has",
    why: "The class is printed at the top. A text that names another one leaves readers to choose, and most \
        often it is the older of the two.",
    example: r#"description = "A flaw of critical severity: the loader trusts the length that a file states."
"#,
    instead: r#"description = "The loader trusts the length that a file states, and writes past the end of its buffer."
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Prose(judge),
};

const CLASSES: [&str; 6] = ["critical", "high", "important", "medium", "moderate", "low"];

fn judge(finder: &mut Finder<'_>, prose: &Prose<'_>) {
    let class = prose.candidate.advisory().severity.to_ascii_lowercase();
    for piece in prose.sentences() {
        // The one tells why others judge differently, the other what was said before.
        if piece.field == "severity-reason" || piece.field.starts_with("revision") {
            continue;
        }
        for place in claims(&piece.lower) {
            let said = &piece.lower[place.clone()];
            if same(said, &class) {
                continue;
            }
            let message = format!("the text says `{said}`, the advisory `{class}`");
            let found = prose.at(finder, piece, place.clone(), message).also(
                prose.candidate.document.source(),
                prose.candidate.document.at("severity"),
                "the severity",
            );
            finder.push(found.help("leave the word out of the text, or correct `severity`"));
        }
    }
}

fn same(said: &str, class: &str) -> bool {
    let middle = ["medium", "moderate"];
    said == class || (middle.contains(&said) && middle.contains(&class))
}

/// `high severity`, `high-severity`, `severity: high`, `severity of high`, `severity is high`.
fn claims(lower: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, word) in lower.match_indices("severity") {
        if !whole(lower, at..at + word.len()) {
            continue;
        }
        let before = lower[..at].trim_end_matches([' ', '-']);
        let start = before.len().saturating_sub(16);
        let start = (start..=before.len()).find(|at| before.is_char_boundary(*at));
        let tail = before[start.unwrap_or_default()..].rsplit(|c: char| !c.is_alphanumeric());
        let class = tail
            .into_iter()
            .next()
            .filter(|class| CLASSES.contains(class));
        if let Some(class) = class.filter(|class| !compared(&before[..before.len() - class.len()]))
        {
            found.push(before.len() - class.len()..before.len());
            continue;
        }
        let rest = &lower[at + word.len()..];
        let after = [": ", " of ", " is "]
            .iter()
            .find_map(|link| rest.strip_prefix(link));
        let class = after.and_then(|after| CLASSES.iter().find(|class| after.starts_with(**class)));
        if let Some((after, class)) = after.zip(class) {
            let start = lower.len() - after.len();
            if whole(lower, start..start + class.len()) {
                found.push(start..start + class.len());
            }
        }
    }
    found
}

/// `not`, `from low to high severity`, `low or high severity`: no claim about this flaw.
fn compared(before: &str) -> bool {
    let word = before.trim_end().rsplit(' ').next().unwrap_or_default();
    let words = ["not", "to", "or", "and", "other", "another", "than", "from"];
    words.contains(&word) || word.ends_with(['/', ','])
}

#[cfg(test)]
mod tests {
    use super::claims;

    #[test]
    fn only_claims_about_the_flaw_are_found() {
        let said = |text: &str| {
            claims(text)
                .into_iter()
                .map(|at| text[at].to_owned())
                .next()
        };
        for (text, class) in [
            ("a critical severity flaw", "critical"),
            ("a high-severity flaw", "high"),
            ("severity: low", "low"),
            ("its severity is medium.", "medium"),
        ] {
            assert_eq!(said(text).as_deref(), Some(class), "{text}");
        }
        for text in [
            "a critical section",
            "not high severity",
            "log messages with severity lower than 3",
            "raised from low to high severity",
            "severity is highly debated",
            "severity",
            "ähigh severity",
        ] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
