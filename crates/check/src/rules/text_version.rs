//! Owns the rule `text-version`: versions in the text are those of the ranges.

use std::collections::BTreeSet;

use caveat_diag::Level;
use caveat_versions::{Interval, Order, Version};

use crate::candidate::{Candidate, Row};
use crate::claim::claims;
use crate::prose::Prose;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "text-version",
    says: "versions in the text are those of the ranges",
    why: "People read the text, programs read `versions`. Where the two differ, one of them upgrades to a \
        version that is not fixed.",
    example: r#"description = "The loader trusts the length that a file states; this was fixed in version 2.0.7 of the package."
[[affected]]
package = "torch"
versions = ["< 1.4.1"]
"#,
    instead: r#"description = "The loader trusts the length that a file states; this was fixed in version 1.4.1 of the package."
[[affected]]
package = "torch"
versions = ["< 1.4.1"]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Prose(judge),
};

/// Not the notes of revisions: they may tell of versions that were wrong.
const READ: [&str; 5] = [
    "title",
    "impact",
    "description",
    "affected-if",
    "workaround",
];

fn judge(finder: &mut Finder<'_>, prose: &Prose<'_>) {
    // Without every range nobody can say that a version is in none.
    let Some(known) = ranges(prose.candidate) else {
        return;
    };
    let names: Vec<String> = prose.names().map(str::to_lowercase).collect();
    let mut said = BTreeSet::new();
    for piece in prose
        .sentences()
        .filter(|piece| READ.contains(&piece.field.as_str()))
    {
        for place in claims(&piece.lower, &names) {
            let version = &piece.words[place.clone()];
            let listed = known
                .iter()
                .any(|(order, ranges)| knows(*order, ranges, version));
            if listed || !said.insert(version) {
                continue;
            }
            let document = &prose.candidate.document;
            let ranges = document.at("affected[0].versions");
            let message = format!("`{version}` is no version of any range");
            let found = prose.at(finder, piece, place, message).also(
                document.source(),
                ranges,
                "the ranges",
            );
            finder.push(
                found.help(
                    "correct the text or the ranges: people read the one, programs the other",
                ),
            );
        }
    }
}

/// The order and the ranges of each package; `None` where one could not be read.
fn ranges(candidate: &Candidate) -> Option<Vec<(Order, Vec<&Interval>)>> {
    let order = |row: &Row| row.package.as_ref().ok()?.ecosystem.order();
    let rows = candidate.rows.iter();
    rows.map(|row| {
        let ranges: Result<Vec<_>, _> = row.branches.iter().map(Result::as_ref).collect();
        Some((
            order(row)?,
            ranges.ok().filter(|ranges| !ranges.is_empty())?,
        ))
    })
    .collect()
}

/// Is this version in a range or at its end, or the name of a branch on which one ends?
fn knows(order: Order, ranges: &[&Interval], text: &str) -> bool {
    let version = Version::found(order, text).ok();
    let begins = |end: &Version| {
        let end = end.to_string();
        let rest = end.strip_prefix(text);
        rest.is_some_and(|rest| rest.starts_with(['.', '-', '+']))
    };
    ranges.iter().any(|range| {
        let ends = [range.lower(), range.fixed()];
        let at_end = |end: &Version| version.as_ref() == Some(end) || begins(end);
        version
            .as_ref()
            .is_some_and(|version| range.contains(version))
            || ends.into_iter().flatten().any(at_end)
    })
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    fn text(text: &str) -> String {
        let row = "[[affected]]\npackage = 'torch'\nversions = ['< 1.4.1', '>= 2.0.0, < 2.1.3']";
        format!("description = '''{text}'''\n{row}")
    }

    #[test]
    fn ends_members_branches_and_versions_of_other_things_pass() {
        for good in [
            "Fixed in 1.4.1 and 2.1.3.",
            "All versions before 2.1.3 are affected.",
            "This affects 1.0 and later.",
            "Fixed in the 2.1 branch; patched in 2.1.",
            "Torch before v1.4.1 is affected.",
            "Needs Python 3.8; OpenSSL before 3.0.7 is not affected.",
            "Python versions before 3.12 are needed.",
            "Fixed in Rust 1.80.0. Fixed in commit 3.",
            "Happens before 5.5 seconds have passed.",
            "Fixed in 3.0.7 of OpenSSL.",
            "`fixed in 9.9.9`",
            "Fixed in 9.x.",
        ] {
            assert!(!breaks("text-version", &text(good)), "{good}");
        }
    }

    #[test]
    fn versions_that_no_range_knows_are_found() {
        for bad in [
            "Fixed in 1.4.2.",
            "All versions before 3.0.0 are affected.",
            "Torch before 1.5.0 is affected.",
            "It was patched in version v2.1.4.",
            "This affects torch 4.0.0.",
        ] {
            assert!(breaks("text-version", &text(bad)), "{bad}");
        }
    }
}
