//! Owns the rule `range-prerelease-fix`: a flaw in releases is fixed by a release.

use caveat_diag::Level;
use caveat_versions::{Order, Version};

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "range-prerelease-fix",
    says: "a flaw in releases is fixed by a release",
    why: "Package managers do not install a pre-release unless they are told to. Readers who are sent to one \
        find nothing to upgrade to, and the update bot stays silent.",
    example: r#"[[affected]]
package = "torch"
versions = [">= 1.0.0, < 2.0.0rc1"]
"#,
    instead: r#"[[affected]]
package = "torch"
versions = [">= 1.0.0, < 2.0.0"]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    for (row, affected) in candidate.rows.iter().enumerate() {
        let Some(order) = affected
            .package
            .as_ref()
            .ok()
            .and_then(|package| package.ecosystem.order())
        else {
            continue;
        };
        let branches = candidate.intervals(row);
        let pre = |version: &Version| is_prerelease(order, &version.canonical());
        // Another branch may have the release.
        if branches
            .iter()
            .filter_map(|(_, branch)| branch.fixed())
            .any(|fixed| !pre(fixed))
        {
            continue;
        }
        for (field, branch) in &branches {
            let among = branch.lower().is_some_and(pre);
            if let Some(fixed) = branch.fixed().filter(|_| !among) {
                let (message, help) = said(&fixed.to_string());
                let found = finder.at(&candidate.document, field, message);
                finder.push(found.help(help));
            }
        }
    }
}

/// `1.2.0-0` stands before every other `1.2.0`, and is written to leave its pre-releases out.
fn said(fixed: &str) -> (String, String) {
    match fixed.strip_suffix("-0") {
        Some(release) => (
            format!("`{fixed}` is no version that anybody can install"),
            format!("write `< {release}`: its pre-releases then count as affected"),
        ),
        None => (
            format!("the only fix is `{fixed}`, a pre-release"),
            "name the release, or leave the branch open with a `workaround` until there is one"
                .to_owned(),
        ),
    }
}

/// Where this is known of an order. Go numbers commits without a tag like pre-releases: those are what people use.
fn is_prerelease(order: Order, version: &str) -> bool {
    let public = version.split('+').next().unwrap_or(version);
    match order {
        Order::SemVer | Order::Pub | Order::NuGet => public
            .split_once('-')
            .is_some_and(|(_, tail)| !is_pseudo(tail)),
        Order::Pep440 => {
            let marks = ["a", "b", "rc", ".dev"];
            marks.iter().any(|mark| {
                public.match_indices(mark).any(|(at, _)| {
                    let after = &public[at + mark.len()..];
                    after.starts_with(|c: char| c.is_ascii_digit())
                })
            })
        }
        _ => false,
    }
}

/// `20210831042530-abcdef012345`, perhaps after `0.` or `rc.0.`.
fn is_pseudo(tail: &str) -> bool {
    let Some((time, hash)) = tail.rsplit_once('-') else {
        return false;
    };
    let time = time.rsplit('.').next().unwrap_or(time);
    time.len() == 14 && time.bytes().all(|byte| byte.is_ascii_digit()) && hash.len() == 12
}

#[cfg(test)]
mod tests {
    use super::is_prerelease;
    use crate::tests::said_after;
    use caveat_versions::Order;

    #[test]
    fn what_follows_a_release_is_none_before_it() {
        for (order, version) in [
            (Order::Pep440, "1.0"),
            (Order::Pep440, "1.0.post1"),
            (Order::Pep440, "1!2.0+cu118a1"),
            (Order::SemVer, "1.0.0+a-b"),
            (Order::SemVer, "0.0.0-20210831042530-abcdef012345"),
            (Order::SemVer, "1.2.4-0.20210831042530-abcdef012345"),
            (Order::Debian, "1.0-1"),
            (Order::Maven, "1.0-jre"),
        ] {
            assert!(!is_prerelease(order, version), "{version}");
        }
        for version in ["1.0a1", "1.0b2", "1.0rc1", "1.0.dev3", "1.0rc1.post1"] {
            assert!(is_prerelease(Order::Pep440, version), "{version}");
        }
        assert!(is_prerelease(Order::SemVer, "1.0.0-rc.1"));
    }

    #[test]
    fn a_flaw_among_prereleases_or_with_a_release_elsewhere_is_let_be() {
        let versions = "[\">= 1.0.0, < 1.2.0\", \">= 2.0.0, < 2.1.0\"]";
        for other in [
            "[\">= 2.0b1, < 2.0b3\"]",
            "[\"< 1.2.0\", \">= 2.0b1, < 2.0rc1\"]",
        ] {
            assert_eq!(said_after(&[(versions, other)]), "", "{other}");
        }
    }
}
