//! Owns the rule `fix-bump`: a fix comes in as small a release as the policy promises.

use caveat_advisory::Bump;
use caveat_diag::{Level, quoted};
use caveat_versions::{Order, Version};

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "fix-bump",
    says: "a fix comes in as small a release as the policy promises",
    why: "Users who were promised patch releases take them without reading. A fix that only comes \
        with new features is put off.",
    example: r#"# caveat.toml
[policy.release]
bump = "patch"
# advisories/2026/x_T-2026-0001.toml
[[affected]]
package = "torch"
versions = ["< 1.5.0"]
"#,
    instead: r#"# caveat.toml
[policy.release]
bump = "patch"
# advisories/2026/x_T-2026-0001.toml
[[affected]]
package = "torch"
versions = ["< 1.4.2"]
"#,
    level: Level::Note,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let release = finder.facts.policy().release.as_ref();
    let Some(bump) = release.and_then(|release| release.bump) else {
        return;
    };
    for row in 0..candidate.rows.len() {
        let numbered = candidate.rows[row].package.as_ref().ok();
        let numbered = numbered.and_then(|package| package.ecosystem.order());
        if candidate.declared(row, finder.facts).is_none()
            || !numbered.is_some_and(has_three_numbers)
        {
            continue;
        }
        for (field, branch) in candidate.intervals(row) {
            let Some(fixed) = branch.fixed().map(Version::canonical) else {
                continue;
            };
            if is_larger(&numbers(&fixed), bump) {
                let message = format!(
                    "{} is not the {} that the policy promises",
                    quoted(&fixed),
                    bump.label().to_lowercase()
                );
                let found = finder.at(&candidate.document, &field, message);
                let found = finder.also(found, "policy.release.bump", "promised here");
                finder.push(
                    found.help("release the fix for the affected line too, or leave it at that"),
                );
            }
        }
    }
}

/// Are versions made of major, minor and patch?
fn has_three_numbers(order: Order) -> bool {
    use Order::{Maven, NuGet, Packagist, Pep440, Pub, RubyGems, SemVer};
    matches!(
        order,
        SemVer | Pub | Pep440 | RubyGems | Maven | NuGet | Packagist
    )
}

/// The version just before has the same numbers up to those that may change, unless all that may change are zero.
fn is_larger(numbers: &[u64], bump: Bump) -> bool {
    let kept = match bump {
        Bump::Patch => 2,
        Bump::Minor => 1,
        Bump::Major => 0,
    };
    !numbers.is_empty() && kept > 0 && numbers.iter().skip(kept).all(|number| *number == 0)
}

/// The numbers at the beginning of a version; none where it begins otherwise.
fn numbers(version: &str) -> Vec<u64> {
    let version = version.split_once('!').map_or(version, |(_, rest)| rest);
    let version = version.strip_prefix('v').unwrap_or(version);
    let mut all = Vec::new();
    for part in version.split('.') {
        let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 {
            let Ok(number) = part[..digits].parse() else {
                return Vec::new();
            };
            all.push(number);
        }
        if digits < part.len() || digits == 0 {
            break;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{is_larger, numbers};
    use caveat_advisory::Bump;

    #[test]
    fn what_ends_in_zeros_is_larger() {
        for (version, patch, minor) in [
            ("1.2.3", false, false),
            ("1.2.0", true, false),
            ("2.0.0", true, true),
            ("2.0", true, true),
            ("0.0.1", false, false),
            ("v1.2.0-rc.1", true, false),
            ("1!1.2.0.1", false, false),
            ("1.2.4b1", false, false),
            ("r5", false, false),
            ("99999999999999999999.0", false, false),
        ] {
            let numbers = numbers(version);
            assert_eq!(is_larger(&numbers, Bump::Patch), patch, "{version}");
            assert_eq!(is_larger(&numbers, Bump::Minor), minor, "{version}");
            assert!(!is_larger(&numbers, Bump::Major), "{version}");
        }
    }
}
