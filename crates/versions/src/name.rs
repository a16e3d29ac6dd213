//! Owns how ecosystems spell package names.
//! Must never let a name through that is a path or a command elsewhere: names become file names and are pasted into shells.

use crate::Ecosystem;

/// A name that the ecosystem cannot have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is no package name in {ecosystem}")]
pub struct NameError {
    /// As written, with unprintable characters escaped.
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

/// How an ecosystem spells names: whether a name is one, and a sentence for those that are not.
type Rule = (fn(&str) -> bool, &'static str);

/// No registry allows more, in bytes.
const LONGEST: usize = 200;

/// The canonical spelling of a name. Only PyPI (PEP 503) and Packagist take several spellings for one package;
/// everywhere else the name comes back as it is, because scanners compare it byte by byte.
///
/// # Errors
/// Names that the ecosystem cannot have.
pub fn canonical_name(ecosystem: &Ecosystem, name: &str) -> Result<String, NameError> {
    let (is_name, rule) = rule(ecosystem.name());
    if name.len() > LONGEST || !is_plain(name) || !is_name(name) {
        return Err(NameError {
            name: name.escape_debug().take(LONGEST).collect(),
            ecosystem: ecosystem.to_string(),
            rule,
        });
    }
    Ok(match ecosystem.name() {
        "PyPI" => normalized_python(name),
        "Packagist" => name.to_ascii_lowercase(),
        _ => name.to_owned(),
    })
}

fn rule(ecosystem: &str) -> Rule {
    match ecosystem {
        "PyPI" => (
            is_python,
            "letters, digits, `.`, `_` and `-`, beginning and ending with a letter or digit (PEP 508)",
        ),
        "crates.io" => (
            is_crate,
            "a letter, then at most 63 letters, digits, `-` and `_`",
        ),
        "npm" => (
            is_npm,
            "`name` or `@scope/name`, in small letters, digits, `.`, `_` and `-`",
        ),
        "Go" | "Kubernetes" => (
            is_go,
            "a module path such as `example.org/project/module/v2`, or `stdlib` or `toolchain`",
        ),
        "Maven" => (
            is_maven,
            "`groupId:artifactId`, in letters, digits, `.`, `_` and `-`",
        ),
        "Packagist" => (
            is_packagist,
            "`vendor/name`, in letters, digits, `.`, `_` and `-`",
        ),
        "RubyGems" | "NuGet" => (
            is_word,
            "letters, digits, `.`, `_` and `-`, beginning with a letter, digit or `_`",
        ),
        "Hex" | "Pub" => (
            is_identifier,
            "small letters, digits and `_`, beginning with a letter or `_`",
        ),
        "Hackage" => (
            is_hackage,
            "words of letters and digits with hyphens between, each with a letter in it",
        ),
        "CRAN" | "Bioconductor" => (
            is_r,
            "at least two letters, digits and dots, beginning with a letter, not ending with a dot",
        ),
        "Julia" => (
            is_julia,
            "letters, digits and `_`, beginning with a letter; leave out `.jl`",
        ),
        "SwiftURL" => (
            is_swift,
            "the address of the repository: `https://HOST/OWNER/NAME`, or without `https://`",
        ),
        "GitHub Actions" => (is_owned, "`owner/repository`"),
        "VSCode" => (is_extension, "`publisher.name`"),
        "Debian" | "Ubuntu" => (
            is_debian,
            "at least two small letters, digits, `+`, `-` and `.`, beginning with a letter or digit",
        ),
        "Alpine"
        | "Alpaquita"
        | "BellSoft Hardened Containers"
        | "Chainguard"
        | "MinimOS"
        | "Wolfi" => (
            is_distributed,
            "letters, digits, `.`, `_`, `+` and `-`, beginning with a letter or digit",
        ),
        "Bitnami" => (is_bitnami, "small letters, digits, `.`, `_` and `-`"),
        "Linux" => (|name| name == "Kernel", "the only name is `Kernel`"),
        _ => (
            is_plain,
            "visible characters without spaces or quotes, at most 200, and no part of a path such as `..`",
        ),
    }
}

/// PEP 503: small letters, and one hyphen for any run of `-`, `_` and `.`.
fn normalized_python(name: &str) -> String {
    let parts = name.split(['-', '_', '.']).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-").to_ascii_lowercase()
}

/// Is it made of ASCII letters, digits and these?
fn only(text: &str, more: &[u8]) -> bool {
    let good = |byte: u8| byte.is_ascii_alphanumeric() || more.contains(&byte);
    !text.is_empty() && text.bytes().all(good)
}

/// Is it made of small ASCII letters, digits and these?
fn only_small(text: &str, more: &[u8]) -> bool {
    only(text, more) && !text.bytes().any(|byte| byte.is_ascii_uppercase())
}

fn begins(text: &str, good: impl Fn(char) -> bool) -> bool {
    text.starts_with(good)
}

/// What every name keeps to: nothing that a shell, a page or a file system reads as something else.
fn is_plain(name: &str) -> bool {
    let visible =
        |byte: u8| byte.is_ascii_graphic() && !b"\\\"'<>`$;&|*?(){}[]!#%^".contains(&byte);
    let path = name.strip_prefix("https://").unwrap_or(name);
    // A dot at the end is lost on some file systems; `.` and `..` end in one too.
    let part = |part: &str| !part.is_empty() && !part.ends_with('.');
    name.bytes().all(visible) && path.split('/').all(part) && !name.starts_with('-')
}

fn is_python(name: &str) -> bool {
    let end = |c: char| c.is_ascii_alphanumeric();
    only(name, b"-_.") && name.starts_with(end) && name.ends_with(end)
}

fn is_crate(name: &str) -> bool {
    only(name, b"-_") && name.len() <= 64 && begins(name, |c| c.is_ascii_alphabetic())
}

/// New names only: old ones with capitals exist, but most would be slips.
fn is_npm(name: &str) -> bool {
    let part = |part: &str| only_small(part, b"-_.~") && !part.starts_with(['.', '_']);
    match name.strip_prefix('@') {
        Some(scoped) => scoped
            .split_once('/')
            .is_some_and(|(scope, name)| part(scope) && part(name)),
        None => part(name),
    }
}

/// <https://go.dev/ref/mod#go-mod-file-ident>, and the two names of the Go vulnerability database.
fn is_go(name: &str) -> bool {
    let part = |part: &str| only(part, b"-._~") && !part.starts_with('.') && !part.ends_with('.');
    let host = name.split('/').next().unwrap_or_default();
    let is_host = only_small(host, b"-.") && host.contains('.') && !host.starts_with('-');
    let version = name
        .rsplit('/')
        .next()
        .and_then(|last| last.strip_prefix('v'));
    let forbidden = matches!(version, Some("0" | "1"));
    // Its page would lie where the page of the module above it is.
    let forbidden = forbidden || name.ends_with("/index.html");
    matches!(name, "stdlib" | "toolchain") || (is_host && !forbidden && name.split('/').all(part))
}

fn is_maven(name: &str) -> bool {
    let part = |part: &str| only(part, b"-_.") && !part.starts_with('.') && !part.ends_with('.');
    name.split_once(':')
        .is_some_and(|(group, artifact)| part(group) && part(artifact))
}

fn is_packagist(name: &str) -> bool {
    let end = |c: char| c.is_ascii_alphanumeric();
    let part = |part: &str| only(part, b"-_.") && part.starts_with(end) && part.ends_with(end);
    name.split_once('/')
        .is_some_and(|(vendor, name)| part(vendor) && part(name))
}

fn is_word(name: &str) -> bool {
    only(name, b"-_.") && begins(name, |c| c.is_ascii_alphanumeric() || c == '_')
}

fn is_identifier(name: &str) -> bool {
    only_small(name, b"_") && begins(name, |c| !c.is_ascii_digit())
}

fn is_hackage(name: &str) -> bool {
    let word = |word: &str| only(word, b"") && word.bytes().any(|byte| byte.is_ascii_alphabetic());
    name.split('-').all(word)
}

fn is_r(name: &str) -> bool {
    only(name, b".")
        && name.len() > 1
        && begins(name, |c| c.is_ascii_alphabetic())
        && !name.ends_with('.')
}

fn is_julia(name: &str) -> bool {
    only(name, b"_") && begins(name, |c| c.is_ascii_alphabetic())
}

fn is_swift(name: &str) -> bool {
    let path = name.strip_prefix("https://").unwrap_or(name);
    let host = path.split('/').next().unwrap_or_default();
    let part = |part: &str| only(part, b"-._~");
    host.contains('.') && path.split('/').count() > 2 && path.split('/').all(part)
}

fn is_owned(name: &str) -> bool {
    let part = |part: &str| only(part, b"-_.");
    name.split_once('/')
        .is_some_and(|(owner, name)| part(owner) && part(name))
}

fn is_extension(name: &str) -> bool {
    let part = |part: &str| only(part, b"-_");
    name.split_once('.')
        .is_some_and(|(publisher, name)| part(publisher) && only(name, b"-_."))
}

fn is_debian(name: &str) -> bool {
    only_small(name, b"+-.") && name.len() > 1 && begins(name, |c| c.is_ascii_alphanumeric())
}

fn is_distributed(name: &str) -> bool {
    only(name, b"+-._") && begins(name, |c| c.is_ascii_alphanumeric())
}

fn is_bitnami(name: &str) -> bool {
    only_small(name, b"-._")
}

#[cfg(test)]
mod tests;
