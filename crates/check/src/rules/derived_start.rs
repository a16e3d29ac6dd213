//! Owns the rule `derived-start`: where the history of code is known, a commit shows where the flaw begins.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "derived-start",
    says: "where the history of code is known, a commit shows where the flaw begins",
    why: "Nothing but the word of the author says that older versions do not have the flaw: they do not contain the fix. \
        Starts are guessed more often than ends, and whoever runs an old version is told to be safe.",
    example: r#"# advisories/2026/x_T-2026-0001.toml
[[affected]]
package = "torch"
versions = [">= 1.0.0, < 1.2.0"]
fixed-by = ["89abcdef0123456789abcdef0123456789abcdef"]
# advisories/2026/x_T-2026-0001.lock
format = 1
[[package]]
ecosystem = "PyPI"
name = "torch"
repository = "https://github.com/pytorch/pytorch"
fixed-by = ["89abcdef0123456789abcdef0123456789abcdef"]
tagged = [
  { tag = "v0.9.0", version = "0.9.0", commit = "0123456789abcdef0123456789abcdef01234567", verdict = "affected" },
]
"#,
    instead: r#"# advisories/2026/x_T-2026-0001.toml
[[affected]]
package = "torch"
versions = [">= 1.0.0, < 1.2.0"]
introduced-by = ["456789abcdef0123456789abcdef0123456789ab"]
fixed-by = ["89abcdef0123456789abcdef0123456789abcdef"]
# advisories/2026/x_T-2026-0001.lock
format = 1
[[package]]
ecosystem = "PyPI"
name = "torch"
repository = "https://github.com/pytorch/pytorch"
introduced-by = ["456789abcdef0123456789abcdef0123456789ab"]
fixed-by = ["89abcdef0123456789abcdef0123456789abcdef"]
tagged = [
  { tag = "v0.9.0", version = "0.9.0", commit = "0123456789abcdef0123456789abcdef01234567", verdict = "never" },
]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    if candidate.advisory().withdrawn.is_some() {
        return;
    }
    for (at, written) in candidate.advisory().affected.iter().enumerate() {
        let tags = finder.tags_of(candidate, at);
        let Some(locked) = candidate.fresh(at, tags) else {
            continue;
        };
        let older = locked.older(&candidate.rows[at]);
        let Some((nth, last)) = older.last().filter(|_| written.differs_from_git.is_none()) else {
            continue;
        };
        let place = format!("package[{}].tagged[{nth}]", locked.at);
        let found = finder.at(
            &candidate.document,
            &format!("affected[{at}].versions"),
            format!(
                "no commit shows that `{}` does not have the flaw",
                last.version
            ),
        );
        let why = format!("{} contains no fix", last.tag);
        let found = found.also(locked.document.source(), locked.document.at(&place), why);
        let count = format!("tags from before the stated start: {}", older.len());
        finder.push(found.note(count).help(
            "name the commit that brought the flaw in `introduced-by`, or say in `differs-from-git` how the start is known",
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::tests::said_of_example;

    #[test]
    fn a_start_without_a_commit_is_no_disagreement() {
        let said = said_of_example(RULE.example);
        assert!(!said.contains("derived-disagrees"), "{said}");
        let after = RULE.example.replace("0.9.0", "1.2.0");
        let said = said_of_example(&after);
        assert!(
            said.contains("derived-disagrees") && !said.contains("derived-start"),
            "{said}"
        );
    }
}
