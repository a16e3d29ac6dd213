//! Owns the rule `policy-document-version`: the version of the policy is its own, not that of a product.

use caveat_advisory::Package;
use caveat_diag::{Level, quoted};
use caveat_versions::Version;

use crate::rule::{Finder, Rule, Run};
use crate::support::order;

pub(super) static RULE: Rule = Rule {
    code: "policy-document-version",
    says: "the version of the policy is its own, not that of a product",
    why: "A policy changes when promises change, not when software is released. With one number for \
        both, nobody can say which text held when a report was made.",
    example: r#"# caveat.toml
[[package]]
key = "torch"
ecosystem = "PyPI"
name = "torch"
repository = "https://github.com/pytorch/pytorch"
releases = ["1.0.0", "1.2.0"]

[policy.document]
version = "1.2.0"
updated = 2026-08-01
next-review = 2027-05-01
"#,
    instead: r#"# caveat.toml
[[package]]
key = "torch"
ecosystem = "PyPI"
name = "torch"
repository = "https://github.com/pytorch/pytorch"
releases = ["1.0.0", "1.2.0"]

[policy.document]
version = "2"
updated = 2026-08-01
next-review = 2027-05-01
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let Some(document) = &finder.facts.policy().document else {
        return;
    };
    for (at, package) in finder.facts.project.data().packages.iter().enumerate() {
        let Some((nth, latest)) = latest(package) else {
            continue;
        };
        if latest == document.version.trim_start_matches('v') {
            let message = format!("this is the latest version of {}", quoted(&package.key));
            let found = finder.project("policy.document.version", message);
            let field = format!("package[{at}].releases[{nth}]");
            let found = finder.also(found, &field, "the release");
            finder
                .push(found.help("number the text by itself: `1`, `2`, or the date of the change"));
        }
    }
}

/// The highest release, without `v`, and its place in the list.
fn latest(package: &Package) -> Option<(usize, &str)> {
    let order = order(package)?;
    let releases = package.releases.iter().enumerate();
    let versions =
        releases.filter_map(|(nth, text)| Some((Version::found(order, text).ok()?, nth)));
    let (_, nth) = versions.max()?;
    Some((nth, package.releases[nth].trim_start_matches('v')))
}
