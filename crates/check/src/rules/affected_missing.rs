//! Owns the rule `affected-missing`: an advisory names at least one package, and each one once.

use caveat_diag::Level;

use crate::book::PackageId;
use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "affected-missing",
    says: "an advisory names at least one package, and each one once",
    why: "Scanners match by package. A record without one is never found, and a package named twice gives \
        two answers for one version.",
    example: r#"[[affected]]
package = "torch"
versions = ["< 1.2.0"]

[[affected]]
package = "torch"
versions = [">= 2.0.0, < 2.1.0"]
"#,
    instead: r#"[[affected]]
package = "torch"
versions = ["< 1.2.0", ">= 2.0.0, < 2.1.0"]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let document = &candidate.document;
    if candidate.rows.is_empty() {
        let found = finder.at(
            document,
            "affected",
            "this advisory names no affected package",
        );
        finder.push(found.help("add `[[affected]]` with `package` and `versions`"));
    }
    let packages: Vec<_> = candidate
        .rows
        .iter()
        .map(|row| row.package.as_ref().ok())
        .collect();
    for (at, package) in packages.iter().enumerate() {
        let name = |package: Option<&PackageId>| {
            package.map(|package| (package.ecosystem.to_string(), package.name.clone()))
        };
        let same = |other: Option<&PackageId>| package.is_some() && name(other) == name(*package);
        if let Some(first) = packages[..at].iter().position(|other| same(*other)) {
            let found = finder
                .at(
                    document,
                    &format!("affected[{at}]"),
                    "this package is named twice",
                )
                .also(
                    document.source(),
                    document.at(&format!("affected[{first}]")),
                    "first named here",
                );
            finder.push(found.help("put all its branches into one `versions = [...]`"));
        }
    }
}
