//! Owns numbers inside versions: digits of any length, compared by value.
//! Must never overflow: hostile versions hold hundreds of digits, honest ones hold whole dates.

use std::fmt;

/// A natural number without leading zeros. The derived order compares lengths first, then digits: that is by value.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Number {
    length: usize,
    digits: String,
}

impl Number {
    /// The value of some ASCII digits; none at all are zero.
    pub(crate) fn new(digits: &str) -> Self {
        debug_assert!(digits.bytes().all(|byte| byte.is_ascii_digit()));
        let digits = digits.trim_start_matches('0');
        Self {
            length: digits.len(),
            digits: digits.to_owned(),
        }
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.length == 0
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_zero() { "0" } else { &self.digits })
    }
}

/// Is this one or more ASCII digits?
pub(crate) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Cuts after the leading bytes that belong; only ASCII may belong, so the cut is between characters.
pub(crate) fn cut(text: &str, belongs: impl Fn(u8) -> bool) -> (&str, &str) {
    let end = text
        .bytes()
        .position(|byte| !byte.is_ascii() || !belongs(byte));
    text.split_at(end.unwrap_or(text.len()))
}

/// Numbers between separators, without the zeros at the end that change nothing.
pub(crate) fn without_trailing_zeros(mut numbers: Vec<Number>) -> Vec<Number> {
    while numbers.last().is_some_and(Number::is_zero) {
        numbers.pop();
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_compare_by_value_whatever_their_length() {
        assert!(Number::new("9") < Number::new("10"));
        assert_eq!(Number::new("007"), Number::new("7"));
        assert_eq!(Number::new(""), Number::new("000"));
        assert!(Number::new(&"9".repeat(99)) < Number::new(&("1".to_owned() + &"0".repeat(99))));
        assert_eq!(Number::new("00").to_string(), "0");
    }

    #[test]
    fn a_cut_never_falls_into_a_character() {
        assert_eq!(cut("12ä", |byte| byte.is_ascii_digit()), ("12", "ä"));
        assert_eq!(cut("ä", |_| true), ("", "ä"));
    }
}
