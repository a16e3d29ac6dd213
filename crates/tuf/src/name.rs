//! Owns which names targets may have: plain names of files, the same on every machine and in every address.
//! Must never allow a separator: clients differ about where the hash goes in `dir/name`.

/// The longest name; with a hash before it, it still fits every file system.
const LONGEST: usize = 120;

/// Why a name is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameFlaw {
    /// Nothing.
    #[error("it is empty")]
    Empty,
    /// Too long for a file.
    #[error("it is longer than 120 characters")]
    Long,
    /// `/` or `\`: a way into another directory.
    #[error("it has a separator of directories in it")]
    Separator,
    /// `.`, `..`, hidden files, and names that some machines shorten.
    #[error("it begins or ends with a dot")]
    Dot,
    /// `%2e`, blanks, letters beyond ASCII: addresses and file systems write them in several ways.
    #[error("it has characters other than letters, digits, `.`, `-` and `_`")]
    Character,
}

/// Is this a plain name?
pub(crate) fn judge(name: &str) -> Result<(), NameFlaw> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    if name.is_empty() {
        Err(NameFlaw::Empty)
    } else if name.len() > LONGEST {
        Err(NameFlaw::Long)
    } else if name.contains(['/', '\\']) {
        Err(NameFlaw::Separator)
    } else if !name.bytes().all(plain) {
        Err(NameFlaw::Character)
    } else if name.starts_with('.') || name.ends_with('.') {
        Err(NameFlaw::Dot)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_leave_the_directory_or_have_two_spellings_are_refused() {
        for (name, flaw) in [
            ("", NameFlaw::Empty),
            ("../x", NameFlaw::Separator),
            ("/etc/passwd", NameFlaw::Separator),
            ("a\\b", NameFlaw::Separator),
            ("%2e%2e", NameFlaw::Character),
            ("a b", NameFlaw::Character),
            ("C:x", NameFlaw::Character),
            ("e\u{301}", NameFlaw::Character),
            ("..", NameFlaw::Dot),
            (".hidden", NameFlaw::Dot),
            ("x.", NameFlaw::Dot),
        ] {
            assert_eq!(judge(name), Err(flaw), "{name}");
        }
        assert_eq!(judge(&"x".repeat(121)), Err(NameFlaw::Long));
        for name in ["all.zip", "index-0f.json", "SHA256SUMS", "a_b"] {
            assert_eq!(judge(name), Ok(()), "{name}");
        }
    }
}
