//! Owns the reading of range strings: GitHub's comparisons, joined by commas.
//! Must never accept a branch that holds no version, or one whose end was merely forgotten.

use std::ops::Range;

use crate::{Interval, Order, Upper, Version};

/// Why a string is no branch.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct RangeError {
    /// The bytes of the string at fault: always within it, and between characters.
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
        if text.trim().is_empty() {
            return Err(RangeError::new(
                0..text.len(),
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
        let exact = |one: &Comparison| one.operator == Operator::Exactly;
        match comparisons.iter().position(exact) {
            Some(at) => exactly(&comparisons, at),
            None => between(comparisons, text),
        }
    }
}

/// `= VERSION`, alone.
fn exactly(comparisons: &[Comparison], at: usize) -> Result<Interval, RangeError> {
    let exact = &comparisons[at];
    if let Some(other) = comparisons.get(usize::from(at == 0)) {
        return Err(RangeError::new(
            other.span.clone(),
            "another comparison beside `=`",
            "`= VERSION` stands alone: it is that version and no other",
        ));
    }
    let one = exact.version.clone();
    let branch = one.and_then(|one| Interval::new(Some(one.clone()), Upper::LastAffected(one)));
    branch.ok_or_else(|| {
        RangeError::new(
            exact.span.clone(),
            "`0` is no version, it means the beginning",
            "`>= 0` is every version",
        )
    })
}

/// At most one bound below and one above.
fn between(comparisons: Vec<Comparison>, text: &str) -> Result<Interval, RangeError> {
    let (lowers, uppers): (Vec<_>, Vec<_>) = comparisons
        .into_iter()
        .partition(|one| one.operator == Operator::AtLeast);
    for (bounds, name) in [(&lowers, "lower"), (&uppers, "upper")] {
        if let Some(second) = bounds.get(1) {
            return Err(RangeError::new(
                second.span.clone(),
                format!("a second {name} bound"),
                "one string is one branch: write another string for another branch",
            ));
        }
    }
    let lower = lowers.into_iter().next().and_then(|one| one.version);
    let upper = match uppers.into_iter().next() {
        None => Upper::Open,
        Some(one) => match (one.version, one.operator) {
            (None, _) => {
                return Err(RangeError::new(
                    one.span,
                    "nothing comes before version 0",
                    "name the first fixed version: `< FIXED`",
                ));
            }
            (Some(version), Operator::Below) => Upper::Fixed(version),
            (Some(version), _) => Upper::LastAffected(version),
        },
    };
    let fault = emptiness(lower.as_ref(), &upper);
    Interval::new(lower, upper).ok_or_else(|| {
        RangeError::new(
            0..text.len(),
            fault,
            "the first affected version comes first, the fix after it",
        )
    })
}

/// Why there is nothing between these ends, if there is nothing.
fn emptiness(lower: Option<&Version>, upper: &Upper) -> String {
    match (lower, upper) {
        (Some(lower), Upper::Fixed(end)) if lower == end => {
            "both ends are the same version: this holds nothing".to_owned()
        }
        (Some(lower), Upper::Fixed(end) | Upper::LastAffected(end)) => {
            format!("`{end}` comes before `{lower}`: this holds nothing")
        }
        _ => String::new(),
    }
}

/// Reads one comparison; `start` is where its piece begins in the whole string.
fn comparison(order: Order, piece: &str, start: usize) -> Result<Comparison, RangeError> {
    let at = start + piece.len() - piece.trim_start().len();
    let text = piece.trim();
    let span = at..at + text.len();
    let rest = text.trim_start_matches(['<', '>', '=', '!', '~', '^']);
    let (sign, _) = text.split_at(text.len() - rest.len());
    let operator = match sign {
        ">=" => Operator::AtLeast,
        "<" => Operator::Below,
        "<=" => Operator::AtMost,
        "=" => Operator::Exactly,
        _ => return Err(no_operator(sign, text, span)),
    };
    let written = rest.trim_start();
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
            span: span.end - written.len()..span.end,
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

fn no_operator(sign: &str, text: &str, span: Range<usize>) -> RangeError {
    match sign {
        "" if text.is_empty() => {
            RangeError::new(span, "a comparison is missing", "remove the comma")
        }
        "" => RangeError::new(
            span,
            format!("`{}` has no sign", text.escape_debug()),
            "write `= VERSION` for this version only, or `< VERSION` for all before it",
        ),
        ">" => RangeError::new(
            span,
            "`>` leaves out a version without naming the first affected one",
            "write `>=` and the first affected version",
        ),
        _ => RangeError::new(
            span,
            format!("`{sign}` is not known here"),
            "use `>=`, `<`, `<=` or `=`",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hostile::texts;
    use proptest::prelude::*;

    #[test]
    fn spaces_and_the_order_of_bounds_do_not_matter() {
        let read = |text| Interval::parse(Order::SemVer, text).map(|branch| branch.expression());
        for text in [
            ">=1.0.0,<2.0.0",
            "  >= 1.0.0 ,  < 2.0.0 ",
            "< 2.0.0, >= 1.0.0",
        ] {
            assert_eq!(read(text).as_deref(), Ok(">= 1.0.0, < 2.0.0"), "{text}");
        }
        assert_eq!(read(">= 0, < 2.0.0").as_deref(), Ok("< 2.0.0"));
    }

    #[test]
    fn a_fault_points_at_its_piece() {
        for (text, piece) in [
            (">= 1.2.0, < 1.4", "1.4"),
            (">= 1.0.0, > 2.0.0", "> 2.0.0"),
            (">= 1.0.0, < 2.0.0, < 3.0.0", "< 3.0.0"),
            (">= 1.0.0, >= 2.0.0", ">= 2.0.0"),
            (">= 0, >= 0", ">= 0"),
            ("= 1.0.0, < 2.0.0", "< 2.0.0"),
            ("< 2.0.0, = 1.0.0", "< 2.0.0"),
            (">= 2.0.0, < 1.0.0", ">= 2.0.0, < 1.0.0"),
            (">= 1.0.0, < 1.0.0", ">= 1.0.0, < 1.0.0"),
            (">= 1.0.0, < 1.0.0+x", ">= 1.0.0, < 1.0.0+x"),
            (">= 2.0.0, <= 1.0.0", ">= 2.0.0, <= 1.0.0"),
            ("1.0.0", "1.0.0"),
            ("^1.0.0", "^1.0.0"),
            ("== 1.0.0", "== 1.0.0"),
            ("!= 1.0.0", "!= 1.0.0"),
            (">= 1.0.0 < 2.0.0", "1.0.0 < 2.0.0"),
            ("< 0", "< 0"),
            ("<= 0", "<= 0"),
            ("= 0", "= 0"),
            ("<", "<"),
            (">= ä", "ä"),
            (">= 1.0.0,", ""),
            (", < 1.0.0", ""),
            (" ", " "),
            ("", ""),
        ] {
            let error = Interval::parse(Order::SemVer, text).expect_err(text);
            assert_eq!(&text[error.span.clone()], piece, "{text}: {error}");
            assert!(error.help.is_some() && !error.message.is_empty(), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn any_text_is_a_branch_or_a_fault_within_it(
            order in proptest::sample::select(Order::ALL.to_vec()),
            text in texts("((>=|<|<=|=|>)? ?[0-9]\\.[0-9](\\.[0-9])?,? ?){0,3}|([<>=~^ ,]|[0-9a-z.+-]|\\PC){0,30}|.{0,40}"),
        ) {
            match Interval::parse(order, &text) {
                Ok(branch) => {
                    prop_assert!(branch.words().is_ascii() && branch.expression().is_ascii());
                    prop_assert_eq!(Interval::parse(order, &branch.expression()), Ok(branch));
                }
                Err(error) => prop_assert!(text.get(error.span).is_some()),
            }
        }
    }
}
