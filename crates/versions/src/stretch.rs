//! Owns how a set of versions is told: each stretch in words, with a version that lies in it.
//! Must never name a version that nobody wrote.

use crate::ranges::Cut;
use crate::{Interval, Ranges, Upper, Version};

/// Versions without a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// In words, for people. ASCII.
    pub words: String,
    /// The version it begins with, where it begins with one.
    pub first: Option<Version>,
    /// The first version after it, where there is one.
    pub end: Option<Version>,
    /// Does nothing end it?
    pub open: bool,
    /// A version in it, where one was written.
    pub example: Option<Version>,
}

impl Ranges {
    /// Every stretch, in order.
    pub fn stretches(&self) -> Vec<Stretch> {
        self.cuts().iter().map(stretch).collect()
    }

    /// What `after` leaves out of this set, without what comes after a first fix: where no end was known, one that is
    /// told at last takes nobody by surprise.
    pub fn lost(&self, after: &Self) -> Vec<Stretch> {
        let told = after.stretches();
        let is_fix = |version: &Version| told.iter().any(|one| one.end.as_ref() == Some(version));
        let mut gone = self.difference(after).stretches();
        gone.retain(|one| !(one.open && one.first.as_ref().is_some_and(is_fix)));
        gone
    }
}

fn stretch((from, to): &(Cut, Cut)) -> Stretch {
    let first = match from {
        Cut::Before(version) => Some(version.clone()),
        _ => None,
    };
    let end = match to {
        Cut::Before(version) => Some(version.clone()),
        _ => None,
    };
    let last = match to {
        Cut::After(version) => Some(version.clone()),
        _ => None,
    };
    Stretch {
        words: words(from, to),
        example: first.clone().or(last),
        first,
        end,
        open: *to == Cut::End,
    }
}

fn words(from: &Cut, to: &Cut) -> String {
    let Cut::After(after) = from else {
        let lower = match from {
            Cut::Before(version) => Some(version.clone()),
            _ => None,
        };
        let upper = match to {
            Cut::Before(version) => Upper::Fixed(version.clone()),
            Cut::After(version) => Upper::LastAffected(version.clone()),
            _ => Upper::Open,
        };
        return Interval::new(lower, upper).map_or_else(String::new, |branch| branch.words());
    };
    match to {
        Cut::Before(version) => format!("versions after {after} and before {version}"),
        Cut::After(version) => format!("versions after {after} up to and including {version}"),
        _ => format!("all versions after {after}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Order;

    fn set(branches: &[&str]) -> Ranges {
        let read = |text: &&str| Interval::parse(Order::SemVer, text).expect("a range");
        Ranges::merge(&branches.iter().map(read).collect::<Vec<_>>())
    }

    #[test]
    fn a_first_fix_loses_nothing_and_a_last_affected_version_does() {
        let lost = |old: &[&str], new: &[&str]| set(old).lost(&set(new)).len();
        assert_eq!(lost(&[">= 0"], &["< 2.0.0"]), 0);
        assert_eq!(
            lost(&[">= 1.0.0"], &[">= 1.0.0, < 1.2.0", ">= 2.0.0, < 2.1.0"]),
            1
        );
        assert_eq!(lost(&[">= 0"], &["<= 2.0.0"]), 1);
        assert_eq!(lost(&[">= 0"], &[">= 1.0.0, < 2.0.0"]), 1);
        assert_eq!(lost(&["< 3.0.0"], &["< 2.0.0"]), 1);
    }

    #[test]
    fn what_a_difference_leaves_is_told_with_a_version_of_it() {
        for (old, new, words, example) in [
            (
                &[">= 1.0.0, < 2.0.1"],
                &[">= 1.0.0, < 2.0.0"],
                "2.0.0 up to, but not including, 2.0.1",
                Some("2.0.0"),
            ),
            (
                &["<= 2.0.1"],
                &["<= 2.0.0"],
                "versions after 2.0.0 up to and including 2.0.1",
                Some("2.0.1"),
            ),
            (
                &[">= 1.0.0"],
                &["= 1.0.0"],
                "all versions after 1.0.0",
                None,
            ),
            (
                &["< 2.0.0"],
                &[">= 1.0.0, < 2.0.0"],
                "all versions before 1.0.0",
                None,
            ),
            (
                &["< 2.0.0"],
                &["<= 1.0.0"],
                "versions after 1.0.0 and before 2.0.0",
                None,
            ),
        ] {
            let left = set(old).difference(&set(new)).stretches();
            let told: Vec<_> = left.iter().map(|one| one.words.as_str()).collect();
            assert_eq!(told, [words]);
            let named = left[0].example.as_ref().map(Version::canonical);
            assert_eq!(named.as_deref(), example);
        }
    }
}
