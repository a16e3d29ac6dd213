//! Owns the rule `range-build-metadata`: no end of a range has build metadata that its order ignores.

use caveat_diag::Level;
use caveat_versions::{Order, Upper, Version};

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "range-build-metadata",
    says: "no end of a range has build metadata that its order ignores",
    why: "Semantic Versioning compares nothing after `+`: a range that ends in `1.2.0+2` ends in `1.2.0`, and \
        acquits `1.2.0+1`, which has the flaw. Some scanners compare text instead, and disagree.",
    example: r#"[[affected]]
ecosystem = "crates.io"
name = "torch-sys"
versions = ["< 1.2.0+2"]
"#,
    instead: r#"[[affected]]
ecosystem = "crates.io"
name = "torch-sys"
versions = ["< 1.2.1"]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let rows = candidate.rows.iter().zip(&candidate.advisory().affected);
    for (at, (row, affected)) in rows.enumerate() {
        let Ok(package) = &row.package else { continue };
        // Every version of Julia's binary packages has a build number, and Julia counts it.
        if package.ecosystem.order() != Some(Order::SemVer) || package.ecosystem.name() == "Julia" {
            continue;
        }
        for (nth, (branch, text)) in row.branches.iter().zip(&affected.versions).enumerate() {
            let Ok(branch) = branch else { continue };
            let upper = match branch.upper() {
                Upper::Fixed(version) | Upper::LastAffected(version) => Some(version),
                Upper::Open => None,
            };
            let mut ends = branch.lower().into_iter().chain(upper);
            let Some(build) = ends.find_map(build) else {
                continue;
            };
            let start = text.find(&build).unwrap_or_default();
            let field = format!("affected[{at}].versions[{nth}]");
            let span = candidate
                .document
                .within(&field, text, start..start + build.len());
            let message = format!("`{build}` counts for nothing in the order of versions");
            let found = finder.on(&candidate.document, span, message);
            finder
                .push(found.help("leave it out; if only a build was fixed, name the next version"));
        }
    }
}

/// Go marks modules without a major version in their path by `+incompatible`: that is part of the name of a release.
fn build(version: &Version) -> Option<String> {
    let text = version.to_string();
    let (_, build) = text.split_once('+')?;
    (build != "incompatible").then(|| format!("+{build}"))
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    #[test]
    fn where_it_is_part_of_the_order_or_of_the_name_it_stays() {
        let torch =
            "package = \"torch\"\nversions = [\">= 1.0.0, < 1.2.0\", \">= 2.0.0, < 2.1.0\"]";
        for (row, silent) in [
            (
                "ecosystem = \"Go\"\nname = \"example.org/a\"\nversions = [\"< 2.0.0+incompatible\"]",
                true,
            ),
            (
                "ecosystem = \"Julia\"\nname = \"A_jll\"\nversions = [\"< 2.0.0+1\"]",
                true,
            ),
            (
                "ecosystem = \"Pub\"\nname = \"a\"\nversions = [\"< 2.0.0+1\"]",
                true,
            ),
            (
                "ecosystem = \"PyPI\"\nname = \"a\"\nversions = [\"< 2.0.0+cpu\"]",
                true,
            ),
            (
                "ecosystem = \"npm\"\nname = \"a\"\nversions = [\"< 2.0.0+1\"]",
                false,
            ),
            (
                "ecosystem = \"Go\"\nname = \"example.org/a\"\nversions = [\"< 2.0.0+1\"]",
                false,
            ),
        ] {
            let said = said_after(&[(torch, row)]);
            assert_eq!(
                !said.contains("[range-build-metadata]"),
                silent,
                "{row}: {said}"
            );
        }
    }
}
