//! Owns the rule `package-spelling`: one package is written one way in all of the feed.

use std::collections::BTreeMap;

use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "package-spelling",
    says: "one package is written one way in all of the feed",
    why: "Registries such as NuGet take `Newton.Json` and `newton.json` for one package, scanners and file systems may \
        not: half of its advisories would be found under each name.",
    example: r#"# advisories/2026/x_T-2026-0001.toml
aliases = []
affected = [{ ecosystem = "NuGet", name = "Newton.Json", versions = ["< 2.0.0"] }]
# advisories/2026/x_T-2026-0002.toml
aliases = []
affected = [{ ecosystem = "NuGet", name = "newton.json", versions = ["< 3.0.0"] }]
"#,
    instead: r#"# advisories/2026/x_T-2026-0001.toml
aliases = []
affected = [{ ecosystem = "NuGet", name = "Newton.Json", versions = ["< 2.0.0"] }]
# advisories/2026/x_T-2026-0002.toml
aliases = []
affected = [{ ecosystem = "NuGet", name = "Newton.Json", versions = ["< 3.0.0"] }]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let candidates = finder.facts.candidates;
    let mut seen: BTreeMap<String, (&str, usize, usize)> = BTreeMap::new();
    for (at, candidate) in candidates.iter().enumerate() {
        for (row, of) in candidate.rows.iter().enumerate() {
            let Ok(package) = &of.package else { continue };
            // Where capitals matter, as in Go modules, paths differ.
            let path =
                caveat_versions::package_path(&package.ecosystem, &package.name).to_lowercase();
            let (first, other, place) = *seen.entry(path).or_insert((&package.name, at, row));
            if first != package.name {
                let earlier = &candidates[other].document;
                let message = format!("`{}` is written `{first}` elsewhere", package.name);
                let found = finder.at(
                    &candidate.document,
                    &format!("affected[{row}].name"),
                    message,
                );
                let there = earlier.at(&format!("affected[{place}].name"));
                finder.push(
                    found
                        .also(earlier.source(), there, "there")
                        .help("write both as the registry does"),
                );
            }
        }
    }
}
