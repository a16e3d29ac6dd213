//! Owns the rule `package-repository-missing`: a package of caveat.toml says where its source is.

use caveat_diag::Level;

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
        if package.repository.is_none() {
            let message = format!("nobody knows where the source of `{}` is", package.name);
            let found = finder.at(document, &format!("package[{at}].name"), message);
            finder.push(found.help("add `repository = \"https://...\"`"));
        }
    }
}
