//! Owns the rule `affected-unsupported`: an advisory about versions without support says what else there is.

use caveat_diag::Level;
use caveat_versions::{Interval, Ranges};

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "affected-unsupported",
    says: "an advisory about versions without support says what else there is",
    why: "All versions that it names get nothing any more, says the policy. Readers should be told to \
        move on, and maintainers should know that they did not look at the versions that are \
        supported by chance only.",
    example: r#"# caveat.toml
[policy]
support-default = "end-of-life"

[[policy.support]]
versions = ">= 1.0.0, < 2.0.0"
status = "security"

# advisories/2026/x_T-2026-0001.toml
[[affected]]
package = "torch"
versions = ["< 0.9.0"]
"#,
    instead: r#"# caveat.toml
[policy]
support-default = "end-of-life"

[[policy.support]]
versions = ">= 1.0.0, < 2.0.0"
status = "security"

# advisories/2026/x_T-2026-0001.toml
[[affected]]
package = "torch"
versions = ["< 1.0.1"]
"#,
    level: Level::Note,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let facts = finder.facts;
    if !candidate.stands() || facts.support.lines.is_empty() {
        return;
    }
    let rows = 0..candidate.rows.len();
    let ended = |row: usize| {
        let package = candidate.declared(row, facts)?;
        let branches = candidate.intervals(row).into_iter();
        let branches: Vec<Interval> = branches.map(|(_, branch)| branch.clone()).collect();
        let affected = Ranges::merge(&branches);
        let others = facts
            .support
            .ended(package, candidate.day(facts))
            .complement();
        Some(!affected.is_empty() && affected.intersection(&others).is_empty())
    };
    if !candidate.rows.is_empty() && rows.into_iter().all(|row| ended(row) == Some(true)) {
        let message = "every affected version is out of support";
        let found = finder.at(&candidate.document, "affected[0].versions", message);
        let field = "policy.support";
        let found = finder.also(found, field, "the support table");
        finder.push(
            found.help("check whether supported versions are affected, and name one to move to"),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    #[test]
    fn versions_of_which_nothing_is_said_are_not_out_of_support() {
        let page = |versions: &str, default: &str| {
            format!(
                "# caveat.toml\n[policy]\n{default}\n[[policy.support]]\nversions = \"< 1.0.0\"\nstatus = \"end-of-life\"\n\
                 # advisories/2026/x_T-2026-0001.toml\n[[affected]]\npackage = \"torch\"\nversions = [\"{versions}\"]\n"
            )
        };
        let code = "affected-unsupported";
        assert!(breaks(code, &page("< 0.9.0", "")));
        assert!(!breaks(code, &page("< 1.0.1", "")));
        assert!(breaks(
            code,
            &page("< 1.0.1", "support-default = \"end-of-life\"")
        ));
        assert!(!breaks(
            code,
            &page("< 1.0.1", "support-default = \"full\"")
        ));
    }
}
