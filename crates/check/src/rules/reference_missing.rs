//! Owns the rule `reference-missing`: an advisory links to something that bears it out.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "reference-missing",
    says: "an advisory links to something that bears it out",
    why: "Without a single link nobody can check a claim, see the fix or follow what came after. Databases that \
        take advisories over ask for at least one.",
    example: r#"reference = []

[[affected]]
package = "torch"
versions = [">= 1.0.0, <= 1.1.9"]
"#,
    instead: r#"[[reference]]
type = "fix"
url = "https://github.com/pytorch/pytorch/pull/1"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let advisory = candidate.advisory();
    // A commit becomes a link where the package's repository is known.
    let linked = candidate
        .rows
        .iter()
        .zip(&advisory.affected)
        .any(|(row, affected)| {
            let mut commits = affected.fixed_by.iter().chain(&affected.introduced_by);
            let package = row.package.as_ref();
            package.is_ok_and(|package| commits.any(|commit| package.commit_url(commit).is_some()))
        });
    if advisory.references.is_empty() && !linked && candidate.stands() {
        let found = finder.at(
            &candidate.document,
            "reference",
            "this advisory links to nothing",
        );
        finder.push(found.help("add `[[reference]]` with the fix, the report or another advisory"));
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    #[test]
    fn a_commit_of_a_known_repository_becomes_a_link() {
        let reference = "[[reference]]\ntype = \"fix\"\nurl = \"https://example.org/fix\"\n";
        assert_eq!(said_after(&[(reference, "")]), "");
    }
}
