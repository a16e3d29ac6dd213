//! Owns where a package is in a tree of files.
//! Must never give two packages one path, not even where capitals are not told apart.

use std::fmt::Write as _;

use crate::Ecosystem;

/// `ECOSYSTEM/NAME` as a relative path, for a canonical name. A release or a registry of the ecosystem is part of it:
/// `Debian-12/curl`. Capitals in Go modules, where they matter, are written as Go's own proxy does: `!a` for `A`.
pub fn package_path(ecosystem: &Ecosystem, name: &str) -> String {
    let name = name.strip_prefix("https://").unwrap_or(name);
    let folder = match ecosystem.suffix() {
        Some(suffix) => format!("{}-{}", ecosystem.name(), plain(suffix)),
        None => ecosystem.name().to_owned(),
    };
    match ecosystem.name() {
        "Go" => format!("{folder}/{}", without_capitals(name)),
        _ => format!("{folder}/{name}"),
    }
}

fn without_capitals(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            out.push('!');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// A release as it is, an address with `~` and two digits for what a name cannot hold.
fn plain(suffix: &str) -> String {
    let mut out = String::with_capacity(suffix.len());
    for byte in suffix
        .trim_start_matches("https://")
        .trim_end_matches('/')
        .bytes()
    {
        if byte.is_ascii_alphanumeric() || b"._-".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "~{byte:02x}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(ecosystem: &str, name: &str) -> String {
        package_path(&Ecosystem::parse(ecosystem).expect(ecosystem), name)
    }

    #[test]
    fn different_packages_have_different_paths() {
        assert_eq!(path("PyPI", "torch"), "PyPI/torch");
        assert_eq!(path("npm", "@gradio/client"), "npm/@gradio/client");
        assert_eq!(path("Debian:12", "curl"), "Debian-12/curl");
        assert_eq!(
            path("Go", "github.com/Sirupsen/logrus"),
            "Go/github.com/!sirupsen/logrus"
        );
        assert_eq!(
            path("SwiftURL", "https://github.com/a/b"),
            "SwiftURL/github.com/a/b"
        );
        assert_eq!(
            path("Maven:https://maven.google.com", "g:a"),
            "Maven-maven.google.com/g:a"
        );
    }
}
