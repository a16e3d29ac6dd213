//! Owns Debian's versions: `[epoch:]upstream[-revision]`, compared as deb-version(7) says.
//! Must never forget that `~` comes before the end.

use super::number::{Number, cut, is_digits};
use crate::VersionError;

/// Epoch, upstream version and revision; a missing revision equals `0`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Debian {
    epoch: Number,
    upstream: Vec<Run>,
    revision: Vec<Run>,
}

/// Some characters that are no digits, by weight and ended by [`END`], and the number after them.
type Run = (Vec<u16>, Number);

/// `~` weighs less than the end, letters more, and everything else more than letters.
const TILDE: u16 = 0;
const END: u16 = 1;

impl Debian {
    /// As Debian Policy 5.6.12 has it.
    pub(crate) fn parse(text: &str) -> Result<Self, VersionError> {
        let error = |message: &str, help: &str| {
            let message = format!("`{text}` is no Debian version: {message}");
            Err(VersionError::new(message, Some(help.to_owned())))
        };
        let (epoch, upstream, revision) = parts(text);
        let allowed = |part: &str, more: &[u8]| {
            let good = |byte: u8| {
                byte.is_ascii_alphanumeric() || b".+~".contains(&byte) || more.contains(&byte)
            };
            !part.is_empty() && part.bytes().all(good)
        };
        if epoch.is_some_and(|epoch| !is_digits(epoch)) {
            return error(
                "what stands before the colon is no number",
                "write `1:2.3-4`, or no colon",
            );
        }
        if !upstream.starts_with(|c: char| c.is_ascii_digit()) {
            return error(
                "it does not begin with a digit",
                "write it as the changelog does: `1.2.3-1`",
            );
        }
        let colon: &[u8] = if epoch.is_some() { b"-:" } else { b"-" };
        if !allowed(upstream, colon) || revision.is_some_and(|revision| !allowed(revision, b"")) {
            return error(
                "it holds a character that none has",
                "use letters, digits, `.`, `+`, `~` and `-`",
            );
        }
        Ok(Self::found(text))
    }

    /// Any text, read in the same way.
    pub(crate) fn found(text: &str) -> Self {
        let (epoch, upstream, revision) = parts(text);
        match epoch {
            Some(epoch) if !is_digits(epoch) => Self {
                epoch: Number::default(),
                upstream: runs(text),
                revision: runs(""),
            },
            _ => Self {
                epoch: Number::new(epoch.unwrap_or_default()),
                upstream: runs(upstream),
                revision: runs(revision.unwrap_or_default()),
            },
        }
    }
}

fn parts(text: &str) -> (Option<&str>, &str, Option<&str>) {
    let (epoch, rest) = match text.split_once(':') {
        Some((epoch, rest)) => (Some(epoch), rest),
        None => (None, text),
    };
    match rest.rsplit_once('-') {
        Some((upstream, revision)) => (epoch, upstream, Some(revision)),
        None => (epoch, rest, None),
    }
}

fn runs(text: &str) -> Vec<Run> {
    let mut rest = text;
    let mut runs = Vec::new();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_ascii_digit());
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        let (number, after) = cut(after, |byte| byte.is_ascii_digit());
        runs.push((
            word.bytes().map(weight).chain([END]).collect(),
            Number::new(number),
        ));
        rest = after;
    }
    let end = (vec![END], Number::default());
    if runs.last() == Some(&end) {
        runs.pop();
    }
    runs.push(end);
    runs
}

fn weight(byte: u8) -> u16 {
    match byte {
        b'~' => TILDE,
        b'a'..=b'z' | b'A'..=b'Z' => u16::from(byte),
        _ => u16::from(byte) + 256,
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::{assert_agreed, assert_found, assert_lines};
    use crate::{Order, Version};

    #[test]
    fn debian_follows_deb_version() {
        assert_lines(
            Order::Debian,
            "1.0-1 < 1.0-2
             1.0-9 < 1.0-10
             1.0 = 1.0-0
             1.0 < 1.0-1
             0:1.0-1 = 1.0-1
             1:0.1 > 9.9
             2:0.1 < 10:0.1
             1.0~rc1-1 < 1.0-1
             1.0~~ < 1.0~~a
             1.0~~a < 1.0~
             1.0~ < 1.0
             1.0 < 1.0a
             1.0a < 1.0+
             1.0a < 1.0b
             1.0A < 1.0a
             1.0+a < 1.0.a
             1.0-1~bpo12+1 < 1.0-1
             1.0-1 < 1.0-1+deb12u1
             1.0-1+deb12u1 < 1.0-1+deb12u2
             1.0-1+b1 < 1.0-1.1
             1.0-1ubuntu1 < 1.0-2
             1.0-1 < 1.0-1ubuntu0.1
             1.09 = 1.9
             1.0.0 > 1.0
             1.0 < 1.0.
             1.0-a-1 > 1.0-1
             20240101 < 20240102
             0 = 0-0
             7.6p2-4 > 7.6-0
             1.0.3-3 > 1.0-1
             1.2.2-2 > 1.2-5
             0.4a6-2 > 0.4-1",
        );
    }

    #[test]
    fn what_policy_forbids_is_refused_but_still_compared() {
        for text in ["", "a1", "x:1", "1 2", "1.0-", ":1", "1_0", "1.0:1"] {
            assert!(Version::parse(Order::Debian, text).is_err(), "{text}");
        }
        assert_found(
            Order::Debian,
            "a < b
             1.0- = 1.0
             x:1 < y:1",
        );
    }

    #[test]
    fn the_shared_lists_of_comparisons_hold() {
        let files = ["debian-versions.txt", "debian-versions-generated.txt"];
        assert_agreed(Order::Debian, &files);
    }
}
