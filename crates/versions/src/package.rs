//! Owns how ecosystems spell package names, and the addresses that follow from a name.
//! Must never change a name silently: scanners compare byte by byte.

use crate::{Ecosystem, Version};

/// A name that the ecosystem cannot have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is no package name in {ecosystem}")]
pub struct NameError {
    /// As written.
    pub name: String,
    /// Where.
    pub ecosystem: String,
    rule: &'static str,
}

impl NameError {
    /// What a name looks like there.
    pub fn help(&self) -> Option<String> {
        Some(self.rule.to_owned())
    }
}

/// The canonical spelling of a name.
///
/// # Errors
/// Names that the ecosystem cannot have.
pub fn canonical_name(ecosystem: &Ecosystem, name: &str) -> Result<String, NameError> {
    let (good, rule) = match ecosystem.name() {
        "PyPI" => (
            is_python(name),
            "letters, digits, `.`, `_` and `-`, beginning and ending with a letter or digit (PEP 508)",
        ),
        "crates.io" => (
            is_crate(name),
            "a letter, then at most 63 letters, digits, `-` and `_`",
        ),
        "npm" => (
            is_npm(name),
            "`name` or `@scope/name`, in small letters, digits, `.`, `_` and `-`",
        ),
        _ => (
            is_plain(name),
            "visible characters without spaces, at most 200, and no part of a path such as `..`",
        ),
    };
    if !good {
        return Err(NameError {
            name: name.to_owned(),
            ecosystem: ecosystem.to_string(),
            rule,
        });
    }
    Ok(if ecosystem.name() == "PyPI" {
        normalized_python(name)
    } else {
        name.to_owned()
    })
}

/// PEP 503: small letters, and one hyphen for any run of `-`, `_` and `.`.
fn normalized_python(name: &str) -> String {
    let parts = name.split(['-', '_', '.']).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-").to_ascii_lowercase()
}

fn is_python(name: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let ends = name.bytes().next().into_iter().chain(name.bytes().last());
    !name.is_empty()
        && name.len() <= 200
        && name.bytes().all(inner)
        && ends.into_iter().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_crate(name: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    name.len() <= 64
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(inner)
}

/// New names only: old ones with capitals exist, but no scanner scopes them apart.
fn is_npm(name: &str) -> bool {
    let part = |part: &str| {
        let inner = |byte: u8| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_.~".contains(&byte)
        };
        !part.is_empty() && !part.starts_with(['.', '_']) && part.bytes().all(inner)
    };
    let whole = match name.strip_prefix('@') {
        Some(scoped) => scoped
            .split_once('/')
            .is_some_and(|(scope, name)| part(scope) && part(name)),
        None => part(name),
    };
    whole && name.len() <= 214
}

fn is_plain(name: &str) -> bool {
    let visible = name
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && !b"\\\"<>`".contains(&byte));
    let path = name
        .split('/')
        .all(|part| !part.is_empty() && part != "." && part != "..");
    let swift = name.starts_with("https://");
    !name.is_empty() && name.len() <= 200 && visible && (path || swift)
}

/// Package URL without version and qualifiers; `None` where the purl specification has no type for it.
pub fn purl(ecosystem: &Ecosystem, name: &str) -> Option<String> {
    let kind = match ecosystem.name() {
        "PyPI" => "pypi",
        "crates.io" => "cargo",
        "npm" => "npm",
        "Go" => "golang",
        "Hex" => "hex",
        "RubyGems" => "gem",
        "NuGet" => "nuget",
        "Packagist" => "composer",
        "Pub" => "pub",
        "Hackage" => "hackage",
        "CRAN" => "cran",
        "Maven" => {
            return Some(format!(
                "pkg:maven/{}",
                encoded(&name.replacen(':', "/", 1))
            ));
        }
        _ => return None,
    };
    Some(format!("pkg:{kind}/{}", encoded(name)))
}

/// Percent-encoding as purl asks for: `@` of a scope must not read as the start of a version.
fn encoded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The page of a package in its registry.
pub fn registry_url(ecosystem: &Ecosystem, name: &str) -> Option<String> {
    match ecosystem.name() {
        "PyPI" => Some(format!("https://pypi.org/project/{name}/")),
        "crates.io" => Some(format!("https://crates.io/crates/{name}")),
        "npm" => Some(format!("https://www.npmjs.com/package/{name}")),
        "Go" => Some(format!("https://pkg.go.dev/{name}")),
        "Hex" => Some(format!("https://hex.pm/packages/{name}")),
        _ => None,
    }
}

/// A command that brings a direct dependency to at least this version.
pub fn install_command(ecosystem: &Ecosystem, name: &str, version: &Version) -> Option<String> {
    match ecosystem.name() {
        "PyPI" => Some(format!("pip install --upgrade \"{name}>={version}\"")),
        "crates.io" => Some(format!("cargo add {name}@{version}")),
        "npm" => Some(format!("npm install {name}@^{version}")),
        "Go" => Some(format!("go get {name}@v{version}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eco(text: &str) -> Ecosystem {
        Ecosystem::parse(text).expect("known")
    }

    #[test]
    fn python_names_have_one_spelling() {
        let name = |text| canonical_name(&eco("PyPI"), text);
        assert_eq!(name("Llama_Cpp.-Python").as_deref(), Ok("llama-cpp-python"));
        assert!(
            name("-x").is_err()
                && name("").is_err()
                && name("a b").is_err()
                && name("torch[cuda]").is_err()
        );
    }

    #[test]
    fn names_that_are_paths_elsewhere_are_refused() {
        for (ecosystem, name) in [
            ("npm", "../x"),
            ("npm", "@a/b/c"),
            ("npm", "React"),
            ("crates.io", "a/b"),
            ("Go", "a/../b"),
            ("Go", ""),
        ] {
            assert!(
                canonical_name(&eco(ecosystem), name).is_err(),
                "{ecosystem} {name}"
            );
        }
        for (ecosystem, name) in [
            ("npm", "@gradio/client"),
            ("crates.io", "arrow-ipc"),
            ("Go", "golang.org/x/net"),
            ("Maven", "org.a:b"),
        ] {
            assert_eq!(canonical_name(&eco(ecosystem), name).as_deref(), Ok(name));
        }
    }

    #[test]
    fn purls_are_canonical() {
        assert_eq!(
            purl(&eco("npm"), "@gradio/client").as_deref(),
            Some("pkg:npm/%40gradio/client")
        );
        assert_eq!(
            purl(&eco("Maven"), "org.a:b").as_deref(),
            Some("pkg:maven/org.a/b")
        );
        assert_eq!(purl(&eco("Julia"), "HTTP"), None);
    }
}
