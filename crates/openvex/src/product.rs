//! Owns what a product is called: a package URL, of one version or of a range.
//! Must never give versions that are not affected a name that other versions answer to as well.

use caveat_check::PackageId;
use caveat_versions::{Interval, Version, purl_of_range, purl_of_version};

use crate::model::Product;

/// The package URL of a package; where its ecosystem has none, one of the type for all else, with the ecosystem before the name.
pub(crate) fn purl(package: &PackageId) -> String {
    package.purl().unwrap_or_else(|| {
        let ecosystem = segment(package.ecosystem.as_str());
        format!("pkg:generic/{ecosystem}/{}", segment(&package.name))
    })
}

/// One version.
pub(crate) fn version(package: &PackageId, version: &Version) -> Product {
    Product {
        id: purl_of_version(&purl(package), version),
    }
}

/// A range. Those who do not read its qualifier find no version in it, or all: so it is only for what has the flaw.
pub(crate) fn range(package: &PackageId, branch: &Interval) -> Product {
    Product {
        id: purl_of_range(&purl(package), branch),
    }
}

/// Every version. `None` where the same package URL is one of several releases of a distribution.
pub(crate) fn every_version(package: &PackageId) -> Option<Product> {
    let one = package.ecosystem.suffix().is_none();
    one.then(|| Product { id: purl(package) })
}

/// A part of a path, percent-encoded.
fn segment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
