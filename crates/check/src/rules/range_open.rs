//! Owns the rule `range-open`: where a fix is known, no branch stays open to all later versions.

use caveat_advisory::{Event, ReferenceType};
use caveat_diag::{Diagnostic, Level};
use caveat_versions::{Interval, Upper};

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "range-open",
    says: "where a fix is known, no branch stays open to all later versions",
    why: "An open branch accuses every version to come, the fixed ones too. Scanners warn whoever has upgraded, \
        for ever, and tell the others that there is nothing to upgrade to.",
    example: r#"[[affected]]
package = "torch"
versions = ["< 1.2.0", ">= 2.0.0"]
"#,
    instead: r#"[[affected]]
package = "torch"
versions = ["< 1.2.0", ">= 2.0.0, < 2.1.0"]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    if !candidate.stands() {
        return;
    }
    let document = &candidate.document;
    for row in 0..candidate.rows.len() {
        // What readers are told is not forgotten.
        if candidate.advisory().affected[row].fix_unreleased {
            continue;
        }
        let branches = candidate.intervals(row);
        let open = |branch: &Interval| *branch.upper() == Upper::Open;
        let Some((field, _)) = branches.iter().find(|(_, branch)| open(branch)) else {
            continue;
        };
        let fixed = branches.iter().find(|(_, branch)| branch.fixed().is_some());
        let sign = match fixed {
            Some((other, _)) => Some((other.clone(), "another branch has a fix")),
            None => sign(candidate, row),
        };
        if let Some((place, why)) = sign {
            let found = finder.at(document, field, "this branch is open to all later versions");
            finder.push(explain(found.also(
                document.source(),
                document.at(&place),
                why,
            )));
        }
    }
}

fn explain(found: Diagnostic) -> Diagnostic {
    found
        .help("end it with the fixed version, `< FIXED`, as soon as there is one")
        .note("one that is fixed in no version yet belongs here: say `fix-unreleased = true`, and revise the advisory when it is")
}

/// What tells that a fix was released or at least made, though no version has it. Links say nothing of packages:
/// they count only where no package at all is fixed.
fn sign(candidate: &Candidate, row: usize) -> Option<(String, &'static str)> {
    let advisory = candidate.advisory();
    if advisory
        .affected
        .get(row)
        .is_some_and(|row| !row.fixed_by.is_empty())
    {
        return Some((format!("affected[{row}].fixed-by"), "a commit fixes it"));
    }
    let somewhere = (0..candidate.rows.len())
        .flat_map(|row| candidate.intervals(row))
        .any(|(_, branch)| branch.fixed().is_some());
    if somewhere {
        return None;
    }
    if advisory.timeline.contains_key(&Event::Fixed) {
        return Some(("timeline.fixed".to_owned(), "a fix was released"));
    }
    let fix = advisory
        .references
        .iter()
        .position(|link| link.kind == ReferenceType::Fix)?;
    Some((format!("reference[{fix}]"), "a fix is linked to"))
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    const VERSIONS: &str = "[\">= 1.0.0, < 1.2.0\", \">= 2.0.0, < 2.1.0\"]";
    const COMMIT: &str = "fixed-by = [\"0123456789abcdef0123456789abcdef01234567\"]";

    #[test]
    fn a_flaw_without_any_fix_is_open() {
        let said = said_after(&[
            (VERSIONS, "[\">= 0\"]"),
            (COMMIT, ""),
            ("\"fix\"", "\"report\""),
        ]);
        assert!(!said.contains("range-open"), "{said}");
    }

    #[test]
    fn a_fix_of_one_package_does_not_close_another() {
        let other = "[[affected]]\necosystem = \"npm\"\nname = \"a\"\nversions = [\">= 1.0.0\"]\n[[reference]]";
        let said = said_after(&[("[[reference]]", other)]);
        assert!(!said.contains("range-open"), "{said}");
    }

    #[test]
    fn every_sign_of_a_fix_is_seen() {
        let open = (VERSIONS, "[\">= 0\"]");
        let report = ("\"fix\"", "\"report\"");
        let fixed = ("[timeline]", "[timeline]\nfixed = 2026-11-03T00:00:00Z");
        for edits in [
            &[open, report][..],
            &[open, (COMMIT, "")],
            &[open, (COMMIT, ""), report, fixed],
        ] {
            let said = said_after(edits);
            assert!(said.contains("range-open"), "{edits:?}: {said}");
        }
    }
}
