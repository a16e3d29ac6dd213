//! Owns the versions of gems, compared as `Gem::Version` does.
//! Must never count zeros that end the numbers or the letters.

use std::cmp::Ordering;

use super::number::{Number, cut};
use crate::VersionError;

/// Segments without the zeros that change nothing, so that equal versions have equal segments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Gem(Vec<Segment>);

/// Letters make a pre-release: they come before any number, and a missing segment is the number 0.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    Letters(String),
    Number(Number),
}

impl Gem {
    /// As `Gem::Version.correct?` has it.
    pub(crate) fn parse(text: &str) -> Result<Self, VersionError> {
        let word =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let (numbers, rest) = match text.split_once('-') {
            Some((numbers, rest)) => (numbers, Some(rest)),
            None => (text, None),
        };
        let first = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
        let good = numbers.split('.').all(word)
            && numbers
                .split('.')
                .next()
                .is_some_and(|part| first(part) && part.bytes().all(|byte| byte.is_ascii_digit()))
            && rest.is_none_or(|rest| rest.split(['.', '-']).all(word));
        if !good {
            return Err(VersionError::new(
                format!("`{text}` is no gem version"),
                Some("write a number, then perhaps more numbers or letters, with dots between: `1.2.0.rc1`".to_owned()),
            ));
        }
        Ok(Self::found(text))
    }

    /// Any text, read in the same way.
    pub(crate) fn found(text: &str) -> Self {
        let text = text.replace('-', ".pre.");
        let mut rest = text.as_str();
        let mut segments = Vec::new();
        while let Some(first) = rest.chars().next() {
            let segment;
            (segment, rest) = match first {
                '0'..='9' => {
                    let (digits, after) = cut(rest, |byte| byte.is_ascii_digit());
                    (Some(Segment::Number(Number::new(digits))), after)
                }
                'a'..='z' | 'A'..='Z' => {
                    let (letters, after) = cut(rest, |byte| byte.is_ascii_alphabetic());
                    (Some(Segment::Letters(letters.to_owned())), after)
                }
                _ => (None, &rest[first.len_utf8()..]),
            };
            segments.extend(segment);
        }
        Self(canonical(segments))
    }
}

/// Drops zeros at the end, and those before the first letters.
fn canonical(segments: Vec<Segment>) -> Vec<Segment> {
    let letters = |segment: &Segment| matches!(segment, Segment::Letters(_));
    let first = segments.iter().position(letters).unwrap_or(segments.len());
    let mut out = Vec::with_capacity(segments.len());
    for (at, segment) in segments.into_iter().enumerate() {
        if at == first {
            drop_zeros(&mut out);
        }
        out.push(segment);
    }
    drop_zeros(&mut out);
    out
}

fn drop_zeros(segments: &mut Vec<Segment>) {
    let zero = |segment: &Segment| matches!(segment, Segment::Number(number) if number.is_zero());
    while segments.last().is_some_and(zero) {
        segments.pop();
    }
}

impl Ord for Gem {
    fn cmp(&self, other: &Self) -> Ordering {
        let zero = Segment::Number(Number::default());
        let length = self.0.len().max(other.0.len());
        let padded = |gem: &Self, at: usize| gem.0.get(at).cmp(&Some(&zero));
        for at in 0..length {
            let order = match (self.0.get(at), other.0.get(at)) {
                (Some(one), Some(another)) => one.cmp(another),
                (Some(_), None) => padded(self, at),
                (None, _) => padded(other, at).reverse(),
            };
            if order.is_ne() {
                return order;
            }
        }
        Ordering::Equal
    }
}

impl PartialOrd for Gem {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::{assert_agreed, assert_found, assert_lines};
    use crate::{Order, Version};

    #[test]
    fn ruby_follows_gem_version() {
        assert_lines(
            Order::RubyGems,
            "1.0 = 1
             1.0.0 = 1
             1.0.a = 1.a
             1.0 < 1.0.1
             1.9 < 1.10
             1.0.a < 1.0
             1.0.a < 1.0.b
             1.0.a9 < 1.0.a10
             1.0.a.9 < 1.0.a.10
             1.0.alpha < 1.0.beta
             1.0.beta2 < 1.0.rc1
             1.0.rc1 < 1.0
             1.0.pre < 1.0.rc
             1.0.pre1 < 1.0.pre2
             1.0-1 < 1.0
             1.0-1 = 1.0.pre.1
             1.0-x86 < 1.0
             1.0.A < 1.0.a
             1.0a < 1.0
             1.0.1.rc1 > 1.0
             1.0.1.rc1 < 1.0.1
             1.0.b1 > 1.0.a2
             5.2.4.rc1 < 5.2.4
             5.2.4 < 5.2.4.1
             5.2.4.1 < 5.2.4.2
             6.0.0.beta3 < 6.0.0.rc1
             6.0.0.rc1 < 6.0.0.rc2
             6.0.0.rc2 < 6.0.0
             1.02 = 1.2
             2020.1.1 > 9.9",
        );
    }

    #[test]
    fn what_rubygems_refuses_is_refused_but_still_compared() {
        for text in [
            "", "a", "1..2", "1.", "v1", "1a.2", "1.0+x", "1.0--1", "1_0",
        ] {
            assert!(Version::parse(Order::RubyGems, text).is_err(), "{text}");
        }
        assert_found(
            Order::RubyGems,
            "v1 < 1
             1..2 = 1.2",
        );
    }

    #[test]
    fn the_shared_lists_of_comparisons_hold() {
        let files = ["rubygems-versions.txt", "rubygems-versions-generated.txt"];
        assert_agreed(Order::RubyGems, &files);
    }
}
