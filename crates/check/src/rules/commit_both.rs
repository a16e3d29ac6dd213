//! Owns the rule `commit-both`: no commit both brings a flaw and removes it.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "commit-both",
    says: "no commit both brings a flaw and removes it",
    why: "A range from a commit to itself holds nothing: tools that search git say that nobody was ever affected.",
    example: r#"[[affected]]
package = "torch"
versions = ["< 1.2.0"]
introduced-by = ["0123456789abcdef0123456789abcdef01234567"]
fixed-by = ["0123456789abcdef0123456789abcdef01234567"]
"#,
    instead: r#"[[affected]]
package = "torch"
versions = ["< 1.2.0"]
introduced-by = ["89abcdef0123456789abcdef0123456789abcdef"]
fixed-by = ["0123456789abcdef0123456789abcdef01234567"]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let document = &candidate.document;
    for (at, affected) in candidate.advisory().affected.iter().enumerate() {
        for (nth, commit) in affected.fixed_by.iter().enumerate() {
            let Some(first) = affected
                .introduced_by
                .iter()
                .position(|other| other == commit)
            else {
                continue;
            };
            let field = format!("affected[{at}].fixed-by[{nth}]");
            let other = document.at(&format!("affected[{at}].introduced-by[{first}]"));
            let found = finder
                .at(
                    document,
                    &field,
                    "this commit is said to have brought the flaw too",
                )
                .also(document.source(), other, "here");
            finder.push(found.help("correct one of the two"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    #[test]
    fn a_fix_in_one_package_may_bring_a_flaw_in_another() {
        let hash = "0123456789abcdef0123456789abcdef01234567";
        let other = format!(
            "[[affected]]\npackage = \"other\"\nversions = [\"< 1.0.0\"]\nintroduced-by = [\"{hash}\"]\n[[reference]]"
        );
        let said = said_after(&[("[[reference]]", &other)]);
        assert!(!said.contains("commit-both"), "{said}");
    }
}
