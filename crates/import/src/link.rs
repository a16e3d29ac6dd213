//! Owns guessing what is behind a bare link, from its address alone.
//! Must never call a commit a fix: a commit may as well be what brought the flaw.

use caveat_advisory::ReferenceType;

/// What is behind this address, where the address itself says so; else a web page.
pub(crate) fn kind(url: &str) -> ReferenceType {
    let (_, rest) = url.split_once("://").unwrap_or(("", url));
    let has = |part: &str| rest.contains(part);
    let is = |hosts: &[&str]| hosts.iter().any(|host| rest.starts_with(host));
    if is(ADVISORIES) || has("/security/advisories/GHSA-") {
        ReferenceType::Advisory
    } else if has("/issues/") && is(FORGES) {
        ReferenceType::Report
    } else if is(REGISTRIES) {
        ReferenceType::Package
    } else {
        ReferenceType::Web
    }
}

const ADVISORIES: &[&str] = &[
    "github.com/advisories/",
    "nvd.nist.gov/vuln/detail/",
    "www.cve.org/CVERecord?id=",
    "cve.mitre.org/cgi-bin/cvename.cgi?name=",
    "rustsec.org/advisories/",
    "osv.dev/vulnerability/",
];

const FORGES: &[&str] = &["github.com/", "gitlab.com/", "codeberg.org/"];

const REGISTRIES: &[&str] = &[
    "crates.io/crates/",
    "pypi.org/project/",
    "www.npmjs.com/package/",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_tells_what_is_behind_it_or_is_a_web_page() {
        for (url, expected) in [
            ("https://github.com/a/b/issues/1", ReferenceType::Report),
            (
                "https://github.com/a/b/security/advisories/GHSA-2f84-9xq5-cvjm",
                ReferenceType::Advisory,
            ),
            (
                "https://nvd.nist.gov/vuln/detail/CVE-2021-1",
                ReferenceType::Advisory,
            ),
            ("https://crates.io/crates/a", ReferenceType::Package),
            ("https://github.com/a/b/commit/1", ReferenceType::Web),
            ("https://example.org/issues/1", ReferenceType::Web),
            ("", ReferenceType::Web),
        ] {
            assert_eq!(kind(url), expected, "{url}");
        }
    }
}
