//! Owns the rule `package-feature`: a feature comes and goes with releases that exist, and is listed once.

use caveat_advisory::Package;
use caveat_diag::{Level, quoted};
use caveat_versions::{Order, Version};

use crate::rule::{Finder, Rule, Run};
use crate::support::order;

pub(super) static RULE: Rule = Rule {
    code: "package-feature",
    says: "a feature comes and goes with releases that exist, and is listed once",
    why: "Advisories that need a feature are held against these versions. One that was never released \
        acquits or accuses the wrong users.",
    example: r#"# caveat.toml
[[package]]
key = "torch"
ecosystem = "PyPI"
name = "torch"
repository = "https://github.com/pytorch/pytorch"
releases = ["1.0.0", "1.1.0"]
feature = [{ name = "distributed", since = "1.0.1" }]
"#,
    instead: r#"# caveat.toml
[[package]]
key = "torch"
ecosystem = "PyPI"
name = "torch"
repository = "https://github.com/pytorch/pytorch"
releases = ["1.0.0", "1.1.0"]
feature = [{ name = "distributed", since = "1.1.0" }]
"#,
    level: Level::Error,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    for (at, package) in finder.facts.project.data().packages.iter().enumerate() {
        twins(finder, at, package);
        let Some(order) = order(package) else {
            continue;
        };
        for nth in 0..package.features.len() {
            let of = Place { at, nth, package };
            let since = of.version(finder, order, "since");
            let removed = of.version(finder, order, "removed");
            if let (Some(since), Some(removed)) = (since, removed)
                && since >= removed
            {
                let found = finder.project(&of.field("removed"), "this is not after its beginning");
                finder.push(finder.also(found, &of.field("since"), "it begins here"));
            }
        }
    }
}

fn twins(finder: &mut Finder<'_>, at: usize, package: &Package) {
    for (nth, feature) in package.features.iter().enumerate() {
        let mut earlier = package.features[..nth].iter();
        if let Some(first) = earlier.position(|other| other.name == feature.name) {
            let field = |nth| format!("package[{at}].feature[{nth}].name");
            let found = finder.project(&field(nth), "this feature is listed twice");
            finder.push(finder.also(found, &field(first), "first here"));
        }
    }
}

/// One feature of one package.
struct Place<'a> {
    at: usize,
    nth: usize,
    package: &'a Package,
}

impl Place<'_> {
    fn field(&self, key: &str) -> String {
        format!("package[{}].feature[{}].{key}", self.at, self.nth)
    }

    /// The version of one key, if it can be read; what is wrong with it is told.
    fn version(&self, finder: &mut Finder<'_>, order: Order, key: &str) -> Option<Version> {
        let feature = &self.package.features[self.nth];
        let written = match key {
            "since" => feature.since.as_ref(),
            _ => feature.removed.as_ref(),
        };
        let written = written?;
        let version = match Version::parse(order, written) {
            Ok(version) => version,
            Err(error) => {
                let found = finder.project(&self.field(key), &error.message);
                let help = error.help.as_deref();
                finder.push(found.help(help.unwrap_or("write it as it was released")));
                return None;
            }
        };
        self.is_released(finder, order, key, &version);
        Some(version)
    }

    /// Without a list nobody knows what was released.
    fn is_released(&self, finder: &mut Finder<'_>, order: Order, key: &str, version: &Version) {
        let list = format!("package[{}].releases", self.at);
        let mut releases = self.package.releases.iter();
        let same = |text: &String| Version::parse(order, text).is_ok_and(|one| one == *version);
        if !finder.facts.project.has(&list) || releases.any(same) {
            return;
        }
        let message = format!("{} was never released", quoted(&version.to_string()));
        let found = finder.project(&self.field(key), message);
        let found = finder.also(found, &list, "all releases");
        finder.push(found.help("name the first release that is so, or add it to `releases`"));
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_of_project_after;

    fn said(features: &str) -> String {
        let package = format!("name = \"torch\"\nfeature = [{features}]");
        said_of_project_after(&[("name = \"torch\"", &package)])
    }

    #[test]
    fn what_cannot_be_is_found_without_a_list_of_releases() {
        for features in [
            "{ name = \"a\", since = \"one\" }",
            "{ name = \"a\", since = \"2.0\", removed = \"1.0\" }",
            "{ name = \"a\", since = \"2.0\", removed = \"2.0.0\" }",
            "{ name = \"a\" }, { name = \"a\" }",
        ] {
            assert!(said(features).contains("[package-feature]"), "{features}");
        }
        assert_eq!(
            said("{ name = \"a\", since = \"1.0\", removed = \"2.0\" }"),
            ""
        );
    }
}
