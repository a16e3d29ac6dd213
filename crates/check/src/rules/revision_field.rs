//! Owns the rule `revision-field`: what a revision lists as changed is a field of an advisory, with values that can be read.

use caveat_diag::{Level, quoted};

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "revision-field",
    says: "what a revision lists as changed is a field of an advisory",
    why: "The list is printed on the page, in the feed and in mails, and programs read it from the record. `caveat \
        revise` writes it by the names that an advisory has.",
    example: r#"[[revision]]
at = 2026-11-19T00:00:00Z
note = "Added the branch 2.x: it is affected too."
changed = [{ field = "the versions", from = "< 1.0.0", to = "< 2.0.0" }]
"#,
    instead: r#"[[revision]]
at = 2026-11-19T00:00:00Z
note = "Added the branch 2.x: it is affected too."
changed = [{ field = "affected[torch].versions", from = "< 1.0.0", to = "< 2.0.0" }]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

/// What begins a field's name.
const FIELDS: &[&str] = &[
    "affected",
    "affected-if",
    "aliases",
    "credit",
    "cve",
    "cvss",
    "cwe",
    "description",
    "extra",
    "impact",
    "late-reason",
    "reference",
    "related",
    "relation",
    "severity",
    "severity-reason",
    "timeline",
    "title",
    "upstream",
    "withdrawn",
    "workaround",
];
/// In bytes. What is longer is named without its values.
const LONGEST: usize = 400;

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let revisions = candidate.advisory().revisions.iter().enumerate();
    for (at, revision) in revisions {
        for (row, change) in revision.changed.iter().enumerate() {
            let place = format!("revision[{at}].changed[{row}]");
            if !is_field(&change.field) {
                let message = format!("{} is no field of an advisory", quoted(&change.field));
                let found = finder.at(&candidate.document, &format!("{place}.field"), message);
                finder.push(found.help("`caveat revise` writes the list by itself"));
            }
            for (key, value) in [("from", &change.from), ("to", &change.to)] {
                let Some(value) = value else { continue };
                if value.len() > LONGEST || value.contains(['\n', '\r']) {
                    let message = "this value is too long to be repeated";
                    let found = finder.at(&candidate.document, &format!("{place}.{key}"), message);
                    finder
                        .push(found.help("leave both values out: the field alone is listed then"));
                }
            }
        }
    }
}

/// `title`, `timeline.fixed`, `affected[PyPI/torch].versions`.
fn is_field(name: &str) -> bool {
    let stem = name.split(['[', '.']).next().unwrap_or_default();
    let rest = &name[stem.len()..];
    let rest = match rest.strip_prefix('[') {
        Some(row) => match row.rsplit_once(']') {
            Some((row, rest)) if is_row(row) => rest,
            _ => return false,
        },
        None => rest,
    };
    let key =
        |key: &str| !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    let tail = rest.is_empty() || rest.strip_prefix('.').is_some_and(key);
    FIELDS.contains(&stem) && tail
}

/// A package, or an id.
fn is_row(row: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || c.is_ascii_graphic() || c == ' ';
    !row.is_empty() && row.len() <= 300 && row.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::is_field;

    #[test]
    fn only_names_that_revise_writes_are_fields() {
        for good in [
            "title",
            "affected[torch].versions",
            "affected[npm/@a/b#2]",
            "timeline.fixed",
            "withdrawn.reason",
            "relation",
        ] {
            assert!(is_field(good), "{good}");
        }
        for bad in [
            "",
            "the title",
            "title\nBcc",
            "affected[",
            "affected[].versions",
            "affected[a].Versions",
            "title.\u{202e}",
            "AKIAIOSFODNN7EXAMPLE",
            "affected[a]b",
        ] {
            assert!(!is_field(bad), "{bad:?}");
        }
    }
}
