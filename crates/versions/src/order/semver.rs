//! Owns Semantic Versioning 2.0.0, section 11, and Pub's use of it.
//! Must never let build metadata decide, except where Pub says that it does.

use super::number::{Number, cut, is_digits, without_trailing_zeros};
use crate::VersionError;

/// What section 11 compares: numbers, then the pre-release.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SemVer {
    numbers: Vec<Number>,
    stage: Stage,
}

/// A pre-release comes before its release.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    PreRelease(Vec<Identifier>),
    Release,
}

/// Numbers come before words, and a shorter list before a longer one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Identifier {
    Number(Number),
    Word(String),
}

/// Pub's order: where section 11 finds two versions equal, the build metadata decides
/// (<https://dart.dev/tools/pub/versioning>).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pub {
    version: SemVer,
    build: Vec<Identifier>,
}

impl SemVer {
    /// As the specification's grammar has it.
    pub(crate) fn parse(text: &str) -> Result<Self, VersionError> {
        match semver::Version::parse(text) {
            Ok(_) => Self::found(text).map(|(version, _)| version),
            Err(_) => Err(fault(text)),
        }
    }

    /// As registries and lock files spell it too: with a `v`, with fewer or more numbers. Also gives its full spelling.
    pub(crate) fn found(text: &str) -> Result<(Self, String), VersionError> {
        let (version, build) = text.split_once('+').unwrap_or((text, ""));
        let version = version.trim_start_matches(['v', 'V', '=']);
        let mut rest = version;
        let mut numbers = Vec::new();
        loop {
            let (digits, after) = cut(rest, |byte| byte.is_ascii_digit());
            if digits.is_empty() {
                break;
            }
            numbers.push(Number::new(digits));
            rest = after;
            match after.strip_prefix('.') {
                Some(next) if next.starts_with(|c: char| c.is_ascii_digit()) => rest = next,
                _ => break,
            }
        }
        if numbers.is_empty() {
            return Err(fault(text));
        }
        let stage = rest.strip_prefix(['-', '.']).unwrap_or(rest);
        let key = Self {
            stage: match stage {
                "" => Stage::Release,
                _ => Stage::PreRelease(identifiers(stage)),
            },
            numbers,
        };
        let spelling = key.spelling(stage, build);
        let numbers = without_trailing_zeros(key.numbers);
        Ok((Self { numbers, ..key }, spelling))
    }

    fn spelling(&self, stage: &str, build: &str) -> String {
        let mut numbers: Vec<String> = self.numbers.iter().map(Number::to_string).collect();
        while numbers.len() < 3 {
            numbers.push("0".to_owned());
        }
        let mut out = numbers.join(".");
        for (sign, part) in [('-', stage), ('+', build)] {
            if !part.is_empty() {
                out.push(sign);
                out.push_str(part);
            }
        }
        out
    }
}

impl Pub {
    /// As the specification's grammar has it.
    pub(crate) fn parse(text: &str) -> Result<Self, VersionError> {
        let version = SemVer::parse(text)?;
        Ok(Self {
            version,
            build: build(text),
        })
    }

    /// As registries and lock files spell it too.
    pub(crate) fn found(text: &str) -> Result<(Self, String), VersionError> {
        let (version, spelling) = SemVer::found(text)?;
        let build = build(text);
        Ok((Self { version, build }, spelling))
    }
}

fn build(text: &str) -> Vec<Identifier> {
    text.split_once('+')
        .map_or_else(Vec::new, |(_, build)| identifiers(build))
}

fn identifiers(text: &str) -> Vec<Identifier> {
    let identifier = |part: &str| {
        if is_digits(part) {
            Identifier::Number(Number::new(part))
        } else {
            Identifier::Word(part.to_owned())
        }
    };
    text.split('.').map(identifier).collect()
}

