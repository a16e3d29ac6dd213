//! Owns Python's versions: PEP 440, and the older spellings that PyPI still holds.
//! Must never let an advisory use an old spelling: pip-audit dies on it.

use std::str::FromStr as _;

use super::number::{Number, cut};
use crate::VersionError;

/// Versions that PEP 440 does not know come before all that it knows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pep440 {
    Legacy(Vec<Piece>),
    Known(pep440_rs::Version),
}

/// A piece of an old version. Words below `Final` are pre-releases.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Piece {
    PreRelease(String),
    Final,
    Hyphen,
    PostRelease(String),
    Number(Number),
}

impl Pep440 {
    /// As PEP 440 has it. Also gives the normalised spelling.
    pub(crate) fn parse(text: &str) -> Result<(Self, String), VersionError> {
        let version = pep440_rs::Version::from_str(text).map_err(|error| {
            let reason = error.to_string();
            let reason = reason.lines().next().map(str::to_owned);
            VersionError::new(format!("`{text}` is no PEP 440 version"), reason)
        })?;
        let spelling = version.to_string();
        Ok((Self::Known(version), spelling))
    }

    /// As PyPI holds it too, from before PEP 440.
    pub(crate) fn found(text: &str) -> (Self, String) {
        Self::parse(text).unwrap_or_else(|_| (Self::Legacy(legacy(text)), text.to_owned()))
    }
}

/// What setuptools compared before PEP 440: numbers, and words of which some come before the release.
fn legacy(text: &str) -> Vec<Piece> {
    let text = text.to_lowercase();
    let mut rest = text.as_str();
    let mut pieces = Vec::new();
    while let Some(first) = rest.chars().next() {
        let (piece, after) = match first {
            '.' => ("", &rest[1..]),
            '-' => ("-", &rest[1..]),
            '0'..='9' => cut(rest, |byte| byte.is_ascii_digit()),
            'a'..='z' => cut(rest, |byte| byte.is_ascii_lowercase()),
            _ => rest.split_at(other(rest)),
        };
        rest = after;
        if first.is_ascii_digit() {
            pieces.push(Piece::Number(Number::new(piece)));
        } else if !piece.is_empty() {
            push_word(&mut pieces, piece);
        }
    }
    push_word(&mut pieces, "final");
    pieces
}

/// Bytes up to the next letter, digit, dot or hyphen.
fn other(text: &str) -> usize {
    let splits = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '.' | '-');
    text.find(splits).unwrap_or(text.len())
}

/// Hyphens before a pre-release do not count, nor do zeros before any word.
fn push_word(pieces: &mut Vec<Piece>, word: &str) {
    let piece = match word {
        "-" => Piece::Hyphen,
        "final" => Piece::Final,
        "dev" => Piece::PreRelease("@".to_owned()),
        "pre" | "preview" | "rc" => Piece::PreRelease("c".to_owned()),
        _ if word < "final" => Piece::PreRelease(word.to_owned()),
        _ => Piece::PostRelease(word.to_owned()),
    };
    if piece < Piece::Final {
        while pieces.last() == Some(&Piece::Hyphen) {
            pieces.pop();
        }
    }
    let zero = |piece: &Piece| matches!(piece, Piece::Number(number) if number.is_zero());
    while pieces.last().is_some_and(zero) {
        pieces.pop();
    }
    pieces.push(piece);
}

#[cfg(test)]
mod tests {
    use super::super::lines::{assert_agreed, assert_found, assert_lines};
    use crate::{Order, Version};

    #[test]
    fn python_follows_pep_440() {
        assert_lines(
            Order::Pep440,
            "1.0.dev1 < 1.0a1
             1.0.dev456 < 1.0a1
             1.0a1 < 1.0a2.dev456
             1.0a2.dev456 < 1.0a12.dev456
             1.0a12.dev456 < 1.0a12
             1.0a12 < 1.0b1.dev456
             1.0b1.dev456 < 1.0b2
             1.0b2 < 1.0b2.post345.dev456
             1.0b2.post345.dev456 < 1.0b2.post345
             1.0b2.post345 < 1.0rc1.dev456
             1.0rc1.dev456 < 1.0rc1
             1.0rc1 < 1.0
             1.0 < 1.0+abc.5
             1.0+abc.5 < 1.0+abc.7
             1.0+abc.7 < 1.0+5
             1.0+5 < 1.0.post456.dev34
             1.0.post456.dev34 < 1.0.post456
             1.0.post456 < 1.0.15
             1.0.15 < 1.1.dev1
             1.0 = 1.0.0
             1 = 1.0.0.0
             1!0.1 > 999.0
             1.0-rc.1 = 1.0rc1
             1.0c1 = 1.0rc1
             1.0alpha1 = 1.0a1
             1.0-1 = 1.0.post1
             1.0.rev1 = 1.0.post1
             v1.2 = 1.2
             2.0.0 < 10.0.0
             2013.10 < 2014.1",
        );
    }

    #[test]
    fn old_spellings_come_before_all_others() {
        assert_found(
            Order::Pep440,
            "1.0-bulbasaur < 0.1
             0.3m2 < 0.3m10
             1-gamma < 1-omega
             0.7.10p1 < 0.7.11p1
             1.0.final.x = 1.final.x
             1.x-rc.1 < 1.x.1",
        );
        assert!(Version::parse(Order::Pep440, "0.3m2").is_err());
    }

    #[test]
    fn the_shared_lists_of_comparisons_hold() {
        let files = ["pypi-versions.txt", "pypi-versions-generated.txt"];
        assert_agreed(Order::Pep440, &files);
    }

    #[test]
    fn osv_gets_the_normalised_spelling() {
        for (written, canonical) in [
            ("1.0-RC.1", "1.0rc1"),
            ("v2.0", "2.0"),
            ("1.0.0", "1.0.0"),
            ("1.0+Local_1", "1.0+local.1"),
        ] {
            let version = Version::parse(Order::Pep440, written).expect(written);
            assert_eq!(
                (version.canonical().as_str(), version.to_string().as_str()),
                (canonical, written)
            );
        }
    }
}
