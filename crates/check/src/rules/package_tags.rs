//! Owns the rule `package-tags`: each pattern of `tags` has one place for the version.

use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "package-tags",
    says: "each pattern of `tags` has one place for the version",
    why: "A pattern without `{version}` fits no tag, so that nothing can be derived from the history of the code.",
    example: r#"# caveat.toml
[[package]]
key = "torch"
ecosystem = "PyPI"
name = "torch"
repository = "https://github.com/pytorch/pytorch"
tags = ["v1.0"]
"#,
    instead: r#"# caveat.toml
[[package]]
key = "torch"
ecosystem = "PyPI"
name = "torch"
repository = "https://github.com/pytorch/pytorch"
tags = ["v{version}"]
"#,
    level: Level::Error,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    for (at, package) in finder.facts.project.data().packages.iter().enumerate() {
        for (nth, pattern) in package.tags.iter().enumerate() {
            let places = pattern.matches("{version}").count();
            if places != 1 || pattern.contains(char::is_whitespace) {
                let field = format!("package[{at}].tags[{nth}]");
                let found = finder.project(&field, "this pattern does not have `{version}` once");
                finder
                    .push(found.help("write it as the tags are: `v{version}`, `torsh-{version}`"));
            }
        }
    }
}
