//! Owns the proof that a package URL names what OSV names, and that one that says too little is refused.
//! Must never read what our own writer would not write back.

use super::*;
use crate::known::KNOWN;
use crate::purl;

#[test]
fn package_urls_name_the_package_that_osv_names() {
    for (url, expected) in [
        ("pkg:pypi/Torch@1.2", "PyPI/torch@1.2"),
        ("PKG://PyPI/torch@1.2", "PyPI/torch@1.2"),
        ("pkg:npm/%40gradio/client@1.0.0", "npm/@gradio/client@1.0.0"),
        ("pkg:npm/@gradio/client@1.0.0", "npm/@gradio/client@1.0.0"),
        (
            "pkg:maven/org.a/b@1.0?type=jar#META-INF",
            "Maven/org.a:b@1.0",
        ),
        (
            "pkg:golang/example.org/A/b/v2@v2.1.0#cmd",
            "Go/example.org/A/b/v2@v2.1.0",
        ),
        (
            "pkg:composer/Laravel/Laravel@11.0.0",
            "Packagist/laravel/laravel@11.0.0",
        ),
        (
            "pkg:vscode-extension/ms-python/python@1.0.0",
            "VSCode/ms-python.python@1.0.0",
        ),
        (
            "pkg:swift/github.com/A/B@1.0.0",
            "SwiftURL/github.com/A/B@1.0.0",
        ),
        (
            "pkg:deb/debian/libstdc%2B%2B6@1%3A12-2?arch=amd64&distro=debian-12",
            "Debian:12/libstdc++6@1:12-2",
        ),
        ("pkg:deb/debian/curl@7-1?distro=bookworm", "Debian/curl@7-1"),
        (
            "pkg:apk/alpine/curl@8.0-r1?distro=3.22.1",
            "Alpine:v3.22/curl@8.0-r1",
        ),
        ("pkg:apk/wolfi/curl@8.0-r1", "Wolfi/curl@8.0-r1"),
        (
            "pkg:rpm/almalinux/bash@5.1-2?epoch=1",
            "AlmaLinux/bash@1:5.1-2",
        ),
    ] {
        let read = Coordinate::parse(url).unwrap_or_else(|error| panic!("{url}: {error}"));
        assert_eq!(read.to_string(), expected);
    }
}

#[test]
fn a_package_url_that_says_too_little_is_refused() {
    for (url, reason) in [
        ("pkg:", "no `@VERSION`"),
        ("pkg:pypi/torch", "no `@VERSION`"),
        ("pkg:pypi@1", "no name after the type"),
        ("pkg:pypi/@1", "no `@VERSION`"),
        ("pkg:acme/x@1", "of this type"),
        ("pkg:deb/acme/x@1", "of this type"),
        ("pkg:deb/debian@1", "is no package name"),
        ("pkg:deb/ubuntu/curl@1", "needs a release"),
        ("pkg:npm/%4@1", "two hexadecimal digits"),
        ("pkg:npm/%ff@1", "two hexadecimal digits"),
        ("pkg:npm/a%2fb@1", "holds a slash"),
        ("pkg:npm//b@1", "is empty"),
        ("pkg:npm/a@1%202", "visible ASCII"),
    ] {
        let error = Coordinate::parse(url).expect_err(url);
        assert!(error.to_string().contains(reason), "{url}: {error}");
    }
}

#[test]
fn a_question_may_leave_out_version_and_release() {
    let read = |url: &str| {
        let read = PackageUrl::parse(url).expect(url);
        (read.ecosystem.to_string(), read.name, read.version)
    };
    let none = ("npm".to_owned(), "@a/b".to_owned(), None);
    assert_eq!(read("pkg:npm/%40a/b"), none);
    assert_eq!(read("pkg:npm/@a/b"), none);
    assert_eq!(
        read("pkg:npm/%40a/b@?x=y"),
        none,
        "an empty version is none"
    );
    PackageUrl::parse("pkg:npm/b@1@2").expect_err("two versions");
    let open = ("Ubuntu".to_owned(), "curl".to_owned(), Some("1".to_owned()));
    assert_eq!(read("pkg:deb/ubuntu/curl@1"), open);
    assert_eq!(PackageUrl::parse("pkg:acme/x"), Err(UrlFault::Kind));
    for url in ["", "npm/a", "pkg:", "pkg:npm", "pkg:npm/", "pkg:npm/%f"] {
        let fault = PackageUrl::parse(url).expect_err(url);
        assert!(matches!(fault, UrlFault::Form(_)), "{url}");
    }
}

#[test]
fn every_package_url_written_here_is_read_back() {
    for row in KNOWN {
        let names = ["@a/b", "a:b", "a/b", "a-b.c", "example.org/a/b", "ab"];
        let suffix = match row.suffix {
            crate::suffix::Suffix::Needed(_, example) => format!(":{example}"),
            _ => String::new(),
        };
        let ecosystem = Ecosystem::parse(&format!("{}{suffix}", row.name)).expect(row.name);
        for name in names
            .iter()
            .filter(|name| crate::canonical_name(&ecosystem, name).is_ok())
        {
            let url = purl(&ecosystem, name).map(|url| format!("{url}@1"));
            let Some(Ok(read)) = url.map(|url| Coordinate::parse(&url)) else {
                continue;
            };
            let name = crate::canonical_name(&ecosystem, name).expect("a name");
            assert_eq!((read.ecosystem.name(), read.name), (row.name, name));
        }
    }
}
