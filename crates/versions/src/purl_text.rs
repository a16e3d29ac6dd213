//! Owns the reading of package URLs: which package of which ecosystem one names, and which version.
//! Must never read a release into one that does not say it.

use crate::coordinate::split_version;
use crate::purl::of_kind;
use crate::{Coordinate, CoordinateError, Ecosystem};

/// A package as its URL names it, with or without a version. Whether the ecosystem can have either is not yet known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageUrl {
    /// Where; the release may be left open.
    pub ecosystem: Ecosystem,
    /// As OSV spells it.
    pub name: String,
    /// As written.
    pub version: Option<String>,
}

/// What a package URL names that cannot be looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UrlFault {
    /// It is no package URL.
    Form(&'static str),
    /// No ecosystem of OSV has package URLs of this type.
    Kind,
}

/// Reads what begins with `pkg:`, in any case.
pub(crate) fn read(text: &str) -> Result<Coordinate, CoordinateError> {
    let fault = |fault| CoordinateError::form(text, fault);
    let missing = || fault("there is no `@VERSION` after the name");
    split(text).1.ok_or_else(missing)?;
    let read = PackageUrl::parse(text).map_err(|error| fault(error.text()))?;
    let ecosystem = Ecosystem::parse(read.ecosystem.as_str())?;
    let version = read.version.ok_or_else(missing)?;
    Coordinate::new(ecosystem, &read.name, version)
}

impl UrlFault {
    /// Why it cannot be looked up.
    pub fn text(&self) -> &'static str {
        match self {
            Self::Form(fault) => fault,
            Self::Kind => "no ecosystem of OSV has package URLs of this type",
        }
    }
}

impl PackageUrl {
    /// Reads a package URL.
    ///
    /// # Errors
    /// What cannot be read, or names a package of an ecosystem that OSV does not have.
    pub fn parse(text: &str) -> Result<Self, UrlFault> {
        let scheme = text
            .get(..4)
            .filter(|scheme| scheme.eq_ignore_ascii_case("pkg:"));
        scheme.ok_or(UrlFault::Form("it does not begin with `pkg:`"))?;
        let (path, version, qualifiers) = split(text);
        let version = version.map(|version| decoded(version).ok_or(ENCODING));
        let (ecosystem, name) = package(path, qualifiers)?;
        let with_epoch = |version| {
            let epoch = qualifier(qualifiers, "epoch");
            with_epoch(ecosystem.name(), version, epoch)
        };
        Ok(Self {
            version: version.transpose()?.map(with_epoch),
            ecosystem,
            name,
        })
    }
}

/// Type and name, version, and qualifiers of what follows `pkg:`.
fn split(text: &str) -> (&str, Option<&str>, &str) {
    let rest = text.get(4..).unwrap_or_default().trim_start_matches('/');
    let (rest, _) = rest.split_once('#').unwrap_or((rest, ""));
    let (rest, qualifiers) = rest.split_once('?').unwrap_or((rest, ""));
    // A version that is empty is none, says the specification.
    let rest = rest.strip_suffix('@').unwrap_or(rest);
    match split_version(rest) {
        Some((path, version)) => (path, Some(version), qualifiers),
        None => (rest, None, qualifiers),
    }
}

/// The package that a path names.
fn package(path: &str, qualifiers: &str) -> Result<(Ecosystem, String), UrlFault> {
    let (kind, path) = path
        .split_once('/')
        .ok_or(UrlFault::Form("there is no name after the type"))?;
    let marked = |part: &str| part.trim_start_matches('@').contains('@');
    if path.split('/').any(marked) {
        return Err(UrlFault::Form("an `@` in a name is written `%40`"));
    }
    let parts: Option<Vec<String>> = path.split('/').map(decoded).collect();
    let parts = parts.ok_or(ENCODING)?;
    if parts
        .iter()
        .any(|part| part.is_empty() || part.contains('/'))
    {
        return Err(UrlFault::Form(
            "a part of its name is empty or holds a slash",
        ));
    }
    let (name, fixed) = of_kind(&kind.to_ascii_lowercase(), &parts[0].to_ascii_lowercase())
        .ok_or(UrlFault::Kind)?;
    let path = parts[usize::from(fixed)..].join("/");
    let release = with_release(name, qualifier(qualifiers, "distro"));
    let ecosystem = Ecosystem::asked(&release).map_err(|_| UrlFault::Kind)?;
    Ok((ecosystem, as_in_osv(name, path)))
}

const ENCODING: UrlFault =
    UrlFault::Form("a `%` must be followed by two hexadecimal digits, of UTF-8 text");

/// How OSV spells the name in that path.
fn as_in_osv(ecosystem: &str, path: String) -> String {
    match ecosystem {
        "Maven" => path.replacen('/', ":", 1),
        "VSCode" => path.replacen('/', ".", 1),
        _ => path,
    }
}

/// `debian-12` and `alpine-3.22.1` say which release they mean; other spellings, code names for one, are left alone.
fn with_release(ecosystem: &str, distro: Option<&str>) -> String {
    let distro = distro.unwrap_or_default();
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let release = match ecosystem {
        "Debian" => distro
            .strip_prefix("debian-")
            .filter(|release| number(release))
            .map(str::to_owned),
        "Alpine" => {
            let mut numbers = distro.strip_prefix("alpine-").unwrap_or(distro).split('.');
            match (numbers.next(), numbers.next()) {
                (Some(major), Some(minor)) if number(major) && number(minor) => {
                    Some(format!("v{major}.{minor}"))
                }
                _ => None,
            }
        }
        _ => None,
    };
    release.map_or_else(
        || ecosystem.to_owned(),
        |release| format!("{ecosystem}:{release}"),
    )
}

/// Package URLs of RPMs say the epoch apart from the version.
fn with_epoch(ecosystem: &str, version: String, epoch: Option<&str>) -> String {
    let is_rpm = Ecosystem::order_of(ecosystem).is_ok_and(|order| order == Some(crate::Order::Rpm));
    match epoch {
        Some(epoch) if is_rpm && !version.contains(':') => format!("{epoch}:{version}"),
        _ => version,
    }
}

fn qualifier<'a>(qualifiers: &'a str, wanted: &str) -> Option<&'a str> {
    let mut pairs = qualifiers
        .split('&')
        .filter_map(|pair| pair.split_once('='));
    pairs
        .find(|(key, _)| key.eq_ignore_ascii_case(wanted))
        .map(|(_, value)| value)
}

/// Takes percent-encoding out; `None` where it is broken.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let byte = if *first == b'%' {
            let (digits, after) = rest.split_at_checked(2)?;
            rest = after;
            let [high, low] = [digits[0], digits[1]].map(|digit| char::from(digit).to_digit(16));
            u8::try_from(high? * 16 + low?).ok()?
        } else {
            *first
        };
        bytes.push(byte);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests;
