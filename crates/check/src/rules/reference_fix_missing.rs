//! Owns the rule `reference-fix-missing`: where a version is fixed, the fix can be looked at.

use caveat_advisory::ReferenceType;
use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "reference-fix-missing",
    says: "where a version is fixed, the fix can be looked at",
    why: "Distributions and whoever cannot upgrade need the change itself, to carry it over and to see whether \
        they are affected at all.",
    example: r#"[[reference]]
type = "report"
url = "https://github.com/pytorch/pytorch/issues/1"

[[affected]]
package = "torch"
versions = ["< 1.2.0"]
"#,
    instead: r#"[[reference]]
type = "report"
url = "https://github.com/pytorch/pytorch/issues/1"

[[affected]]
package = "torch"
versions = ["< 1.2.0"]
fixed-by = ["0123456789abcdef0123456789abcdef01234567"]
"#,
    level: Level::Note,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let advisory = candidate.advisory();
    let shown = advisory
        .references
        .iter()
        .any(|link| link.kind == ReferenceType::Fix)
        || advisory.affected.iter().any(|row| !row.fixed_by.is_empty());
    if shown || !candidate.stands() {
        return;
    }
    let fixed = (0..candidate.rows.len())
        .flat_map(|row| candidate.intervals(row))
        .find(|(_, branch)| branch.fixed().is_some());
    if let Some((field, _)) = fixed {
        let message = "a version is fixed, and nothing shows how";
        let found = finder.at(&candidate.document, &field, message);
        finder.push(found.help("add the commit to `fixed-by`, or a `[[reference]]` of type `fix`"));
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    #[test]
    fn either_a_link_or_a_commit_will_do() {
        let commit = "fixed-by = [\"0123456789abcdef0123456789abcdef01234567\"]";
        assert_eq!(said_after(&[(commit, "")]), "");
        assert_eq!(said_after(&[("type = \"fix\"", "type = \"web\"")]), "");
    }
}
