//! Owns the rule `commit-repeated`: a commit is listed once.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "commit-repeated",
    says: "a commit is listed once",
    why: "A commit that stands twice in a list is most often the copy of one that should have been another: the \
        fix of the second branch is missing.",
    example: r#"[[affected]]
package = "torch"
versions = ["< 1.2.0"]
fixed-by = [
  "0123456789abcdef0123456789abcdef01234567",
  "0123456789abcdef0123456789abcdef01234567",
]
"#,
    instead: r#"[[affected]]
package = "torch"
versions = ["< 1.2.0"]
fixed-by = ["0123456789abcdef0123456789abcdef01234567"]
"#,
    level: Level::Error,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    for (at, affected) in candidate.advisory().affected.iter().enumerate() {
        for (name, commits) in [
            ("introduced-by", &affected.introduced_by),
            ("fixed-by", &affected.fixed_by),
        ] {
            repeated(
                finder,
                candidate,
                &format!("affected[{at}].{name}"),
                commits,
            );
        }
    }
}

fn repeated(finder: &mut Finder<'_>, candidate: &Candidate, list: &str, commits: &[String]) {
    let document = &candidate.document;
    let mut seen = std::collections::BTreeMap::new();
    for (nth, commit) in commits.iter().enumerate() {
        let Some(first) = seen.get(commit) else {
            seen.insert(commit, nth);
            continue;
        };
        let first = document.at(&format!("{list}[{first}]"));
        let found = finder
            .at(
                document,
                &format!("{list}[{nth}]"),
                "this commit is listed twice",
            )
            .also(document.source(), first, "first listed here");
        finder.push(found.help("remove one of the two, or name the commit that was meant"));
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    #[test]
    fn one_commit_may_fix_two_packages() {
        let hash = "0123456789abcdef0123456789abcdef01234567";
        let other = format!(
            "[[affected]]\npackage = \"other\"\nversions = [\"< 1.0.0\"]\nfixed-by = [\"{hash}\"]\n[[reference]]"
        );
        let said = said_after(&[("[[reference]]", &other)]);
        assert!(!said.contains("commit-repeated"), "{said}");
    }
}
