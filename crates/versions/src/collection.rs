//! Owns where an ecosystem keeps its packages, as CVE records name it: an address that gives their names a meaning.
//! Must never name an ecosystem for a host that keeps something else besides.

use crate::Ecosystem;

/// Ecosystem, its address as it is written, and further hosts and paths by which others call it.
const COLLECTIONS: &[(&str, &str, &[&str])] = &[
    (
        "Alpine",
        "https://pkgs.alpinelinux.org/packages",
        &["pkgs.alpinelinux.org"],
    ),
    (
        "Bioconductor",
        "https://bioconductor.org/packages",
        &["bioconductor.org"],
    ),
    ("CRAN", "https://cran.r-project.org", &[]),
    ("Debian", "https://packages.debian.org", &[]),
    (
        "Go",
        "https://pkg.go.dev",
        &["golang.org/pkg", "proxy.golang.org"],
    ),
    (
        "Hackage",
        "https://hackage.haskell.org",
        &["hackage.haskell.org/package"],
    ),
    ("Hex", "https://repo.hex.pm", &["hex.pm", "hex.pm/packages"]),
    (
        "Julia",
        "https://juliahub.com",
        &["github.com/juliaregistries/general"],
    ),
    (
        "Maven",
        "https://repo.maven.apache.org/maven2",
        &[
            "repo1.maven.org/maven2",
            "mvnrepository.com",
            "central.sonatype.com",
        ],
    ),
    (
        "NuGet",
        "https://www.nuget.org/packages",
        &["nuget.org", "api.nuget.org/v3/index.json"],
    ),
    (
        "Packagist",
        "https://packagist.org",
        &["packagist.org/packages"],
    ),
    ("Pub", "https://pub.dev", &["pub.dev/packages"]),
    (
        "PyPI",
        "https://pypi.org",
        &[
            "pypi.org/project",
            "pypi.org/simple",
            "pypi.python.org",
            "pypi.python.org/pypi",
        ],
    ),
    ("RubyGems", "https://rubygems.org", &["rubygems.org/gems"]),
    ("Ubuntu", "https://packages.ubuntu.com", &[]),
    ("VSCode", "https://marketplace.visualstudio.com", &[]),
    (
        "crates.io",
        "https://crates.io",
        &["crates.io/crates", "static.crates.io"],
    ),
    (
        "npm",
        "https://registry.npmjs.org",
        &["npmjs.com", "npmjs.com/package", "npmjs.org"],
    ),
    (
        "opam",
        "https://opam.ocaml.org/packages",
        &["opam.ocaml.org"],
    ),
];

impl Ecosystem {
    /// The address of the collection that a package's name is of: the ecosystem's own where it names one.
    pub fn collection(&self) -> Option<&str> {
        if let Some(own) = self
            .suffix()
            .filter(|suffix| suffix.starts_with("https://"))
        {
            return Some(own);
        }
        let mut rows = COLLECTIONS.iter();
        let row = rows.find(|(name, ..)| *name == self.name())?;
        Some(row.1)
    }

    /// The ecosystem whose packages are kept at this address, as anybody may write it: `None` where that is not certain.
    /// Of one that needs a release the name alone.
    pub fn name_of_collection(url: &str) -> Option<&'static str> {
        let wanted = bare(url);
        let mut rows = COLLECTIONS.iter();
        let found = rows.find(|(_, own, others)| {
            bare(own) == wanted || others.iter().any(|other| *other == wanted)
        })?;
        Some(found.0)
    }
}

/// Without scheme, `www.`, case and slashes at the end.
fn bare(url: &str) -> String {
    let text = url.trim().to_ascii_lowercase();
    let rest = text
        .split_once("://")
        .map_or(text.as_str(), |(_, rest)| rest);
    let rest = rest.trim_end_matches('/');
    rest.strip_prefix("www.").unwrap_or(rest).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        for (name, url, others) in COLLECTIONS {
            assert_eq!(Ecosystem::name_of_collection(url), Some(*name));
            for other in *others {
                assert_eq!(*other, bare(other), "written as it is compared");
                assert_eq!(Ecosystem::name_of_collection(other), Some(*name));
            }
        }
    }

    #[test]
    fn an_address_is_read_in_any_spelling_or_not_at_all() {
        for (url, name) in [
            ("HTTPS://Www.NPMJS.com/", Some("npm")),
            ("http://pypi.org/project/", Some("PyPI")),
            ("https://github.com", None),
            ("https://crates.io.example.org", None),
            ("", None),
        ] {
            assert_eq!(Ecosystem::name_of_collection(url), name, "{url}");
        }
    }

    #[test]
    fn a_registry_of_its_own_is_the_collection() {
        let of = |text: &str| {
            Ecosystem::parse(text)
                .expect(text)
                .collection()
                .map(str::to_owned)
        };
        assert_eq!(
            of("Maven:https://maven.google.com").as_deref(),
            Some("https://maven.google.com")
        );
        assert_eq!(
            of("Debian:13").as_deref(),
            Some("https://packages.debian.org")
        );
        assert_eq!(of("Linux"), None);
    }
}
