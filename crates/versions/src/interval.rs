//! Owns one branch of affected versions: read from GitHub's range strings, said in words.
//! Must never accept a branch that holds no version, or one whose end was merely forgotten.

use std::cmp::Ordering;
use std::ops::Range;

use crate::{Order, Version};

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

/// Why a string is no branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RangeError {
    /// The bytes of the string at fault.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

impl RangeError {
    fn new(span: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            help: Some(help.into()),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Operator {
    AtLeast,
    Below,
    AtMost,
    Exactly,
}

struct Comparison {
    operator: Operator,
    /// `None` is `0`: before every version.
    version: Option<Version>,
    span: Range<usize>,
}

impl Interval {
    /// Reads comparisons (`>=`, `<`, `<=`, `=`) joined by commas; all must hold. `>= 0` is every version.
    ///
    /// # Errors
    /// The piece at fault, what is wrong with it and what to write instead.
    pub fn parse(order: Order, text: &str) -> Result<Self, RangeError> {
        let whole = 0..text.len();
        if text.trim().is_empty() {
            return Err(RangeError::new(
                whole,
                "this range is empty",
                "write `>= FIRST, < FIXED`; `>= 0` is every version",
            ));
        }
        let mut comparisons = Vec::new();
        let mut start = 0;
        for piece in text.split(',') {
            comparisons.push(comparison(order, piece, start)?);
            start += piece.len() + 1;
        }
        Self::from_comparisons(comparisons, whole)
    }

    fn from_comparisons(
        comparisons: Vec<Comparison>,
        whole: Range<usize>,
    ) -> Result<Self, RangeError> {
        if let Some(exact) = comparisons
            .iter()
            .position(|one| one.operator == Operator::Exactly)
        {
            return Self::exactly(&comparisons, exact);
        }
        let (lowers, uppers): (Vec<_>, Vec<_>) = comparisons
            .into_iter()
            .partition(|one| one.operator == Operator::AtLeast);
        for (bounds, name) in [(&lowers, "lower"), (&uppers, "upper")] {
            if let Some(second) = bounds.get(1) {
                let help = "one string is one branch: write another string for another branch";
                return Err(RangeError::new(
                    second.span.clone(),
                    format!("a second {name} bound"),
                    help,
                ));
            }
        }
        let from_the_beginning = lowers.first().is_some_and(|one| one.version.is_none());
        let lower = lowers.into_iter().next().and_then(|one| one.version);
        let upper = match uppers.into_iter().next() {
            None if lower.is_none() && !from_the_beginning => {
                return Err(RangeError::new(whole, "no bound", "write `>= 0`"));
            }
            None => Upper::Open,
            Some(Comparison {
                version: None,
                span,
                ..
            }) => {
                return Err(RangeError::new(
                    span,
                    "nothing comes before version 0",
                    "name the first fixed version",
                ));
            }
            Some(Comparison {
                operator: Operator::Below,
                version: Some(version),
                ..
            }) => Upper::Fixed(version),
            Some(Comparison {
                version: Some(version),
                ..
            }) => Upper::LastAffected(version),
        };
        Self { lower, upper }.not_empty(whole)
    }

    fn exactly(comparisons: &[Comparison], exact: usize) -> Result<Self, RangeError> {
        if comparisons.len() > 1 {
            let other = usize::from(exact == 0);
            let help = "`= VERSION` stands alone: it is that version and no other";
            return Err(RangeError::new(
                comparisons[other].span.clone(),
                "another comparison beside `=`",
                help,
            ));
        }
        let Some(version) = comparisons[exact].version.clone() else {
            let help = "`>= 0` is every version";
            return Err(RangeError::new(
                comparisons[exact].span.clone(),
                "`0` is no version, it means the beginning",
                help,
            ));
        };
        Ok(Self {
            lower: Some(version.clone()),
            upper: Upper::LastAffected(version),
        })
    }

    fn not_empty(self, whole: Range<usize>) -> Result<Self, RangeError> {
        let fault = match (&self.lower, &self.upper) {
            (Some(lower), Upper::Fixed(fixed)) => match lower.cmp(fixed) {
                Ordering::Less => None,
                Ordering::Equal => {
                    Some("both ends are the same version: this holds nothing".to_owned())
                }
                Ordering::Greater => Some(format!(
                    "`{fixed}` comes before `{lower}`: this holds nothing"
                )),
            },
            (Some(lower), Upper::LastAffected(last)) if lower > last => Some(format!(
                "`{last}` comes before `{lower}`: this holds nothing"
            )),
            _ => None,
        };
        match fault {
            Some(message) => Err(RangeError::new(
                whole,
                message,
                "the first affected version comes first, the fix after it",
            )),
            None => Ok(self),
        }
    }

    /// The first affected version; `None` is the beginning.
    pub fn lower(&self) -> Option<&Version> {
        self.lower.as_ref()
    }

    /// Where it ends.
    pub fn upper(&self) -> &Upper {
        &self.upper
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
        let meets = |a: &Self, b: &Self| matches!((&a.upper, &b.lower), (Upper::Fixed(end), Some(start)) if end == start);
        meets(self, other) || meets(other, self)
    }

    /// In words, for pages, mails and notes.
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

    /// As a range string; reading it gives the same branch.
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

/// Reads one comparison; `start` is where its piece begins in the whole string.
fn comparison(order: Order, piece: &str, start: usize) -> Result<Comparison, RangeError> {
    let indent = piece.len() - piece.trim_start().len();
    let text = piece.trim();
    let at = start + indent;
    let span = at..at + text.len();
    let digits = text.trim_start_matches(['<', '>', '=', '!', '~', '^']);
    let sign = &text[..text.len() - digits.len()];
    let operator = match sign {
        ">=" => Operator::AtLeast,
        "<" => Operator::Below,
        "<=" => Operator::AtMost,
        "=" => Operator::Exactly,
        ">" => {
            return Err(RangeError::new(
                span,
                "`>` leaves out a version without naming the first affected one",
                "write `>=` and the first affected version",
            ));
        }
        "" if text.is_empty() => {
            return Err(RangeError::new(
                span,
                "a comparison is missing",
                "remove the comma",
            ));
        }
        "" => {
            return Err(RangeError::new(
                span,
                format!("`{text}` has no sign"),
                format!("write `= {text}` for this version only, or `< {text}` for all before it"),
            ));
        }
        _ => {
            return Err(RangeError::new(
                span,
                format!("`{sign}` is not known here"),
                "use `>=`, `<`, `<=` or `=`",
            ));
        }
    };
    let written = digits.trim();
    let from = span.end - digits.trim_start().len();
    if written.is_empty() {
        return Err(RangeError::new(
            span,
            format!("no version after `{sign}`"),
            "name the version",
        ));
    }
    let version = match written {
        "0" => None,
        _ => Some(Version::parse(order, written).map_err(|error| RangeError {
            span: from..from + written.len(),
            message: error.message,
            help: error.help,
        })?),
    };
    Ok(Comparison {
        operator,
        version,
        span,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
            assert_eq!(
                (
                    read(text).words().as_str(),
                    read(text).expression().as_str()
                ),
                (words, text)
            );
        }
    }

    #[test]
    fn a_fault_points_at_its_piece() {
        for (text, piece) in [
            (">= 1.2.0, < 1.4", "1.4"),
            (">= 1.0.0, > 2.0.0", "> 2.0.0"),
            (">= 1.0.0, < 2.0.0, < 3.0.0", "< 3.0.0"),
            ("= 1.0.0, < 2.0.0", "< 2.0.0"),
            (">= 2.0.0, < 1.0.0", ">= 2.0.0, < 1.0.0"),
            (">= 1.0.0, < 1.0.0", ">= 1.0.0, < 1.0.0"),
            ("1.0.0", "1.0.0"),
            ("^1.0.0", "^1.0.0"),
            ("< 0", "< 0"),
            ("= 0", "= 0"),
            ("<", "<"),
            (">= 1.0.0,", ""),
            ("", ""),
        ] {
            let error = Interval::parse(Order::SemVer, text).expect_err(text);
            assert_eq!(
                &text[error.span.clone()],
                piece,
                "{text}: {}",
                error.message
            );
        }
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
    }

    const UNIVERSE: [&str; 6] = ["1.0.0-a", "1.0.0", "1.0.1", "1.1.0-rc.1", "1.1.0", "2.0.0"];

    fn any_interval() -> impl Strategy<Value = Interval> {
        let version = proptest::option::of(0usize..6);
        let parts = (version.clone(), version, any::<bool>());
        parts.prop_filter_map("empty", |(low, high, inclusive)| {
            let lower = low.map_or(">= 0".to_owned(), |at| format!(">= {}", UNIVERSE[at]));
            let sign = if inclusive { "<=" } else { "<" };
            let upper = high.map_or(String::new(), |at| format!(", {sign} {}", UNIVERSE[at]));
            Interval::parse(Order::SemVer, &(lower + &upper)).ok()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn any_text_is_a_branch_or_a_fault_within_it(text in "([<>=~^ ,]|[0-9a-z.+-]|\\PC){0,30}") {
            for order in [Order::SemVer, Order::Pep440] {
                match Interval::parse(order, &text) {
                    Ok(branch) => prop_assert_eq!(Interval::parse(order, &branch.expression()), Ok(branch)),
                    Err(error) => prop_assert!(text.get(error.span).is_some()),
                }
            }
        }

        #[test]
        fn branches_that_share_a_version_overlap(a in any_interval(), b in any_interval()) {
            let versions = UNIVERSE.map(|text| Version::parse(Order::SemVer, text).expect("valid"));
            let shared = versions.iter().any(|version| a.contains(version) && b.contains(version));
            prop_assert!(!shared || a.overlaps(&b));
            prop_assert_eq!(a.overlaps(&b), b.overlaps(&a));
        }
    }
}
