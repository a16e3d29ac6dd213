//! Owns the rule `revision-fix-reverted`: a version that was called fixed is not taken back in silence.

use caveat_advisory::Advisory;
use caveat_diag::{Level, quoted};
use caveat_versions::{Interval, Version};

use crate::book::PackageId;
use crate::candidate::{Candidate, Row};
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "revision-fix-reverted",
    says: "a revision that takes back a fix says so",
    why: "Whoever upgraded to that version believes to be safe. A fix that was backed out, or never was in the release, is \
        told by name: in the list of changed fields it looks like any other correction.",
    example: r#"# was advisories/2026/x_T-2026-0001.toml
affected = [{ package = "torch", versions = [">= 1.0.0, < 2.0.0"] }]
revision = [{ at = 2026-11-18T12:00:00Z, note = "First published." }]
# advisories/2026/x_T-2026-0001.toml
affected = [{ package = "torch", versions = [">= 1.0.0, < 2.0.1"] }]
revision = [
  { at = 2026-11-18T12:00:00Z, note = "First published." },
  { at = 2026-11-19T12:00:00Z, note = "Correct the fix.", changed = [{ field = "affected[torch].versions", from = ">= 1.0.0, < 2.0.0", to = ">= 1.0.0, < 2.0.1" }] },
]
"#,
    instead: r#"# was advisories/2026/x_T-2026-0001.toml
affected = [{ package = "torch", versions = [">= 1.0.0, < 2.0.0"] }]
revision = [{ at = 2026-11-18T12:00:00Z, note = "First published." }]
# advisories/2026/x_T-2026-0001.toml
affected = [{ package = "torch", versions = [">= 1.0.0, < 2.0.1"] }]
revision = [
  { at = 2026-11-18T12:00:00Z, note = "First published." },
  { at = 2026-11-19T12:00:00Z, note = "Correct the fix.", changed = [{ field = "affected[torch].versions", from = ">= 1.0.0, < 2.0.0", to = ">= 1.0.0, < 2.0.1" }], fix-reverted = "It was backed out before 2.0.0 was tagged." },
]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let document = &candidate.document;
    let now = candidate.advisory();
    for (at, revision) in now.revisions.iter().enumerate() {
        if revision.fix_reverted.is_some() && (at == 0 || revision.editorial) {
            let message = if at == 0 {
                "nothing was called fixed before"
            } else {
                "readers have to hear of this: it is not editorial"
            };
            let found = finder.at(document, &format!("revision[{at}].fix-reverted"), message);
            finder.push(found.help("say it in the revision that took the fix back"));
        }
    }
    let Some(before) = &candidate.witness.public.before else {
        return;
    };
    let seen = before.revisions.last().map(|last| last.at);
    let mut newer = now.revisions.iter().filter(|one| Some(one.at) > seen);
    if newer.any(|one| one.fix_reverted.is_some()) {
        return;
    }
    let Some((row, version)) = reverted(finder, before, candidate) else {
        return;
    };
    let last = now.revisions.len().saturating_sub(1);
    let message = format!(
        "{} was called fixed, and is affected now",
        quoted(&version.to_string())
    );
    let found = finder.at(document, &format!("revision[{last}]"), message);
    let place = document.at(&format!("affected[{row}].versions"));
    let found = found.also(document.source(), place, "affected here");
    finder.push(
        found.help("`fix-reverted = \"reason\"` in this revision tells those who upgraded to it"),
    );
}

/// The first version that was called fixed and is affected now, with its row.
fn reverted(
    finder: &Finder<'_>,
    before: &Advisory,
    candidate: &Candidate,
) -> Option<(usize, Version)> {
    let project = finder.facts.project.data();
    let old = before.affected.iter().map(|row| Row::new(row, project));
    let fixed: Vec<(PackageId, Version)> = old.flat_map(fixes).collect();
    let rows = candidate.rows.iter().enumerate();
    let mut found = rows.flat_map(|(at, row)| {
        let package = row.package.as_ref().ok();
        let same = fixed
            .iter()
            .filter(move |(id, _)| package.is_some_and(|one| one == id));
        same.map(move |(_, version)| (at, version))
    });
    let affected = |(at, version): &(usize, &Version)| {
        let branches = candidate.intervals(*at);
        branches.iter().any(|(_, branch)| branch.contains(version))
    };
    found
        .find(affected)
        .map(|(at, version)| (at, version.clone()))
}

fn fixes(row: Row) -> Vec<(PackageId, Version)> {
    let Ok(package) = row.package else {
        return Vec::new();
    };
    let branches = row
        .branches
        .iter()
        .filter_map(|branch| branch.as_ref().ok());
    let fixed = branches.filter_map(Interval::fixed);
    fixed
        .map(|version| (package.clone(), version.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::tests::{ADVISORY, said_once_published};

    const LATER: (&str, &str) = ("< 2.1.0", "< 2.1.1");
    const TOLD: &str = "note = \"The fix was backed out.\"\nchanged = [{ field = \"affected[torch].versions\" }]\n";
    const WHY: &str = "fix-reverted = \"It broke the loader.\"\n";

    fn said(edit: (&str, &str), more: &str) -> String {
        said_once_published(&[edit], &format!("{TOLD}{more}"))
    }

    #[test]
    fn a_fix_that_counts_no_more_is_told_with_its_reason() {
        let text = said(LATER, "");
        let says = "warning[revision-fix-reverted]: `2.1.0` was called fixed, and is affected now";
        assert!(text.contains(says), "{text}");
        assert_eq!(said(LATER, WHY), "");
    }

    #[test]
    fn a_fix_that_moves_to_an_earlier_version_or_another_branch_is_none_that_was_taken_back() {
        for edit in [("< 2.1.0", "< 2.0.9"), (">= 2.0.0", ">= 1.9.0")] {
            let text = said(edit, "");
            assert!(!text.contains("revision-fix-reverted"), "{edit:?}: {text}");
        }
    }

    #[test]
    fn what_was_a_fix_in_one_package_is_none_in_another() {
        let other = "[[affected]]\necosystem = \"npm\"\nname = \"torchling\"\nversions = [\">= 2.0.0, < 3.0.0\"]\n[[reference]]";
        let told = "note = \"More.\"\nchanged = [{ field = \"affected[npm/torchling]\" }]\n";
        let text = said_once_published(&[("[[reference]]", other)], told);
        assert!(!text.contains("revision-fix-reverted"), "{text}");
    }

    #[test]
    fn nothing_is_taken_back_in_the_first_revision_or_in_passing() {
        let first = ADVISORY.replacen(
            "First published.\"",
            &format!("First published.\"\n{WHY}"),
            1,
        );
        let text = crate::tests::said_of_text(&first);
        assert!(text.contains("nothing was called fixed before"), "{text}");
        let text = said(LATER, &format!("editorial = true\n{WHY}"));
        assert!(text.contains("it is not editorial"), "{text}");
    }
}
