//! Owns paths within a site: relative, plain, the same on every system.
//! Must never hold a path that leads out of the site, or that two systems read differently.

use std::fmt::{self, Write as _};

/// A relative path with forward slashes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SitePath(Box<str>);

/// Not a path within a site.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{path}` cannot be a path of the site: {reason}")]
pub struct PathError {
    path: String,
    reason: &'static str,
}

/// Longest path, in bytes.
const LONGEST: usize = 1024;
/// Longest segment, in bytes: what file systems take.
const LONGEST_SEGMENT: usize = 255;

impl SitePath {
    /// Checks a path.
    ///
    /// # Errors
    /// Empty, absolute, too long, `.` or `..`, backslashes, control characters, or a segment that ends in a dot or space.
    pub fn new(path: impl Into<String>) -> Result<Self, PathError> {
        let path = path.into();
        match fault(&path) {
            Some(reason) => Err(PathError {
                path: path.escape_debug().to_string(),
                reason,
            }),
            None => Ok(Self(path.into_boxed_str())),
        }
    }
}

impl SitePath {
    /// As it stands in an address below the site's root: a page called `index.html` by its directory, all else but plain
    /// characters as `%` and two digits.
    pub fn address(&self) -> String {
        let page = match self.0.strip_suffix("index.html") {
            Some(directory) if directory.is_empty() || directory.ends_with('/') => directory,
            _ => &self.0,
        };
        let mut out = String::with_capacity(page.len());
        for byte in page.bytes() {
            if byte.is_ascii_alphanumeric() || b"/-._~!@+".contains(&byte) {
                out.push(char::from(byte));
            } else {
                let _ = write!(out, "%{byte:02X}");
            }
        }
        out
    }
}

fn fault(path: &str) -> Option<&'static str> {
    if path.len() > LONGEST {
        return Some("it is too long");
    }
    if path.chars().any(|c| c.is_control() || c == '\\') {
        return Some("it has a backslash or a control character");
    }
    path.split('/').find_map(|segment| match segment {
        "" => Some("it is absolute, or has an empty segment"),
        "." | ".." => Some("it has a segment that is no name"),
        _ if segment.len() > LONGEST_SEGMENT => Some("a segment is too long"),
        _ if segment.ends_with(['.', ' ']) || segment.starts_with(' ') => {
            Some("a segment ends in a dot or has a space at its ends")
        }
        _ => None,
    })
}

impl AsRef<str> for SitePath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paths_that_leave_the_site_or_change_on_other_systems_are_refused() {
        for bad in [
            "",
            "/a",
            "a//b",
            "a/",
            "../a",
            "a/../b",
            "./a",
            "a\\b",
            "a\nb",
            "a.",
            "a /b",
            "C:\\x",
            &"a/".repeat(600),
            &"x".repeat(256),
        ] {
            assert!(SitePath::new(bad).is_err(), "{bad:?}");
        }
        for good in [
            "a",
            "a/b.c",
            ".well-known/security.txt",
            "packages/npm/@a/b/index.html",
            "notes/x/1!2.0+l.md",
            "ä",
        ] {
            assert!(SitePath::new(good).is_ok(), "{good:?}");
        }
    }

    #[test]
    fn a_page_is_addressed_by_its_directory() {
        let address = |path: &str| SitePath::new(path).expect("a path").address();
        assert_eq!(address("index.html"), "");
        assert_eq!(
            address("packages/npm/@a/b/index.html"),
            "packages/npm/@a/b/"
        );
        assert_eq!(address("a/xindex.html"), "a/xindex.html");
        assert_eq!(
            address("osv/Azure Linux/all.zip"),
            "osv/Azure%20Linux/all.zip"
        );
    }

    proptest! {
        #[test]
        fn an_accepted_path_stays_below_its_root(path in "[./\\\\a \u{7f}\n-]{0,20}") {
            if let Ok(path) = SitePath::new(path) {
                let joined = std::path::Path::new("/root").join(path.as_ref());
                prop_assert!(joined.components().all(|part| part != std::path::Component::ParentDir));
                prop_assert!(joined.starts_with("/root"));
            }
        }
    }
}
