//! Owns the rule `version-spelling`: one version of a package is written one way in all of the feed.

use std::collections::BTreeMap;

use caveat_diag::Level;
use caveat_versions::{Upper, Version};

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "version-spelling",
    says: "one version of a package is written one way in all of the feed",
    why: "`2.0` and `2.0.0` are one version of a Python package. Written both ways, they become two releases: each with \
        its own release notes, and neither with all of them.",
    example: r#"# advisories/2026/x_T-2026-0001.toml
aliases = []
affected = [{ package = "torch", versions = ["< 2.0"] }]
# advisories/2026/x_T-2026-0002.toml
aliases = []
affected = [{ package = "torch", versions = ["< 2.0.0"] }]
"#,
    instead: r#"# advisories/2026/x_T-2026-0001.toml
aliases = []
affected = [{ package = "torch", versions = ["< 2.0.0"] }]
# advisories/2026/x_T-2026-0002.toml
aliases = []
affected = [{ package = "torch", versions = ["< 2.0.0"] }]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

/// A fixed version, and where it stands: the candidate and the field.
type Fix<'a> = (&'a Version, usize, String);

fn judge(finder: &mut Finder<'_>) {
    let candidates = finder.facts.candidates;
    let mut fixes: BTreeMap<(&str, &str), Vec<Fix<'_>>> = BTreeMap::new();
    for (at, candidate) in candidates.iter().enumerate() {
        for (row, of) in candidate.rows.iter().enumerate() {
            let Ok(package) = &of.package else { continue };
            let name = (package.ecosystem.as_str(), package.name.as_str());
            for (field, branch) in candidate.intervals(row) {
                if let Upper::Fixed(version) = branch.upper() {
                    fixes.entry(name).or_default().push((version, at, field));
                }
            }
        }
    }
    for mut fixes in fixes.into_values() {
        fixes.sort_by(|a, b| a.0.cmp(b.0));
        for pair in fixes.windows(2) {
            let [(first, at, place), (second, other, field)] = [&pair[0], &pair[1]];
            if first == second && release(first) != release(second) {
                let earlier = &candidates[*at].document;
                let message = format!("`{second}` is the version that is `{first}` elsewhere");
                let found = finder.at(&candidates[*other].document, field, message);
                finder.push(
                    found
                        .also(earlier.source(), earlier.at(place), "there")
                        .help("write both alike"),
                );
            }
        }
    }
}

/// Without build metadata: builds are equal in the order of `SemVer`, and releases of their own all the same.
fn release(version: &Version) -> String {
    let text = version.canonical();
    text.split('+').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    #[test]
    fn builds_of_one_version_are_releases_of_their_own() {
        let two = |a: &str, b: &str| {
            let package = "ecosystem = \"Julia\", name = \"ImageMagick_jll\"";
            format!(
                "# advisories/2026/x_T-2026-0001.toml\naliases = []\naffected = [{{ {package}, versions = [\"< {a}\"] }}]\n\
                 # advisories/2026/x_T-2026-0002.toml\naliases = []\naffected = [{{ {package}, versions = [\"< {b}\"] }}]\n"
            )
        };
        assert!(!breaks("version-spelling", &two("6.9.12+0", "6.9.12+3")));
    }
}