/// What is wrong, and the version that was probably meant.
fn fault(text: &str) -> VersionError {
    let error = |message: &str, help: String| {
        VersionError::new(
            format!("`{text}` is no Semantic Version: {message}"),
            Some(help),
        )
    };
    let bare = text.trim_start_matches(['v', 'V', '=']);
    if bare != text && semver::Version::parse(bare).is_ok() {
        return error("it has a prefix", format!("leave it out: `{bare}`"));
    }
    let (numbers, rest) = cut(bare, |byte| byte.is_ascii_digit() || byte == b'.');
    let parts: Vec<&str> = numbers.split('.').collect();
    let whole = parts.iter().all(|part| is_digits(part));
    let meant = |parts: &[&str]| {
        let plain = |part: &&str| Number::new(part).to_string();
        let numbers: Vec<String> = parts.iter().map(plain).collect();
        let version = format!("{}{rest}", numbers.join("."));
        semver::Version::parse(&version).ok().map(|_| version)
    };
    if whole && parts.len() < 3 {
        let padded: Vec<&str> = parts.iter().copied().chain(["0", "0"]).take(3).collect();
        if let Some(version) = meant(&padded) {
            return error("it needs three numbers", format!("write `{version}`"));
        }
    }
    if whole && parts.len() > 3 {
        let help =
            "SemVer has no fourth number: put it behind a `+`, or behind a `-` in a pre-release";
        return error("it has more than three numbers", help.to_owned());
    }
    if let Some(version) = whole.then(|| meant(&parts)).flatten() {
        return error("a number begins with zero", format!("write `{version}`"));
    }
    let help = "write three numbers, then perhaps `-` and a pre-release: `1.2.0-rc.1`";
    error("it does not follow MAJOR.MINOR.PATCH", help.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::lines::{assert_agreed, assert_found, assert_lines};
    use crate::{Order, Version};
    use proptest::prelude::*;

    #[test]
    fn semver_follows_section_11() {
        assert_lines(
            Order::SemVer,
            "1.0.0 < 2.0.0
             2.0.0 < 2.1.0
             2.1.0 < 2.1.1
             1.0.0-alpha < 1.0.0
             1.0.0-alpha < 1.0.0-alpha.1
             1.0.0-alpha.1 < 1.0.0-alpha.beta
             1.0.0-alpha.beta < 1.0.0-beta
             1.0.0-beta < 1.0.0-beta.2
             1.0.0-beta.2 < 1.0.0-beta.11
             1.0.0-beta.11 < 1.0.0-rc.1
             1.0.0-rc.1 < 1.0.0
             1.9.0 < 1.10.0
             1.10.0 < 1.11.0
             0.9.9 < 1.0.0-0
             1.0.0+a = 1.0.0+b
             1.0.0+a = 1.0.0
             1.0.0-a+1 = 1.0.0-a+2
             0.0.0-0 < 0.0.0
             0.0.0-0 < 0.0.0-1
             1.0.0-1 < 1.0.0-a
             1.0.0-9 < 1.0.0-10
             1.0.0-9a > 1.0.0-10a
             1.0.0-A < 1.0.0-a
             1.0.0-a.b < 1.0.0-a.b.0
             1.0.0-a-b > 1.0.0-a
             1.0.0-- < 1.0.0-a
             1.0.0-01a > 1.0.0-1
             2.0.0 > 1.999.999
             1.0.0-x.7.z.92 > 1.0.0-x.7.z.9
             18446744073709551615.0.0 > 18446744073709551614.0.0",
        );
    }

    #[test]
    fn other_spellings_are_found_to_be_the_same_versions() {
        assert_found(
            Order::SemVer,
            "v1.2.3 = 1.2.3
             1.2 = 1.2.0
             1 < 1.0.1
             v1.2.3-rc.1 < 1.2.3
             1.2.3.4 > 1.2.3
             1.2.3.0 = 1.2.3
             1.2.3.beta < 1.2.3
             1.2beta < 1.2.0
             99999999999999999999999 > 99999999999999999999998.9",
        );
        let found = |text| Version::found(Order::SemVer, text).expect(text).canonical();
        assert_eq!(found("v1.2-rc.1+x"), "1.2.0-rc.1+x");
        assert!(Version::found(Order::SemVer, "main").is_err());
    }

    #[test]
    fn dart_lets_the_build_decide_at_last() {
        assert_lines(
            Order::Pub,
            "1.0.0 < 1.0.0+1
             1.0.0+1 < 1.0.0+2
             1.0.0+9 < 1.0.0+10
             1.0.0+10 < 1.0.0+a
             1.0.0+a < 1.0.0+a.1
             1.0.0-a+9 < 1.0.0
             1.0.0+1 < 1.0.1
             1.0.0-a < 1.0.0-a+1",
        );
    }

    #[test]
    fn the_shared_lists_of_comparisons_hold() {
        assert_agreed(Order::SemVer, &["semver-versions.txt"]);
        assert_agreed(Order::Pub, &["pub-versions.txt"]);
    }

    #[test]
    fn a_fault_says_what_to_write() {
        for (text, help) in [
            ("1.2", "write `1.2.0`"),
            ("1", "write `1.0.0`"),
            ("1.2-rc.1", "write `1.2.0-rc.1`"),
            ("v1.2.3", "leave it out: `1.2.3`"),
            ("v1.2", "write `1.2.0`"),
            ("01.2.3", "write `1.2.3`"),
            ("1.2.3.4", "SemVer has no fourth number"),
            ("1..2", "write three numbers"),
            ("latest", "write three numbers"),
            ("", "write it down"),
        ] {
            let error = Version::parse(Order::SemVer, text).expect_err(text);
            let said = error.help.expect("help");
            assert!(said.starts_with(help), "{text}: {said}");
        }
    }

    proptest! {
        #[test]
        fn the_semver_crate_agrees(a in SEMVER, b in SEMVER) {
            if let (Ok(theirs), Ok(others)) = (semver::Version::parse(&a), semver::Version::parse(&b)) {
                let [ours, other] = [&a, &b].map(|text| Version::parse(Order::SemVer, text).expect("valid"));
                prop_assert_eq!(ours.cmp(&other), theirs.cmp_precedence(&others));
                prop_assert_eq!(ours.canonical(), theirs.to_string());
            }
        }
    }

    const SEMVER: &str =
        "[0-2]\\.[0-2]\\.(0|1|10)(-[0-2ab-]{1,2}(\\.[0-2ab-]{1,2}){0,2})?(\\+[0-2a]{1,2})?";
}
