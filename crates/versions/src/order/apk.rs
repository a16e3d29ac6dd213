//! Owns the versions of apk packages: `number{.number}..{letter}{_suffix{number}}..{~hash}{-r#}`,
//! by the rules of apk-tools 3 (apk-package(5)).
//! Must never let a half-understood version come after a sound one.

use super::number::{Number, cut};
use crate::VersionError;

/// A version as the pieces that apk compares one by one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Apk(Vec<Piece>);

/// In the order in which pieces win where two versions differ in kind: `1.2_rc` < `1.2` < `1.2-r0` < `1.2_p` < `1.2a` < `1.2.0`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    /// `_alpha`, `_beta`, `_pre`, `_rc`.
    Before(usize),
    /// What apk cannot read.
    Bad,
    End,
    Revision(Number),
    Hash(String),
    SuffixNumber(Number),
    /// `_cvs`, `_svn`, `_git`, `_hg`, `_p`.
    After(usize),
    Letter(u8),
    /// A later number with a leading zero: compared as text, and before all without one.
    Fraction(String),
    Number(Number),
}

const BEFORE: [&str; 4] = ["alpha", "beta", "pre", "rc"];
const AFTER: [&str; 5] = ["cvs", "svn", "git", "hg", "p"];

/// How far the reading has come; what may follow depends on it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Numbers,
    Letter,
    Suffix,
    SuffixNumber,
    Hash,
    Revision,
}

impl Apk {
    /// As `apk version --check` accepts it, and with digits after the letter.
    pub(crate) fn parse(text: &str) -> Result<Self, VersionError> {
        let strict = text.starts_with(|c: char| c.is_ascii_digit());
        let Some(pieces) = strict.then(|| pieces(text, false)).flatten() else {
            return Err(VersionError::new(
                format!("`{text}` is no apk version"),
                Some(help(text)),
            ));
        };
        Ok(Self(pieces))
    }

    /// As older packages spell it too; what cannot be read comes before what can.
    pub(crate) fn found(text: &str) -> Self {
        let pieces = pieces(text, false).or_else(|| pieces(text, true));
        Self(pieces.unwrap_or_else(|| vec![Piece::Bad]))
    }
}

fn help(text: &str) -> String {
    match text.rsplit_once("-r") {
        Some((_, revision)) if revision.parse::<u32>().is_ok() => {
            "write numbers, perhaps a letter and suffixes of alpha, beta, pre, rc, cvs, svn, git, hg and p: `1.2.3a_rc1-r0`".to_owned()
        }
        _ => "write it as the index does, with its revision: `1.2.3-r0`".to_owned(),
    }
}

/// All pieces. A bad one is `None`, or, when lenient, ends the list.
fn pieces(text: &str, lenient: bool) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut stage = Stage::Numbers;
    let (first, mut rest) = cut(text, |byte| byte.is_ascii_digit());
    pieces.push(Piece::Number(Number::new(first)));
    while !rest.is_empty() {
        let next = next(rest, stage, lenient).or_else(|| old(rest, stage));
        match next {
            Some((piece, reached, after)) => {
                pieces.push(piece);
                (stage, rest) = (reached, after);
            }
            None if lenient => {
                // Of what cannot be read, no revision counts.
                pieces.retain(|piece| !matches!(piece, Piece::Revision(_)));
                pieces.push(Piece::Bad);
                return Some(pieces);
            }
            None => return None,
        }
    }
    pieces.push(Piece::End);
    Some(pieces)
}

type Read<'a> = Option<(Piece, Stage, &'a str)>;

