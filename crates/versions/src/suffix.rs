//! Owns what follows the colon of an ecosystem: whether something may, and what it looks like.
//! Must never accept characters that a file name or a page would read as something else.

/// What OSV's text says about a suffix, with an example.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Suffix {
    Never,
    Allowed(Form, &'static str),
    Needed(Form, &'static str),
}

/// What a suffix looks like.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Any name of a release.
    Release,
    /// `9` or `3.0`.
    Number,
    /// `v3.22`.
    VNumber,
    /// `22.04:LTS`, `Pro:18.04:LTS`.
    UbuntuRelease,
    /// The address of a repository, without a slash at the end.
    RemoteUrl,
}

impl Form {
    /// Is this how releases of this form are written?
    pub(crate) fn fits(self, suffix: &str) -> bool {
        let number = |text: &str| {
            let digits =
                |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            text.split('.').all(digits)
        };
        match self {
            Self::Number => number(suffix),
            Self::VNumber => suffix.strip_prefix('v').is_some_and(number),
            Self::UbuntuRelease => {
                let release = suffix.strip_prefix("Pro:").unwrap_or(suffix);
                let release = release.strip_suffix(":LTS").unwrap_or(release);
                number(release) && release.contains('.')
            }
            Self::RemoteUrl => {
                let host = suffix.strip_prefix("https://").unwrap_or_default();
                let good = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/:%".contains(&byte);
                let part = |part: &str| !matches!(part, "" | "." | "..");
                host.bytes().all(good) && host.split('/').all(part)
            }
            Self::Release => {
                let good = |byte: u8| {
                    byte == b' ' || (byte.is_ascii_graphic() && !b"/\\\"<>`'".contains(&byte))
                };
                !suffix.is_empty() && suffix == suffix.trim() && suffix.bytes().all(good)
            }
        }
    }
}
