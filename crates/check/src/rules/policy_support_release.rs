//! Owns the rule `policy-support-release`: a row of the support table holds a release, or is said to be unreleased.

use caveat_advisory::{Package, SupportStatus};
use caveat_diag::Level;
use caveat_versions::Version;

use crate::rule::{Finder, Rule, Run};
use crate::support::{Line, order};

pub(super) static RULE: Rule = Rule {
    code: "policy-support-release",
    says: "a row of the support table holds a release, or is said to be unreleased",
    why: "A version that is called supported is looked for and installed. Where it does not exist \
        yet, somebody else can publish under its name.",
    example: r#"# caveat.toml
[[package]]
key = "torch"
ecosystem = "PyPI"
name = "torch"
repository = "https://github.com/pytorch/pytorch"
releases = ["1.0.0", "1.0.1"]

[policy]
support-default = "end-of-life"

[[policy.support]]
versions = ">= 1.0.0, < 1.1.0"
status = "end-of-life"

[[policy.support]]
versions = ">= 1.1.0, < 1.2.0"
status = "full"
"#,
    instead: r#"# caveat.toml
[[package]]
key = "torch"
ecosystem = "PyPI"
name = "torch"
repository = "https://github.com/pytorch/pytorch"
releases = ["1.0.0", "1.0.1"]

[policy]
support-default = "end-of-life"

[[policy.support]]
versions = ">= 1.0.0, < 1.1.0"
status = "end-of-life"

[[policy.support]]
versions = ">= 1.1.0, < 1.2.0"
status = "unreleased"
"#,
    level: Level::Error,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let facts = finder.facts;
    for line in &facts.support.lines {
        let package = format!("package[{}].releases", line.package);
        if !facts.project.has(&package) {
            continue;
        }
        let declared = &facts.project.data().packages[line.package];
        let first = first_release(declared, line);
        let field = format!("policy.support[{}].status", line.at);
        let (message, label, help) = match (line.status, first) {
            (SupportStatus::Unreleased, Some(_)) => (
                "this row is called unreleased, but it holds a release",
                "released here",
                "write `full` or `security`",
            ),
            (SupportStatus::Full | SupportStatus::Security, None) => (
                "this row holds no release",
                "all releases",
                "write `unreleased`, or add the release",
            ),
            _ => continue,
        };
        let place = first.map_or(package.clone(), |nth| format!("{package}[{nth}]"));
        let found = finder.also(finder.project(&field, message), &place, label);
        finder.push(found.help(help));
    }
}

/// The first release of the list that is in this row.
fn first_release(package: &Package, line: &Line) -> Option<usize> {
    let order = order(package)?;
    let within = |text: &String| {
        let version = Version::parse(order, text);
        version.is_ok_and(|version| line.versions.contains(&version))
    };
    package.releases.iter().position(within)
}

#[cfg(test)]
mod tests {
    use crate::tests::said_of_project_after;

    fn said(releases: &str, status: &str) -> String {
        let row = format!(
            "[[policy.support]]\nversions = \">= 1.0.0, < 1.1.0\"\nstatus = \"{status}\"\n[[policy.severity]]"
        );
        let releases = format!("name = \"torch\"\n{releases}");
        said_of_project_after(&[
            ("name = \"torch\"", &releases),
            ("[[policy.severity]]", &row),
        ])
    }

    #[test]
    fn without_a_list_of_releases_nothing_is_known() {
        assert!(!said("", "full").contains("release]"));
        assert!(said("releases = []", "full").contains("[policy-support-release]"));
        assert!(!said("releases = []", "unreleased").contains("support-release]"));
    }

    #[test]
    fn what_is_released_is_not_called_unreleased() {
        let said = said("releases = [\"0.9\", \"1.0.5\"]", "unreleased");
        assert!(said.contains("[policy-support-release]"), "{said}");
    }
}
