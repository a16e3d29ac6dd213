//! Owns the versions of .NET packages: Semantic Versioning with up to four numbers, and without regard to case
//! (<https://learn.microsoft.com/nuget/concepts/package-versioning>).
//! Must never let build metadata decide.

use super::number::{Number, cut, is_digits, without_trailing_zeros};
use crate::VersionError;

/// Numbers, then the pre-release.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NuGet {
    numbers: Vec<Number>,
    stage: Stage,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    PreRelease(Vec<Label>),
    Release,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Label {
    Number(Number),
    /// In small letters.
    Word(String),
}

impl NuGet {
    /// As nuget.org accepts it.
    pub(crate) fn parse(text: &str) -> Result<Self, VersionError> {
        let (version, build) = match text.split_once('+') {
            Some((version, build)) => (version, Some(build)),
            None => (text, None),
        };
        let (numbers, stage) = match version.split_once('-') {
            Some((numbers, stage)) => (numbers, Some(stage)),
            None => (version, None),
        };
        let label = |part: &str| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        let labels = |part: Option<&str>| part.is_none_or(|part| part.split('.').all(label));
        let count = numbers.split('.').count();
        if !numbers.split('.').all(is_digits)
            || !(2..=4).contains(&count)
            || !labels(stage)
            || !labels(build)
        {
            return Err(VersionError::new(
                format!("`{text}` is no NuGet version"),
                Some(
                    "write two to four numbers, then perhaps `-` and a pre-release: `1.2.0-rc.1`"
                        .to_owned(),
                ),
            ));
        }
        Ok(Self::found(text))
    }

    /// Any text, read in the same way.
    pub(crate) fn found(text: &str) -> Self {
        let version = text.split_once('+').map_or(text, |(version, _)| version);
        let (numbers, stage) = cut(version.trim_start_matches(['v', 'V']), |byte| {
            byte.is_ascii_digit() || byte == b'.'
        });
        let stage = stage.strip_prefix('-').unwrap_or(stage);
        Self {
            numbers: without_trailing_zeros(numbers.split('.').map(Number::new).collect()),
            stage: match stage {
                "" => Stage::Release,
                _ => Stage::PreRelease(stage.split('.').map(label).collect()),
            },
        }
    }
}

fn label(part: &str) -> Label {
    if is_digits(part) {
        Label::Number(Number::new(part))
    } else {
        Label::Word(part.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::{assert_agreed, assert_found, assert_lines};
    use crate::{Order, Version};

    #[test]
    fn nuget_follows_its_own_page() {
        assert_lines(
            Order::NuGet,
            "1.0 = 1.0.0
             1.0 = 1.0.0.0
             1.00 = 1.0
             1.01.1 = 1.1.1
             1.0.0 < 1.0.0.1
             1.0.0.1 < 1.0.0.2
             1.0.0.9 < 1.0.1
             1.9.0 < 1.10.0
             1.0.0-alpha < 1.0.0
             1.0.0-ALPHA = 1.0.0-alpha
             1.0.0-alpha < 1.0.0-Beta
             1.0.0-alpha < 1.0.0-alpha.1
             1.0.0-alpha.1 < 1.0.0-alpha.2
             1.0.0-alpha.2 < 1.0.0-alpha.10
             1.0.0-alpha10 < 1.0.0-alpha2
             1.0.0-1 < 1.0.0-a
             1.0.0-rc.1 < 1.0.0
             1.0.0+a = 1.0.0+b
             1.0.0-rc+a = 1.0.0-RC
             1.0.0.1-rc < 1.0.0.1
             1.0.0 < 1.0.0.1-rc
             6.0.0-preview.7.21377.19 < 6.0.0-rc.1.21451.13
             6.0.0-rc.1.21451.13 < 6.0.0-rc.2.21480.5
             6.0.0-rc.2.21480.5 < 6.0.0
             4.3.0 < 4.3.1
             13.0.1 > 12.0.3
             2.0.0-a.b > 2.0.0-a
             2.0.0-a-b > 2.0.0-a
             2.0.0-01 = 2.0.0-1
             2024.1.1 > 9.9.9",
        );
    }

    #[test]
    fn what_nuget_refuses_is_refused_but_still_compared() {
        for text in [
            "",
            "1",
            "v1.0",
            "1.0-",
            "1.2.3.4.5",
            "1.0-a..b",
            "1.*",
            "1.0+",
        ] {
            assert!(Version::parse(Order::NuGet, text).is_err(), "{text}");
        }
        assert_found(
            Order::NuGet,
            "1 = 1.0
             v1.0 = 1.0
             1.2.3.4.5 > 1.2.3.4
             1.0beta < 1.0",
        );
    }

    #[test]
    fn the_shared_lists_of_comparisons_hold() {
        assert_agreed(Order::NuGet, &["nuget-versions.txt"]);
    }
}