/// One piece by the rules.
fn next(text: &str, stage: Stage, lenient: bool) -> Read<'_> {
    let digits = |byte: u8| byte.is_ascii_digit();
    let (sign, rest) = (text.as_bytes().first()?, text.get(1..)?);
    match sign {
        b'.' if stage == Stage::Numbers => {
            let (number, after) = cut(rest, digits);
            let empty = lenient && (after.is_empty() || after.starts_with('.'));
            (!number.is_empty() || empty).then(|| (later(number), stage, after))
        }
        b'a'..=b'z' if stage == Stage::Numbers => Some((Piece::Letter(*sign), Stage::Letter, rest)),
        b'0'..=b'9' if stage == Stage::Suffix => {
            let (number, after) = cut(text, digits);
            let piece = Piece::SuffixNumber(Number::new(number));
            Some((piece, Stage::SuffixNumber, after))
        }
        b'_' if stage <= Stage::SuffixNumber => {
            let (word, after) = cut(rest, |byte| byte.is_ascii_lowercase());
            let place = |words: &[&str]| words.iter().position(|one| *one == word);
            let piece = place(&BEFORE).map(Piece::Before);
            let piece = piece.or_else(|| place(&AFTER).map(Piece::After))?;
            Some((piece, Stage::Suffix, after))
        }
        b'~' if stage < Stage::Hash => {
            let hexadecimal = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
            let (hash, after) = cut(rest, hexadecimal);
            (!hash.is_empty()).then(|| (Piece::Hash(hash.to_owned()), Stage::Hash, after))
        }
        b'-' if stage < Stage::Revision => {
            let (number, after) = cut(rest.strip_prefix('r')?, digits);
            let piece = Piece::Revision(Number::new(number));
            (!number.is_empty()).then_some((piece, Stage::Revision, after))
        }
        _ => None,
    }
}

/// Digits after the letter: apk-tools 3 no longer knows them, but packages that followed apk-tools 2 have them: `8u372_p7-r0`.
fn old(text: &str, stage: Stage) -> Read<'_> {
    let (number, after) = cut(text, |byte| byte.is_ascii_digit());
    let allowed = stage == Stage::Letter && !number.is_empty();
    allowed.then(|| (later(number), Stage::Letter, after))
}

fn later(number: &str) -> Piece {
    if number.is_empty() || number.starts_with('0') {
        Piece::Fraction(number.to_owned())
    } else {
        Piece::Number(Number::new(number))
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::{assert_agreed, assert_found, assert_lines};
    use crate::{Order, Version};

    #[test]
    fn alpine_follows_apk_tools() {
        assert_lines(
            Order::Apk,
            "1.2.3-r0 < 1.2.3-r1
             1.2.3-r9 < 1.2.3-r10
             1.2.3 < 1.2.3-r0
             1.2 < 1.2.0
             1.2.9 < 1.2.10
             1.9 < 1.10
             1.2_alpha < 1.2_beta
             1.2_beta < 1.2_pre
             1.2_pre < 1.2_rc
             1.2_rc < 1.2
             1.2_rc1 < 1.2_rc2
             1.2_rc < 1.2_rc1
             1.2_rc1-r5 < 1.2-r0
             1.2 < 1.2_cvs
             1.2_cvs < 1.2_svn
             1.2_svn < 1.2_git
             1.2_git < 1.2_hg
             1.2_hg < 1.2_p
             1.2_p1 < 1.2_p2
             1.2-r3 < 1.2_p1-r0
             1.2 < 1.2a
             1.2a < 1.2b
             1.2b < 1.2.1
             1.2_p1 < 1.2a
             1.05 < 1.1
             1.05 < 1.06
             1.05 < 1.5
             05.1 = 5.1
             1.2_alpha_pre < 1.2_alpha
             1.2_alpha1_p1 > 1.2_alpha1
             1.2~abc < 1.2~abd
             1.2-r1 < 1.2~abc-r0
             8u372_p7-r0 < 8u372_p7-r1
             8u372_p7-r0 < 8u392_p9-r1
             20240101-r0 > 9.9.9-r9",
        );
    }

    #[test]
    fn what_apk_cannot_read_comes_before_what_it_can() {
        assert_found(
            Order::Apk,
            "1.2.A < 1.2.0
             1.2-x < 1.2
             1.2_foo < 1.2_p
             1.2_rc < 1.2_foo
             6...0r1 < 6...0r2
             1.0-r1-x = 1.0-y",
        );
        for text in [
            "",
            "a",
            "1.",
            "1..2",
            "1.2-r",
            "1.2-1",
            "1.2_foo",
            "1.2-r1-r2",
            "1.2p1.2",
            "1.2p1q1",
            "1A",
            "1.2 ",
        ] {
            assert!(Version::parse(Order::Apk, text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_shared_lists_of_comparisons_hold() {
        let files = ["alpine-versions.txt", "alpine-versions-generated.txt"];
        assert_agreed(Order::Apk, &files);
    }
}
