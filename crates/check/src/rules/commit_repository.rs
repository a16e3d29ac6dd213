//! Owns the rule `commit-repository`: where commits are named, the repository is known.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "commit-repository",
    says: "where commits are named, the repository is known",
    why: "A hash says nothing without the repository that it is from. Such commits are left out of records and \
        pages, silently: whoever wrote them down believes that they are published.",
    example: r#"[[affected]]
ecosystem = "npm"
name = "left-pad"
versions = ["< 1.2.0"]
fixed-by = ["0123456789abcdef0123456789abcdef01234567"]
"#,
    instead: r#"# caveat.toml
[[package]]
ecosystem = "npm"
name = "left-pad"
repository = "https://github.com/left-pad/left-pad"
# advisories/2026/x_T-2026-0001.toml
[[affected]]
package = "left-pad"
versions = ["< 1.2.0"]
fixed-by = ["0123456789abcdef0123456789abcdef01234567"]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let rows = candidate.rows.iter().zip(&candidate.advisory().affected);
    for (at, (row, affected)) in rows.enumerate() {
        let Ok(package) = &row.package else { continue };
        let field = match (affected.fixed_by.first(), affected.introduced_by.first()) {
            _ if package.repository.is_some() => continue,
            (Some(_), _) => "fixed-by",
            (None, Some(_)) => "introduced-by",
            (None, None) => continue,
        };
        let found = finder.at(
            &candidate.document,
            &format!("affected[{at}].{field}"),
            format!(
                "these commits are not published: `{}` has no repository",
                package.name
            ),
        );
        finder.push(found.help("add `repository` to its `[[package]]` in caveat.toml"));
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    #[test]
    fn a_package_that_is_spelled_out_has_the_repository_of_its_entry() {
        let spelled = (
            "package = \"torch\"",
            "ecosystem = \"PyPI\"\nname = \"torch\"",
        );
        assert_eq!(said_after(&[spelled]), "");
    }
}
