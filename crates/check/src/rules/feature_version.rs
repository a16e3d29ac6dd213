//! Owns the rule `feature-version`: a feature that must be in use exists in the affected versions.
//! Must never judge features of packages that list none.

use caveat_advisory::{Feature, nearest};
use caveat_diag::{Level, quoted};
use caveat_versions::{Interval, Order, Upper, Version};

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};
use crate::support::order;

pub(super) static RULE: Rule = Rule {
    code: "feature-version",
    says: "a feature that must be in use exists in the affected versions",
    why: "Users whose versions never had the feature are told to look for it, or the range or the name is wrong \
        and those who are affected do not notice.",
    example: r#"# caveat.toml
[[package]]
key = "torch"
ecosystem = "PyPI"
name = "torch"
repository = "https://github.com/pytorch/pytorch"
feature = [{ name = "distributed", since = "1.5.0" }]
# advisories/2026/x_T-2026-0001.toml
[[affected]]
package = "torch"
versions = ["< 1.2.0"]
features = ["distributed"]
"#,
    instead: r#"# caveat.toml
[[package]]
key = "torch"
ecosystem = "PyPI"
name = "torch"
repository = "https://github.com/pytorch/pytorch"
feature = [{ name = "distributed", since = "1.1.0" }]
# advisories/2026/x_T-2026-0001.toml
[[affected]]
package = "torch"
versions = [">= 1.1.0, < 1.2.0"]
features = ["distributed"]
"#,
    level: Level::Error,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    for (row, affected) in candidate.advisory().affected.iter().enumerate() {
        let Some(package) = candidate.declared(row, finder.facts) else {
            continue;
        };
        let listed = &finder.facts.project.data().packages[package].features;
        if listed.is_empty() {
            continue;
        }
        for (nth, name) in affected.features.iter().enumerate() {
            match listed.iter().position(|feature| feature.name == *name) {
                Some(feature) => exists(finder, candidate, (row, nth), (package, feature)),
                None => unknown(finder, candidate, (row, nth), package),
            }
        }
    }
}

fn unknown(
    finder: &mut Finder<'_>,
    candidate: &Candidate,
    (row, nth): (usize, usize),
    package: usize,
) {
    let listed = &finder.facts.project.data().packages[package];
    let name = &candidate.advisory().affected[row].features[nth];
    let field = format!("affected[{row}].features[{nth}]");
    let message = format!("{} has no feature {}", listed.title, quoted(name));
    let found = finder.at(&candidate.document, &field, message);
    let list = format!("package[{package}].feature[0].name");
    let found = finder.also(found, &list, "its features begin here");
    let names = listed.features.iter().map(|feature| feature.name.as_str());
    let near = nearest(name, names).map(|near| format!("did you mean `{near}`?"));
    let help = "add it to the features of the package, with the version that it came with";
    finder.push(found.help(near.unwrap_or_else(|| help.to_owned())));
}

/// Every branch has a version with the feature.
fn exists(
    finder: &mut Finder<'_>,
    candidate: &Candidate,
    (row, nth): (usize, usize),
    (package, feature): (usize, usize),
) {
    let listed = &finder.facts.project.data().packages[package];
    let Some(span) = order(listed).and_then(|order| span(order, &listed.features[feature])) else {
        return;
    };
    for (field, branch) in candidate.intervals(row) {
        if branch.overlaps(&span) {
            continue;
        }
        let name = quoted(&listed.features[feature].name);
        let message = format!("no version of this range has the feature {name}");
        let found = finder.at(&candidate.document, &field, message);
        let named = format!("affected[{row}].features[{nth}]");
        let document = &candidate.document;
        let found = found.also(document.source(), document.at(&named), "needed here");
        let place = format!("package[{package}].feature[{feature}].name");
        let found = finder.also(found, &place, format!("it is in {}", span.words()));
        finder.push(found.help("mend the range, the name or the versions of the feature"));
    }
}

/// The versions that have it; none where they cannot be read.
fn span(order: Order, feature: &Feature) -> Option<Interval> {
    let read = |text: &String| Version::parse(order, text).ok();
    let lower = match &feature.since {
        Some(since) => Some(read(since)?),
        None => None,
    };
    let upper = match &feature.removed {
        Some(removed) => Upper::Fixed(read(removed)?),
        None => Upper::Open,
    };
    Interval::new(lower, upper)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::tests::breaks;

    #[test]
    fn a_feature_is_known_and_one_of_its_versions_is_in_every_range() {
        let page = |from: &str, to: &str| {
            assert!(RULE.instead.contains(from), "{from}");
            breaks(RULE.code, &RULE.instead.replace(from, to))
        };
        assert!(page("features = [\"dis", "features = [\"Dis"));
        assert!(page("[\">= 1.1.0,", "[\"< 1.0.0\", \">= 1.1.0,"));
        assert!(page("since = \"1.1.0\"", "removed = \"1.1.0\""));
        assert!(!page("since = \"1.1.0\"", "removed = \"1.1.1\""));
        assert!(!page(", since = \"1.1.0\"", ""));
        let none = "feature = [{ name = \"distributed\", since = \"1.1.0\" }]\n";
        assert!(!page(none, ""));
    }
}
