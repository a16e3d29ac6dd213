//! Owns versions in addresses: ranges as `vers:`, and package URLs with a version.
//! Must never order versions: branches come in order.

use std::fmt::Write as _;

use caveat_check::PackageId;
use caveat_versions::{Interval, Upper, Version};

/// A branch as `vers:pypi/>=1.0|<1.2`; the only version of a branch stands alone.
pub(crate) fn range(package: &PackageId, branch: &Interval) -> String {
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
    format!("vers:{}/{bounds}", scheme(package))
}

/// The package URL of one version.
pub(crate) fn purl(package: &PackageId, version: &Version) -> Option<String> {
    let purl = package.purl()?;
    Some(format!("{purl}@{}", encoded(version)))
}

/// The type of package URLs is the name of a way to order versions; where there is none, nobody can be told how.
fn scheme(package: &PackageId) -> String {
    let purl = package.purl();
    let kind = purl.as_deref().and_then(|purl| purl.strip_prefix("pkg:"));
    let kind = kind.and_then(|rest| rest.split('/').next());
    kind.unwrap_or("generic").to_owned()
}

/// Percent-encoded but for what both specifications leave alone.
fn encoded(version: &Version) -> String {
    let text = version.canonical();
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
