//! Owns the rule `workaround-missing`: where no version is fixed, readers are told what else to do.

use caveat_diag::Level;
use caveat_versions::Upper;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "workaround-missing",
    says: "where no version is fixed, readers are told what else to do",
    why: "A warning that cannot be acted on is muted, and stays muted when the fix comes. `Use another package` \
        or `keep it away from foreign input` is something to do.",
    example: r#"[[reference]]
type = "report"
url = "https://github.com/pytorch/pytorch/issues/1"

[[affected]]
package = "torch"
versions = [">= 1.0.0"]
"#,
    instead: r#"workaround = "Load files of your own only."

[[reference]]
type = "report"
url = "https://github.com/pytorch/pytorch/issues/1"

[[affected]]
package = "torch"
versions = [">= 1.0.0"]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    if candidate.advisory().workaround.is_some() || !candidate.stands() {
        return;
    }
    for row in 0..candidate.rows.len() {
        let explained = candidate.advisory().affected[row].no_fix.is_some();
        let branches = candidate.intervals(row);
        if explained || branches.iter().any(|(_, branch)| branch.fixed().is_some()) {
            continue;
        }
        // After a last affected version come others that are not: those can be installed.
        let open = branches
            .iter()
            .find(|(_, branch)| *branch.upper() == Upper::Open);
        if let Some((field, _)) = open {
            let found = finder.at(
                &candidate.document,
                field,
                "no version is fixed, and there is no workaround",
            );
            finder.push(found.help(
                "add `workaround`: a setting, a safe use, another package, or `There is none.`; or `no-fix` with a reason",
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    const VERSIONS: &str = "[\">= 1.0.0, < 1.2.0\", \">= 2.0.0, < 2.1.0\"]";

    #[test]
    fn a_later_version_without_the_flaw_is_something_to_do() {
        for versions in [
            "[\"= 1.0.0\"]",
            "[\">= 1.0.0, <= 1.2.0\"]",
            "[\"< 1.2.0\", \">= 2.0.0\"]",
        ] {
            let said = said_after(&[(VERSIONS, versions)]);
            assert!(!said.contains("workaround-missing"), "{versions}: {said}");
        }
    }
}
