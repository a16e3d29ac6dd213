//! Owns the rule `package-releases`: the releases of a package are versions, each written once.

use caveat_diag::Level;
use caveat_versions::Version;
use std::collections::BTreeMap;

use crate::rule::{Finder, Rule, Run};
use crate::support::order;

pub(super) static RULE: Rule = Rule {
    code: "package-releases",
    says: "the releases of a package are versions, each written once",
    why: "The support table and every advisory are held against this list. A release that cannot be \
        read is one that nobody finds affected.",
    example: r#"# caveat.toml
[[package]]
key = "torch"
ecosystem = "PyPI"
name = "torch"
repository = "https://github.com/pytorch/pytorch"
releases = ["1.0.0", "1.0.1 beta"]
"#,
    instead: r#"# caveat.toml
[[package]]
key = "torch"
ecosystem = "PyPI"
name = "torch"
repository = "https://github.com/pytorch/pytorch"
releases = ["1.0.0", "1.0.1b0"]
"#,
    level: Level::Error,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    for (at, package) in finder.facts.project.data().packages.iter().enumerate() {
        let Some(order) = order(package) else {
            continue;
        };
        let mut seen: BTreeMap<Version, usize> = BTreeMap::new();
        for (nth, text) in package.releases.iter().enumerate() {
            let field = |nth| format!("package[{at}].releases[{nth}]");
            let version = match Version::parse(order, text) {
                Ok(version) => version,
                Err(error) => {
                    let found = finder.project(&field(nth), &error.message);
                    let help = error.help.as_deref();
                    finder.push(found.help(help.unwrap_or("write it as it was released")));
                    continue;
                }
            };
            if let Some(first) = seen.get(&version) {
                let found = finder.project(&field(nth), "this release is listed twice");
                finder.push(finder.also(found, &field(*first), "first here"));
            } else {
                seen.insert(version, nth);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_of_project_after;

    #[test]
    fn one_release_in_two_spellings_is_one() {
        let name = "name = \"torch\"";
        let said =
            |list: &str| said_of_project_after(&[(name, &format!("{name}\nreleases = {list}"))]);
        assert!(said("[\"1.0\", \"1.0.0\"]").contains("[package-releases]"));
        assert_eq!(said("[\"1.0\", \"1.0.1\"]"), "");
    }
}
