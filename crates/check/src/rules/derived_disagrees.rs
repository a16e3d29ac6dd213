//! Owns the rule `derived-disagrees`: every tagged version is affected exactly where the history of its code says so.

use caveat_advisory::{LockedTag, LockedVerdict};
use caveat_diag::{Diagnostic, Level};
use caveat_versions::Version;

use crate::candidate::Candidate;
use crate::lock::Locked;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "derived-disagrees",
    says: "every tagged version is affected exactly where the history of its code says so",
    why: "Ranges that are typed by hand are the commonest fault of advisories. Where the code of a version has the flaw \
        and the range does not have the version, scanners tell its users that they are safe.",
    example: r#"# advisories/2026/x_T-2026-0001.toml
[[affected]]
package = "torch"
versions = ["< 1.2.0"]
fixed-by = ["89abcdef0123456789abcdef0123456789abcdef"]
# advisories/2026/x_T-2026-0001.lock
format = 1
[[package]]
ecosystem = "PyPI"
name = "torch"
repository = "https://github.com/pytorch/pytorch"
fixed-by = ["89abcdef0123456789abcdef0123456789abcdef"]
tagged = [
  { tag = "v1.2.0", version = "1.2.0", commit = "0123456789abcdef0123456789abcdef01234567", verdict = "affected" },
]
"#,
    instead: r#"# advisories/2026/x_T-2026-0001.toml
[[affected]]
package = "torch"
versions = ["< 1.2.1"]
fixed-by = ["89abcdef0123456789abcdef0123456789abcdef"]
# advisories/2026/x_T-2026-0001.lock
format = 1
[[package]]
ecosystem = "PyPI"
name = "torch"
repository = "https://github.com/pytorch/pytorch"
fixed-by = ["89abcdef0123456789abcdef0123456789abcdef"]
tagged = [
  { tag = "v1.2.0", version = "1.2.0", commit = "0123456789abcdef0123456789abcdef01234567", verdict = "affected" },
]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

/// More versions than these are counted.
const NAMED: usize = 8;

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    // What is withdrawn says of no version that it is affected.
    if candidate.advisory().withdrawn.is_some() {
        return;
    }
    for (at, written) in candidate.advisory().affected.iter().enumerate() {
        let tags = finder.tags_of(candidate, at);
        let Some(locked) = candidate.fresh(at, tags) else {
            continue;
        };
        if written.differs_from_git.is_some() {
            continue;
        }
        let differences = locked.differences(&candidate.rows[at]);
        let (missed, accused): (Vec<_>, Vec<_>) = differences
            .into_iter()
            .partition(|(_, tag)| tag.verdict.is_affected());
        for tags in [missed, accused] {
            if let Some(first) = tags.first() {
                let found = one(finder, candidate, at, &locked, *first);
                finder.push(all(found, &tags));
            }
        }
    }
}

/// The first of the versions that differ in one way.
fn one(
    finder: &Finder<'_>,
    candidate: &Candidate,
    row: usize,
    locked: &Locked<'_>,
    (nth, tag): (usize, &LockedTag),
) -> Diagnostic {
    let version = &tag.version;
    let (field, message, here) = if tag.verdict.is_affected() {
        let message = format!("`{version}` has the flaw, and no range has it");
        (format!("affected[{row}].versions"), message, "not in these")
    } else {
        let message =
            format!("`{version}` is said to be affected, and its code does not have the flaw");
        let field = branch(candidate, row, version);
        (field, message, "it is in this one")
    };
    let place = locked
        .document
        .at(&format!("package[{}].tagged[{nth}]", locked.at));
    finder
        .at(&candidate.document, &field, message)
        .here(here)
        .also(locked.document.source(), place, why(tag))
}

/// The range that has a version.
fn branch(candidate: &Candidate, row: usize, version: &str) -> String {
    let package = candidate.rows[row].package.as_ref().ok();
    let order = package.and_then(|package| package.ecosystem.order());
    let version = order.and_then(|order| Version::found(order, version).ok());
    let has = |(_, branch): &(String, &caveat_versions::Interval)| {
        version
            .as_ref()
            .is_some_and(|version| branch.contains(version))
    };
    let found = candidate.intervals(row).into_iter().find(has);
    found.map_or_else(|| format!("affected[{row}].versions"), |(field, _)| field)
}

/// What the history shows, in one line.
fn why(tag: &LockedTag) -> String {
    let by = tag.by.join(" and ");
    let what = match tag.verdict {
        LockedVerdict::Affected if by.is_empty() => {
            "contains no fix, and nobody says when the flaw began".to_owned()
        }
        LockedVerdict::Affected => format!("contains the flaw's start {by} and not the fix"),
        LockedVerdict::Fixed => format!("contains the fix {by}"),
        LockedVerdict::Never => "does not contain the flaw's start".to_owned(),
        LockedVerdict::Uncertain => format!("joins a line with the flaw and one without: {by}"),
    };
    let commit = tag.commit.get(..12).unwrap_or(&tag.commit);
    format!("{} (commit {commit}) {what}", tag.tag)
}

fn all(found: Diagnostic, tags: &[(usize, &LockedTag)]) -> Diagnostic {
    let rest = &tags[1..];
    let named: Vec<&str> = rest
        .iter()
        .take(NAMED)
        .map(|(_, tag)| tag.version.as_str())
        .collect();
    let more = rest.len().saturating_sub(NAMED);
    let more = match more {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let found = if named.is_empty() {
        found
    } else {
        found.note(format!("the same holds for {}{more}", named.join(", ")))
    };
    found.help(
        "`caveat derive --fill` writes the ranges that follow; where yours are right, say why in `differs-from-git`",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::tests::{breaks, said_of_example};

    #[test]
    fn both_places_and_the_reason_are_shown() {
        let said = said_of_example(RULE.example);
        assert!(
            said.contains("`1.2.0` has the flaw, and no range has it"),
            "{said}"
        );
    }

    #[test]
    fn a_version_that_is_accused_wrongly_is_found_too() {
        let fixed = RULE
            .instead
            .replace("\"affected\" }", "\"fixed\", by = [\"89abcdef0123\"] }");
        assert!(breaks("derived-disagrees", &fixed));
    }

    #[test]
    fn a_reason_excuses_and_a_stale_lock_says_nothing() {
        let reason = "differs-from-git = \"The tag was moved.\"\nfixed-by = [\"89ab";
        let excused = RULE.example.replacen("fixed-by = [\"89ab", reason, 1);
        assert!(!breaks("derived-disagrees", &excused));
        let stale = RULE
            .example
            .replacen("fixed-by = [\"89ab", "fixed-by = [\"99ab", 1);
        assert!(!breaks("derived-disagrees", &stale));
    }
}
