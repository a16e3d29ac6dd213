//! Owns versions in addresses: ranges as `vers:`, and package URLs with a version or a range.
//! Must never order versions, or let the address of some versions stand for all of them.

use std::fmt::Write as _;

use crate::{Interval, Upper, Version};

/// A branch as `vers:pypi/>=1.0|<1.2`. The type of the package URL is the name of a way to order versions; where there is
/// none, nobody can be told how.
pub fn vers(purl: Option<&str>, branch: &Interval) -> String {
    let lower = branch
        .lower()
        .map(|version| format!(">={}", encoded(version)));
    let upper = match branch.upper() {
        Upper::Fixed(version) => Some(format!("<{}", encoded(version))),
        Upper::LastAffected(version) => Some(format!("<={}", encoded(version))),
        Upper::Open => None,
    };
    let bounds = match (lower, upper) {
        (Some(lower), Some(upper)) => format!("{lower}|{upper}"),
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => "*".to_owned(),
    };
    let scheme = purl.and_then(|purl| purl.strip_prefix("pkg:"));
    let scheme = scheme.and_then(|rest| rest.split('/').next());
    format!("vers:{}/{bounds}", scheme.unwrap_or("generic"))
}

/// The package URL of one version.
pub fn purl_of_version(purl: &str, version: &Version) -> String {
    format!("{purl}@{}", encoded(version))
}

/// The package URL of a branch, with the qualifier that the specification has for ranges. Without it, it would be one of
/// every version, and whoever reads that of versions that are not affected would take all of them for that.
pub fn purl_of_range(purl: &str, branch: &Interval) -> String {
    if branch.lower().is_none() && *branch.upper() == Upper::Open {
        return purl.to_owned();
    }
    format!("{purl}?vers={}", percent(&vers(Some(purl), branch)))
}

fn encoded(version: &Version) -> String {
    percent(&version.canonical())
}

/// Percent-encoded but for what both specifications leave alone.
fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{purl_of_range, purl_of_version, vers};
    use crate::{Interval, Order, Upper, Version};

    #[test]
    fn only_all_versions_have_an_address_without_one() {
        let version = |text| Version::parse(Order::Pep440, text).expect("a version");
        let branch = |lower, upper| Interval::new(lower, upper).expect("a branch");
        let all = branch(None, Upper::Open);
        let some = branch(
            Some(version("1.0")),
            Upper::LastAffected(version("1!4.0+l")),
        );
        assert_eq!(purl_of_range("pkg:pypi/x", &all), "pkg:pypi/x");
        assert_eq!(
            vers(Some("pkg:pypi/x"), &some),
            "vers:pypi/>=1.0|<=1%214.0%2Bl"
        );
        assert_eq!(
            purl_of_range("pkg:pypi/x", &some),
            "pkg:pypi/x?vers=vers%3Apypi%2F%3E%3D1.0%7C%3C%3D1%25214.0%252Bl"
        );
        assert_eq!(vers(None, &all), "vers:generic/*");
        assert_eq!(
            purl_of_version("pkg:pypi/x", &version("1!4.0+l")),
            "pkg:pypi/x@1%214.0%2Bl"
        );
    }
}
