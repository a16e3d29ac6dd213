//! Owns the rule `package-repository-missing`: a package of caveat.toml says where its source is.

use caveat_diag::Level;
use caveat_versions::{Ecosystem, Order};

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "package-repository-missing",
    says: "a package of caveat.toml says where its source is",
    why: "Only with a repository can commits be published: as links on pages, and as git ranges for whoever \
        builds from source.",
    example: r#"# caveat.toml
[[package]]
key = "torch"
ecosystem = "PyPI"
name = "torch"
# advisories/2026/x_T-2026-0001.toml
[[affected]]
package = "torch"
versions = ["< 1.2.0"]
"#,
    instead: r#"# caveat.toml
[[package]]
key = "torch"
ecosystem = "PyPI"
name = "torch"
repository = "https://github.com/pytorch/pytorch"
"#,
    level: Level::Note,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let document = finder.facts.project;
    for (at, package) in document.data().packages.iter().enumerate() {
        if package.repository.is_none() && !is_of_a_distribution(&package.ecosystem) {
            let message = format!("nobody knows where the source of `{}` is", package.name);
            let found = finder.at(document, &format!("package[{at}].name"), message);
            finder.push(found.help("add `repository = \"https://...\"`"));
        }
    }
}

/// A distribution carries sources of others, and often has a place for its packages that is no repository.
fn is_of_a_distribution(ecosystem: &str) -> bool {
    let order = Ecosystem::parse(ecosystem)
        .ok()
        .and_then(|ecosystem| ecosystem.order());
    matches!(order, Some(Order::Apk | Order::Debian | Order::Rpm))
}

#[cfg(test)]
mod tests {
    use crate::tests::said_of_project_after;

    #[test]
    fn packages_of_distributions_need_no_repository() {
        let curl = "[[package]]\necosystem = \"Debian\"\nname = \"curl\"\n[mail]";
        assert_eq!(said_of_project_after(&[("[mail]", curl)]), "");
        let npm = "[[package]]\necosystem = \"npm\"\nname = \"a\"\n[mail]";
        let said = said_of_project_after(&[("[mail]", npm)]);
        assert!(said.contains("note[package-repository-missing]"), "{said}");
    }
}
