//! Owns Maven's versions, by the "Version Order Specification" of the POM reference as Maven 3 and the scanners follow it:
//! `.word` < `-word` < `-number` < `.number`, and an underscore is part of a word.
//! Must never let a zero or `final` count that ends a group of tokens.

use super::number::{Number, cut};
use crate::VersionError;

/// Tokens without those that mean nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Maven(Vec<Token>);

/// In the order in which tokens win where two versions differ in kind.
///
/// The specification pads the shorter version with tokens of nothing, and so goes in circles:
/// 1.0.alpha < 1 < 1-sp < 1.0.alpha. Here nothing that leads to a pre-release comes before the end, which parts the
/// circle where no real version lies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Token {
    /// `alpha`, `beta`, `milestone`, `rc`, `snapshot`.
    PreRelease {
        after_hyphen: bool,
        rank: usize,
    },
    /// A zero or `final` that leads to one of these.
    Lead,
    End,
    /// `final`, `ga`, `release` before anything else.
    Release,
    /// `sp`, then any other word, in small letters.
    Word {
        after_hyphen: bool,
        other: Option<String>,
    },
    /// After a hyphen or a word.
    HyphenNumber(Number),
    /// After a dot, and at the beginning.
    DotNumber(Number),
}

/// A token as it stands, before its meaning is known.
struct Raw<'a> {
    after_hyphen: bool,
    text: &'a str,
    /// A number follows without a separator.
    before_number: bool,
}

impl Maven {
    /// As a repository can hold it.
    pub(crate) fn parse(text: &str) -> Result<Self, VersionError> {
        let good = |byte: u8| byte.is_ascii_alphanumeric() || b".-_+".contains(&byte);
        if !text.starts_with(|c: char| c.is_ascii_alphanumeric()) || !text.bytes().all(good) {
            return Err(VersionError::new(
                format!("`{text}` is no Maven version"),
                Some("use letters, digits, `.`, `-`, `_` and `+`, as in `1.2.0-rc1`".to_owned()),
            ));
        }
        Ok(Self::found(text))
    }

    /// Any text, read in the same way.
    pub(crate) fn found(text: &str) -> Self {
        let mut tokens = Vec::new();
        for raw in split(text) {
            if raw.after_hyphen {
                trim(&mut tokens);
            }
            tokens.push(token(&raw));
        }
        trim(&mut tokens);
        tokens.push(Token::End);
        mark_leads(&mut tokens);
        Self(tokens)
    }
}

/// Cuts at dots and hyphens, and, as if a hyphen stood there, between digits and everything else.
fn split(text: &str) -> Vec<Raw<'_>> {
    let digit = |c: char| c.is_ascii_digit();
    let mut raws = Vec::new();
    let (mut after_hyphen, mut rest) = (false, text);
    loop {
        let (mut text, mut after) = cut(rest, |byte| byte.is_ascii_digit());
        if text.is_empty() {
            let end = rest.find(|c: char| digit(c) || matches!(c, '.' | '-'));
            (text, after) = rest.split_at(end.unwrap_or(rest.len()));
        }
        raws.push(Raw {
            after_hyphen,
            text,
            before_number: after.starts_with(digit),
        });
        (after_hyphen, rest) = match after.as_bytes() {
            [] => return raws,
            [b'.', ..] => (false, &after[1..]),
            [b'-', ..] => (true, &after[1..]),
            _ => (true, after),
        };
    }
}

fn token(raw: &Raw<'_>) -> Token {
    let after_hyphen = raw.after_hyphen;
    // An empty token is a zero.
    if raw.text.bytes().all(|byte| byte.is_ascii_digit()) {
        let number = Number::new(raw.text);
        return if after_hyphen {
            Token::HyphenNumber(number)
        } else {
            Token::DotNumber(number)
        };
    }
    let rank = match (raw.text.to_lowercase().as_str(), raw.before_number) {
        ("alpha", _) | ("a", true) => 0,
        ("beta", _) | ("b", true) => 1,
        ("milestone", _) | ("m", true) => 2,
        ("rc" | "cr", _) => 3,
        ("snapshot", _) => 4,
        ("final" | "ga" | "release", _) => return Token::Release,
        (word, _) => {
            let other = (word != "sp").then(|| word.to_owned());
            return Token::Word {
                after_hyphen,
                other,
            };
        }
    };
    Token::PreRelease { after_hyphen, rank }
}

fn is_nothing(token: &Token) -> bool {
    match token {
        Token::Release => true,
        Token::HyphenNumber(number) | Token::DotNumber(number) => number.is_zero(),
        _ => false,
    }
}

/// Drops what means nothing before a hyphen and the end.
fn trim(tokens: &mut Vec<Token>) {
    while tokens.last().is_some_and(is_nothing) {
        tokens.pop();
    }
}

fn mark_leads(tokens: &mut [Token]) {
    let mut leads = false;
    for token in tokens.iter_mut().rev() {
        if !is_nothing(token) {
            leads = matches!(token, Token::PreRelease { .. });
        } else if leads {
            *token = Token::Lead;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::{assert_agreed, assert_found, assert_lines};
    use crate::{Order, Version};

    #[test]
    fn java_follows_the_pom_reference() {
        assert_lines(
            Order::Maven,
            "1 < 1.1
             1.0 = 1
             1.0.0 = 1
             1.ga = 1
             1.0.Final = 1
             1.0.RELEASE = 1.0
             1-snapshot < 1
             1 < 1-sp
             1-foo2 < 1-foo10
             1.foo < 1-foo
             1-foo < 1-1
             1-1 < 1.1
             1-alpha < 1-beta
             1-beta < 1-milestone
             1-milestone < 1-rc
             1-rc = 1-cr
             1-rc < 1-snapshot
             1-sp < 1-foo
             1a1 = 1-alpha-1
             1b1 = 1-beta-1
             1m1 = 1-milestone-1
             1-a < 1-b
             1-a > 1-rc
             1.0-RC1 = 1.0-rc1
             1.0-rc1 < 1.0-rc2
             1.0-rc2 < 1.0-rc10
             1.0.0.Alpha1 < 1
             1.0.0.Alpha1 < 1.0.0.Beta1
             1.9 < 1.10
             2.0.1-xyz < 2.0.1-123
             1 < 1.foo
             1.0.SP1 > 1.0.Final
             1.0.0_x > 1.0.0
             1.0.alpha < 1-sp
             1x = 1.0.0-x
             42.2.jre7 < 42.2.jre8
             31.0-android < 31.0-jre
             31.0-jre < 31.1-android
             1.0-20240101.120000-1 < 1.0.1
             2.0.0-M4 < 2.0.0-RC1
             2.0.0-RC1 < 2.0.0.Final",
        );
    }

    #[test]
    fn what_no_repository_holds_is_refused_but_still_compared() {
        for text in ["", ".1", "[1,2)", "1 2", "${version}", "1/2"] {
            assert!(Version::parse(Order::Maven, text).is_err(), "{text}");
        }
        assert_found(
            Order::Maven,
            "1..0 = 1
             -1 < 1
             1-ä < 1-1",
        );
    }

    #[test]
    fn the_shared_lists_of_comparisons_hold() {
        let files = ["maven-versions.txt", "maven-versions-generated.txt"];
        assert_agreed(Order::Maven, &files);
    }
}
