//! Owns the versions of RPM packages: `[epoch:]version[-release]`, compared as rpm-version(7) says.
//! Must never compare separators: they only part what is compared.

use super::number::{Number, cut, is_digits};
use crate::VersionError;

/// Epoch, version and release. A missing epoch is `0`; a missing release comes before any.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rpm {
    epoch: Vec<Piece>,
    version: Vec<Piece>,
    release: Option<Vec<Piece>>,
}

/// In the order in which pieces win where two versions differ in kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    /// `~`: before the release it leads to.
    Tilde,
    End,
    /// `^`: after the release it builds on, before the next.
    Caret,
    Word(String),
    Number(Number),
}

impl Rpm {
    /// As a spec file may have it.
    pub(crate) fn parse(text: &str) -> Result<Self, VersionError> {
        let error = |message: &str, help: &str| {
            let message = format!("`{text}` is no RPM version: {message}");
            Err(VersionError::new(message, Some(help.to_owned())))
        };
        let (epoch, version, release) = parts(text);
        let good = |part: &str| {
            let good = |byte: u8| byte.is_ascii_alphanumeric() || b"._+~^".contains(&byte);
            part.starts_with(|c: char| c.is_ascii_alphanumeric()) && part.bytes().all(good)
        };
        if epoch.is_some_and(|epoch| !is_digits(epoch)) {
            return error(
                "what stands before the colon is no number",
                "write `1:2.3-4.el9`, or no colon",
            );
        }
        if !good(version) || release.is_some_and(|release| !good(release)) {
            return error(
                "it does not follow [EPOCH:]VERSION[-RELEASE]",
                "use letters, digits, `.`, `_`, `+`, `~` and `^`, with one `-` before the release: `1.2.3-4.el9`",
            );
        }
        Ok(Self::found(text))
    }

    /// Any text, read in the same way.
    pub(crate) fn found(text: &str) -> Self {
        let (epoch, version, release) = parts(text);
        Self {
            epoch: pieces(epoch.unwrap_or("0")),
            version: pieces(version),
            release: release.map(pieces),
        }
    }
}

fn parts(text: &str) -> (Option<&str>, &str, Option<&str>) {
    let (epoch, rest) = match text.split_once(':') {
        Some((epoch, rest)) => (Some(epoch), rest),
        None => (None, text),
    };
    match rest.rsplit_once('-') {
        Some((version, release)) => (epoch, version, Some(release)),
        None => (epoch, rest, None),
    }
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut rest = text;
    let mut pieces = Vec::new();
    while let Some(first) = rest.chars().next() {
        let (piece, after) = match first {
            '~' => (Some(Piece::Tilde), &rest[1..]),
            '^' => (Some(Piece::Caret), &rest[1..]),
            '0'..='9' => {
                let (digits, after) = cut(rest, |byte| byte.is_ascii_digit());
                (Some(Piece::Number(Number::new(digits))), after)
            }
            'a'..='z' | 'A'..='Z' => {
                let (word, after) = cut(rest, |byte| byte.is_ascii_alphabetic());
                (Some(Piece::Word(word.to_owned())), after)
            }
            _ => (None, &rest[first.len_utf8()..]),
        };
        pieces.extend(piece);
        rest = after;
    }
    pieces.push(Piece::End);
    pieces
}

#[cfg(test)]
mod tests {
    use super::super::lines::{assert_agreed, assert_found, assert_lines};
    use crate::{Order, Version};

    #[test]
    fn red_hat_follows_rpm_version() {
        assert_lines(
            Order::Rpm,
            "1.0-1.el9 < 1.0-2.el9
             1.0-9.el9 < 1.0-10.el9
             1.0-1.el8 < 1.0-1.el9
             1.0 < 1.0-1
             0:1.0-1 = 1.0-1
             1:0.1-1 > 9.9-1
             1.0 < 1.0.1
             1.0.1 < 1.1
             1.9 < 1.10
             1.0a < 1.0.1
             1.0 < 1.0a
             1.0a < 1.0b
             1.0A < 1.0a
             a < 1
             1.0~rc1 < 1.0
             1.0~rc1 < 1.0~rc2
             1.0~rc1~git < 1.0~rc1
             1.0 < 1.0^git1
             1.0^git1 < 1.0^git2
             1.0^git1 < 1.0.1
             1.0^git1~pre < 1.0^git1
             1.0~rc1^git1 > 1.0~rc1
             1_0 = 1.0
             1.0+x = 1.0.x
             1.05 = 1.5
             1.0-1.el9_2 < 1.0-1.el9_2.1
             1.0-1.el9 < 1.0-1.el9_2
             3.10.0-229.el7 < 3.10.0-229.1.2.el7
             2.0.1a > 2.0.1
             20240101 < 20240102",
        );
    }

    #[test]
    fn what_no_spec_file_has_is_refused_but_still_compared() {
        for text in ["", "-1", "1-", "x:1", "1-2-3", "1.0 ", ":1"] {
            assert!(Version::parse(Order::Rpm, text).is_err(), "{text}");
        }
        assert_found(
            Order::Rpm,
            "1.α = 1.β
             1 < 1-
             x:1 < y:0",
        );
    }

    #[test]
    fn the_shared_lists_of_comparisons_hold() {
        assert_agreed(Order::Rpm, &["redhat-versions.txt"]);
    }
}
