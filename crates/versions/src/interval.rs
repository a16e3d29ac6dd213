//! Owns one branch of affected versions: its two ends, what lies between them, and how it is said.
//! Must never hold a branch without a version in it: both ends are checked when it is made.

use std::cmp::Ordering;

use crate::Version;

/// From a lower bound (none is the beginning) to an upper one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    lower: Option<Version>,
    upper: Upper,
}

/// Where a branch ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Upper {
    /// The first version without the flaw.
    Fixed(Version),
    /// The last version known to have it.
    LastAffected(Version),
    /// No end is known.
    Open,
}

impl Interval {
    /// A branch, or `None` where no version can lie between these ends.
    pub fn new(lower: Option<Version>, upper: Upper) -> Option<Self> {
        let holds = match (&lower, &upper) {
            (Some(lower), Upper::Fixed(fixed)) => lower < fixed,
            (Some(lower), Upper::LastAffected(last)) => lower <= last,
            _ => true,
        };
        holds.then_some(Self { lower, upper })
    }

    /// The first affected version; `None` is the beginning.
    pub fn lower(&self) -> Option<&Version> {
        self.lower.as_ref()
    }

    /// Where it ends.
    pub fn upper(&self) -> &Upper {
        &self.upper
    }

    /// The first version without the flaw, where the branch has one.
    pub fn fixed(&self) -> Option<&Version> {
        match &self.upper {
            Upper::Fixed(version) => Some(version),
            Upper::LastAffected(_) | Upper::Open => None,
        }
    }

    /// Is this version affected?
    pub fn contains(&self, version: &Version) -> bool {
        let above = self.lower.as_ref().is_none_or(|lower| lower <= version);
        above
            && match &self.upper {
                Upper::Fixed(fixed) => version < fixed,
                Upper::LastAffected(last) => version <= last,
                Upper::Open => true,
            }
    }

    /// Orders branches by where they begin.
    pub fn cmp_lower(&self, other: &Self) -> Ordering {
        self.lower.cmp(&other.lower)
    }

    /// Is there a place in the order that both hold?
    pub fn overlaps(&self, other: &Self) -> bool {
        let (first, second) = if self.cmp_lower(other).is_le() {
            (self, other)
        } else {
            (other, self)
        };
        match &second.lower {
            None => true,
            Some(start) => first.contains(start),
        }
    }

    /// Does one begin with the very version that ends the other, so that together they are one?
    pub fn touches(&self, other: &Self) -> bool {
        let meets = |a: &Self, b: &Self| a.fixed().is_some() && a.fixed() == b.lower();
        meets(self, other) || meets(other, self)
    }

    /// In words, for pages, mails and notes. ASCII.
    pub fn words(&self) -> String {
        match (&self.lower, &self.upper) {
            (None, Upper::Open) => "all versions".to_owned(),
            (None, Upper::Fixed(fixed)) => format!("all versions before {fixed}"),
            (None, Upper::LastAffected(last)) => format!("all versions up to and including {last}"),
            (Some(lower), Upper::Open) => format!("{lower} and all later versions"),
            (Some(lower), Upper::Fixed(fixed)) => {
                format!("{lower} up to, but not including, {fixed}")
            }
            (Some(lower), Upper::LastAffected(last)) if lower == last => format!("only {lower}"),
            (Some(lower), Upper::LastAffected(last)) => {
                format!("{lower} up to and including {last}")
            }
        }
    }

    /// As a range string, with the versions as they were written; reading it gives the same branch. ASCII.
    pub fn expression(&self) -> String {
        match (&self.lower, &self.upper) {
            (None, Upper::Open) => ">= 0".to_owned(),
            (None, Upper::Fixed(fixed)) => format!("< {fixed}"),
            (None, Upper::LastAffected(last)) => format!("<= {last}"),
            (Some(lower), Upper::Open) => format!(">= {lower}"),
            (Some(lower), Upper::Fixed(fixed)) => format!(">= {lower}, < {fixed}"),
            (Some(lower), Upper::LastAffected(last)) if lower == last => format!("= {lower}"),
            (Some(lower), Upper::LastAffected(last)) => format!(">= {lower}, <= {last}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Order;

    fn read(text: &str) -> Interval {
        Interval::parse(Order::SemVer, text)
            .unwrap_or_else(|error| panic!("{text}: {}", error.message))
    }

    #[test]
    fn a_branch_is_said_in_words_and_written_back() {
        for (text, words) in [
            (">= 1.2.0, < 1.4.1", "1.2.0 up to, but not including, 1.4.1"),
            ("< 1.4.1", "all versions before 1.4.1"),
            ("<= 1.4.0", "all versions up to and including 1.4.0"),
            (">= 1.2.0, <= 1.4.0", "1.2.0 up to and including 1.4.0"),
            ("= 1.3.0", "only 1.3.0"),
            (">= 0", "all versions"),
            (">= 2.0.0", "2.0.0 and all later versions"),
        ] {
            let branch = read(text);
            assert_eq!(
                (branch.words().as_str(), branch.expression().as_str()),
                (words, text)
            );
        }
    }

    #[test]
    fn the_ends_are_in_or_out_as_their_names_say() {
        let version = |text| Version::parse(Order::SemVer, text).expect(text);
        let branch = read(">= 1.2.0, < 1.4.1");
        assert!(branch.contains(&version("1.2.0")) && !branch.contains(&version("1.4.1")));
        assert!(
            branch.contains(&version("1.4.1-rc.1")) && !branch.contains(&version("1.2.0-rc.1"))
        );
        assert!(
            read("<= 1.4.0").contains(&version("1.4.0"))
                && read("< 2.0.0").contains(&version("0.0.0-0"))
        );
        assert_eq!(branch.fixed(), Some(&version("1.4.1")));
        assert_eq!(read("<= 1.4.0").fixed(), None);
    }

    #[test]
    fn nothing_is_no_branch() {
        let version = || Version::parse(Order::SemVer, "1.0.0").expect("valid");
        assert_eq!(
            Interval::new(Some(version()), Upper::Fixed(version())),
            None
        );
        assert!(Interval::new(Some(version()), Upper::LastAffected(version())).is_some());
    }

    #[test]
    fn branches_overlap_touch_or_stand_apart() {
        let (a, b, c) = (
            read(">= 1.0.0, < 2.0.0"),
            read(">= 2.0.0, < 3.0.0"),
            read(">= 1.5.0"),
        );
        assert!(!a.overlaps(&b) && a.touches(&b) && b.touches(&a));
        assert!(a.overlaps(&c) && c.overlaps(&b) && !a.touches(&c));
        assert!(read("<= 2.0.0").overlaps(&b) && read("< 1.0.0").overlaps(&read(">= 0")));
        assert!(!read(">= 0").touches(&read("< 1.0.0")) && !read("<= 2.0.0").touches(&b));
    }
}
