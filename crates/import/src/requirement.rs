//! Owns Cargo's version requirements as sets of versions, and the set that is left when they are taken away.
//! Must never read a requirement as Cargo would where RustSec reads it otherwise: pre-releases lie between releases here.

use caveat_versions::{Interval, Order, Ranges, Upper, Version};
use semver::{Comparator, Op, VersionReq};

/// The branches that none of these requirements holds; `Err` is the requirement at fault and a sentence.
pub(crate) fn none_of(requirements: &[&str]) -> Result<Vec<Interval>, (usize, String)> {
    for after in [After::Exact, After::NextPreRelease] {
        let mut safe = Ranges::default();
        for (at, text) in requirements.iter().enumerate() {
            safe = safe.union(&set(text, after).map_err(|fault| (at, fault))?);
        }
        if let Some(branches) = safe.complement().branches() {
            return Ok(branches);
        }
    }
    Err((0, "no range strings say which versions are left".to_owned()))
}

/// How "everything after 1.2.3" is written. Range strings can end just after a version, but not begin there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    /// As it is.
    Exact,
    /// As "from 1.2.4-0 on": in SemVer's order nothing lies between the two.
    NextPreRelease,
}

fn set(text: &str, after: After) -> Result<Ranges, String> {
    let written = text.trim();
    let requirement =
        VersionReq::parse(written).map_err(|error| format!("`{written}`: {error}"))?;
    let mut all = Ranges::all();
    for one in &requirement.comparators {
        all = all.intersection(&comparator(one, after)?);
    }
    Ok(all)
}

fn comparator(one: &Comparator, after: After) -> Result<Ranges, String> {
    let first = first(one);
    let at_least = |text: &str| between(Some(text), None);
    let at_most = |text: &str| match after {
        After::Exact => Ok(stretch(None, Upper::LastAffected(version(text)?))),
        After::NextPreRelease => between(None, Some(&next(text)?)),
    };
    match one.op {
        Op::GreaterEq => at_least(&first),
        Op::Less => between(None, Some(&first)),
        Op::LessEq => at_most(&first),
        Op::Greater => Ok(at_most(&first)?.complement()),
        Op::Exact if one.patch.is_some() => Ok(at_least(&first)?.intersection(&at_most(&first)?)),
        Op::Caret | Op::Tilde | Op::Exact | Op::Wildcard => {
            between(Some(&first), Some(&compatible_end(one)))
        }
        _ => Err("this comparison is not known here".to_owned()),
    }
}

/// The version that is written, with zeros for what is left out.
fn first(one: &Comparator) -> String {
    let (minor, patch) = (one.minor.unwrap_or(0), one.patch.unwrap_or(0));
    let numbers = format!("{}.{minor}.{patch}", one.major);
    if one.pre.is_empty() {
        numbers
    } else {
        format!("{numbers}-{}", one.pre)
    }
}

/// The first pre-release of what is no longer compatible.
fn compatible_end(one: &Comparator) -> String {
    let major = format!("{}.0.0-0", one.major.saturating_add(1));
    let minor = |minor: u64| format!("{}.{}.0-0", one.major, minor.saturating_add(1));
    match (one.op, one.minor, one.patch) {
        (_, None, _) => major,
        (Op::Caret, Some(_), _) if one.major > 0 => major,
        (Op::Caret, Some(0), Some(patch)) => format!("0.0.{}-0", patch.saturating_add(1)),
        (_, Some(at), _) => minor(at),
    }
}

/// What comes right after a version in SemVer's order.
fn next(text: &str) -> Result<String, String> {
    let version = semver::Version::parse(text).map_err(|error| error.to_string())?;
    let (major, minor, patch) = (version.major, version.minor, version.patch);
    Ok(if version.pre.is_empty() {
        format!("{major}.{minor}.{}-0", patch.saturating_add(1))
    } else {
        format!("{major}.{minor}.{patch}-{}.0", version.pre)
    })
}

fn between(from: Option<&str>, to: Option<&str>) -> Result<Ranges, String> {
    let lower = from.map(version).transpose()?;
    let upper = to.map(version).transpose()?;
    Ok(stretch(lower, upper.map_or(Upper::Open, Upper::Fixed)))
}

/// A stretch; the empty set where nothing lies between its ends.
fn stretch(lower: Option<Version>, upper: Upper) -> Ranges {
    Interval::new(lower, upper).map_or_else(Ranges::default, |one| Ranges::merge(&[one]))
}

fn version(text: &str) -> Result<Version, String> {
    Version::parse(Order::SemVer, text).map_err(|error| error.message)
}

#[cfg(test)]
mod tests {
    use super::{Interval, none_of};

    fn left(requirements: &[&str]) -> Vec<String> {
        let branches = none_of(requirements).expect("readable");
        branches.iter().map(Interval::expression).collect()
    }

    #[test]
    fn what_no_requirement_holds_is_affected() {
        for (requirements, expected) in [
            (vec![], vec![">= 0"]),
            (vec![">= 0.9.1"], vec!["< 0.9.1"]),
            (vec![">= 0.3"], vec!["< 0.3.0"]),
            (vec![">= 1.51.0", "< 1.11.0"], vec![">= 1.11.0, < 1.51.0"]),
            (
                vec!["^0.7.1", ">= 0.8.1", "< 0.3"],
                vec![">= 0.3.0, < 0.7.1", ">= 0.8.0-0, < 0.8.1"],
            ),
            (vec!["1.2.3"], vec!["< 1.2.3", ">= 2.0.0-0"]),
            (vec!["~1.2.3"], vec!["< 1.2.3", ">= 1.3.0-0"]),
            (vec!["^0.0.3"], vec!["< 0.0.3", ">= 0.0.4-0"]),
            (vec!["< 0.8.0, >= 0.7.1"], vec!["< 0.7.1", ">= 0.8.0"]),
        ] {
            assert_eq!(left(&requirements), expected, "{requirements:?}");
        }
    }

    #[test]
    fn the_version_just_before_the_fix_ends_a_branch() {
        assert_eq!(left(&["> 0.22.0"]), ["<= 0.22.0"]);
        assert_eq!(left(&["> 0"]), ["<= 0.0.0"]);
    }

    #[test]
    fn what_begins_just_after_a_version_begins_with_the_next_pre_release() {
        assert_eq!(left(&["<= 0.23.0", ">= 0.24.0"]), [">= 0.23.1-0, < 0.24.0"]);
        assert_eq!(left(&["<= 1.0.0-rc.1"]), [">= 1.0.0-rc.1.0"]);
        assert_eq!(left(&["=0.2.6"]), ["< 0.2.6", ">= 0.2.7-0"]);
    }

    #[test]
    fn requirements_that_hold_everything_leave_nothing() {
        assert_eq!(left(&[">= 0"]), ["< 0.0.0"]);
        assert_eq!(left(&["*"]), [] as [&str; 0]);
        assert_eq!(left(&["< 2.0.0", ">= 1.0.0"]), [] as [&str; 0]);
    }

    #[test]
    fn what_is_no_requirement_is_named() {
        let (at, fault) = none_of(&[">= 1.0.0", "=> 2"]).expect_err("wrong");
        assert!(at == 1 && fault.contains("=> 2"), "{fault}");
    }
}
