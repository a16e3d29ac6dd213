//! Owns the versions of PHP packages, compared as PHP's own `version_compare` does.
//! Must never tell two unknown words apart: PHP does not.

use super::number::{Number, cut, is_digits};
use crate::VersionError;

/// Numbers and stages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Packagist(Vec<Part>);

/// In the order in which parts win where two versions differ in kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Unknown,
    Dev,
    Alpha,
    Beta,
    ReleaseCandidate,
    End,
    Number(Number),
    Patch,
}

impl Packagist {
    /// As Composer accepts a release.
    pub(crate) fn parse(text: &str) -> Result<Self, VersionError> {
        let bare = text.strip_prefix(['v', 'V']).unwrap_or(text);
        let (numbers, stage) = cut(bare, |byte| byte.is_ascii_digit() || byte == b'.');
        let numbers = if stage.is_empty() {
            numbers
        } else {
            numbers.trim_end_matches('.')
        };
        let count = numbers.split('.').count();
        if !numbers.split('.').all(is_digits) || count > 4 || !is_stage(stage) {
            return Err(VersionError::new(
                format!("`{text}` is no Composer version"),
                Some("write one to four numbers, then perhaps `-alpha1`, `-beta1`, `-RC1`, `-p1` or `-dev`".to_owned()),
            ));
        }
        Ok(Self::found(text))
    }

    /// Any text, read in the same way.
    pub(crate) fn found(text: &str) -> Self {
        let mut rest = text.strip_prefix(['v', 'V']).unwrap_or(text);
        let mut parts = Vec::new();
        while let Some(first) = rest.chars().next() {
            let found;
            (found, rest) = match first {
                '.' | '-' | '_' | '+' => (None, &rest[1..]),
                '0'..='9' => {
                    let (digits, after) = cut(rest, |byte| byte.is_ascii_digit());
                    (Some(Part::Number(Number::new(digits))), after)
                }
                _ => {
                    let ends = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '_' | '+');
                    let (word, after) = rest.split_at(rest.find(ends).unwrap_or(rest.len()));
                    (part(word), after)
                }
            };
            parts.extend(found);
        }
        parts.push(Part::End);
        Self(parts)
    }
}

/// Stages are known by how they begin, in small letters but for `RC`. PHP's mark for "any number" says nothing of its own.
fn part(word: &str) -> Option<Part> {
    match word.as_bytes() {
        [b'#', ..] => None,
        [b'd', b'e', b'v', ..] => Some(Part::Dev),
        [b'a', ..] => Some(Part::Alpha),
        [b'b', ..] => Some(Part::Beta),
        [b'r', b'c', ..] | [b'R', b'C', ..] => Some(Part::ReleaseCandidate),
        [b'p', ..] => Some(Part::Patch),
        _ => Some(Part::Unknown),
    }
}

/// Stability suffixes of Composer, with numbers: `-beta.2`, `RC1`, `-p1-dev`; and build metadata.
fn is_stage(text: &str) -> bool {
    let (mut rest, build) = text.split_once('+').unwrap_or((text, "0"));
    while !rest.is_empty() {
        let separated = rest.strip_prefix(['-', '_', '.']).unwrap_or(rest);
        let (word, after) = cut(separated, |byte| byte.is_ascii_alphabetic());
        let known = [
            "stable", "alpha", "a", "beta", "b", "rc", "patch", "pl", "p", "dev",
        ];
        if !known.contains(&word.to_lowercase().as_str()) {
            return false;
        }
        rest = after;
        loop {
            let dotted = rest.strip_prefix(['.', '-']).unwrap_or(rest);
            let (digits, after) = cut(dotted, |byte| byte.is_ascii_digit());
            if digits.is_empty() {
                break;
            }
            rest = after;
        }
    }
    let good = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte);
    !build.is_empty() && build.bytes().all(good)
}

#[cfg(test)]
mod tests {
    use super::super::lines::{assert_agreed, assert_found, assert_lines};
    use crate::{Order, Version};

    #[test]
    fn php_follows_version_compare() {
        assert_lines(
            Order::Packagist,
            "1.0.0 < 1.0.1
             1.9.0 < 1.10.0
             1.0 < 1.0.0
             v1.0.0 = 1.0.0
             1.0.0-dev < 1.0.0-alpha1
             1.0.0-alpha1 < 1.0.0-alpha2
             1.0.0-alpha2 < 1.0.0-beta1
             1.0.0-beta1 < 1.0.0-RC1
             1.0.0-RC1 < 1.0.0-RC2
             1.0.0-RC9 < 1.0.0-RC10
             1.0.0-RC1 < 1.0.0
             1.0.0 < 1.0.0-p1
             1.0.0-p1 < 1.0.0-p2
             1.0.0-pl1 = 1.0.0-p1
             1.0.0-a1 = 1.0.0-alpha1
             1.0.0-b1 = 1.0.0-beta.1
             1.0.0RC1 = 1.0.0-rc1
             1.0.0-RC1 = 1.0.0.RC.1
             1.0.0-beta < 1.0.0-beta1
             1.0.0.1 > 1.0.0
             1.0.0.1 < 1.0.0-p1
             1.0.0-beta2 > 1.0.0-alpha9
             1.0.01 = 1.0.1
             5.4.0-BETA1 < 5.4.0-RC1
             v6.4.2 < v6.5.0-beta1
             2.0.0-alpha < 2.0.0
             10.0.0 > 9.52.16
             1.0.0-patch1 > 1.0.0
             20.0 > 3.0
             1.0.0-dev < 1.0.0",
        );
    }

    #[test]
    fn what_composer_refuses_is_refused_but_still_compared() {
        for text in [
            "",
            "dev-main",
            "1.0.0.0.0",
            "1.0-foo",
            "1..0",
            "1.0+",
            "1.0 ",
            "1.x",
        ] {
            assert!(Version::parse(Order::Packagist, text).is_err(), "{text}");
        }
        assert_found(
            Order::Packagist,
            "1.0-foo = 1.0-xyz
             1.0-foo < 1.0-dev
             1.#.2 = 1.2",
        );
    }

    #[test]
    fn the_shared_lists_of_comparisons_hold() {
        let files = ["packagist-versions.txt", "packagist-versions-generated.txt"];
        assert_agreed(Order::Packagist, &files);
    }
}
