//! Owns package URLs: the name of a package in tools that speak no OSV.
//! Must never add a version or a qualifier: some scanners compare the whole text.

use crate::Ecosystem;
use crate::known::KNOWN;

/// Package URL without version and qualifiers, for a canonical name, with the types of the purl specification and the
/// namespaces that OSV.dev uses. `None` where there is no type, or where the type needs what a name does not tell
/// (Julia: the UUID). Go keeps its capitals: the specification says both yes and no, and those who write purls keep them.
pub fn purl(ecosystem: &Ecosystem, name: &str) -> Option<String> {
    let (kind, namespace) = kind(ecosystem.name())?;
    let path = match ecosystem.name() {
        "Maven" => name.replacen(':', "/", 1),
        "VSCode" => name.replacen('.', "/", 1).to_ascii_lowercase(),
        "SwiftURL" => {
            let path = name.strip_prefix("https://").unwrap_or(name);
            path.strip_suffix(".git").unwrap_or(path).to_owned()
        }
        _ => name.to_owned(),
    };
    let small = matches!(
        kind,
        "apk" | "bitnami" | "brew" | "composer" | "deb" | "hex" | "pub" | "pypi"
    );
    let path = if small {
        path.to_ascii_lowercase()
    } else {
        path
    };
    let namespace = namespace.map(|namespace| format!("{namespace}/"));
    Some(format!(
        "pkg:{kind}/{}{}",
        namespace.unwrap_or_default(),
        encoded(&path)
    ))
}

/// The ecosystem whose packages have this type, and this namespace if theirs is always the same; whether it is.
pub(crate) fn of_kind(kind: &str, namespace: &str) -> Option<(&'static str, bool)> {
    KNOWN.iter().find_map(|row| match self::kind(row.name)? {
        (its, Some(fixed)) if its == kind && fixed == namespace => Some((row.name, true)),
        (its, None) if its == kind => Some((row.name, false)),
        _ => None,
    })
}

/// Type and namespace.
fn kind(ecosystem: &str) -> Option<(&'static str, Option<&'static str>)> {
    Some(match ecosystem {
        "Bitnami" => ("bitnami", None),
        "CRAN" => ("cran", None),
        "ConanCenter" => ("conan", None),
        "Go" => ("golang", None),
        "Hackage" => ("hackage", None),
        "Hex" => ("hex", None),
        "Homebrew" => ("brew", None),
        "Maven" => ("maven", None),
        "NuGet" => ("nuget", None),
        "Packagist" => ("composer", None),
        "Pub" => ("pub", None),
        "PyPI" => ("pypi", None),
        "RubyGems" => ("gem", None),
        "SwiftURL" => ("swift", None),
        "VSCode" => ("vscode-extension", None),
        "crates.io" => ("cargo", None),
        "npm" => ("npm", None),
        "opam" => ("opam", None),
        "vcpkg" => ("vcpkg", None),
        "Alpaquita" => ("apk", Some("alpaquita")),
        "Alpine" => ("apk", Some("alpine")),
        "BellSoft Hardened Containers" => ("apk", Some("bellsoft-hardened-containers")),
        "Chainguard" => ("apk", Some("chainguard")),
        "MinimOS" => ("apk", Some("minimos")),
        "Wolfi" => ("apk", Some("wolfi")),
        "Debian" => ("deb", Some("debian")),
        "Ubuntu" => ("deb", Some("ubuntu")),
        "AlmaLinux" => ("rpm", Some("almalinux")),
        "Mageia" => ("rpm", Some("mageia")),
        "Red Hat" => ("rpm", Some("redhat")),
        "Rocky Linux" => ("rpm", Some("rocky-linux")),
        "SUSE" => ("rpm", Some("suse")),
        "openEuler" => ("rpm", Some("openeuler")),
        "openSUSE" => ("rpm", Some("opensuse")),
        _ => return None,
    })
}

/// Percent-encoding as purl asks for: `@` of a scope must not read as the start of a version.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purls_are_canonical() {
        for (ecosystem, name, expected) in [
            ("PyPI", "llama-cpp-python", "pkg:pypi/llama-cpp-python"),
            ("crates.io", "arrow_ipc", "pkg:cargo/arrow_ipc"),
            ("npm", "@gradio/client", "pkg:npm/%40gradio/client"),
            ("npm", "lodash", "pkg:npm/lodash"),
            (
                "Go",
                "github.com/BurntSushi/toml",
                "pkg:golang/github.com/BurntSushi/toml",
            ),
            (
                "Maven",
                "org.apache.xmlgraphics:batik-anim",
                "pkg:maven/org.apache.xmlgraphics/batik-anim",
            ),
            ("RubyGems", "rails", "pkg:gem/rails"),
            (
                "NuGet",
                "EnterpriseLibrary.Common",
                "pkg:nuget/EnterpriseLibrary.Common",
            ),
            (
                "Packagist",
                "laravel/laravel",
                "pkg:composer/laravel/laravel",
            ),
            ("Hex", "jason", "pkg:hex/jason"),
            ("Pub", "characters", "pkg:pub/characters"),
            ("Hackage", "AC-HalfInteger", "pkg:hackage/AC-HalfInteger"),
            ("CRAN", "A3", "pkg:cran/A3"),
            (
                "SwiftURL",
                "https://github.com/Alamofire/Alamofire.git",
                "pkg:swift/github.com/Alamofire/Alamofire",
            ),
            ("Debian:12", "libstdc++6", "pkg:deb/debian/libstdc%2B%2B6"),
            ("Ubuntu:24.04:LTS", "curl", "pkg:deb/ubuntu/curl"),
            ("Alpine:v3.22", "gtk+3.0", "pkg:apk/alpine/gtk%2B3.0"),
            ("Wolfi", "curl", "pkg:apk/wolfi/curl"),
            (
                "Red Hat:enterprise_linux:9",
                "kernel",
                "pkg:rpm/redhat/kernel",
            ),
            ("Bitnami", "wordpress", "pkg:bitnami/wordpress"),
            (
                "VSCode",
                "ms-python.python",
                "pkg:vscode-extension/ms-python/python",
            ),
        ] {
            let ecosystem = Ecosystem::parse(ecosystem).expect(ecosystem);
            assert_eq!(purl(&ecosystem, name).as_deref(), Some(expected));
        }
        for (ecosystem, name) in [
            ("Julia", "HTTP"),
            ("Bioconductor", "limma"),
            ("Linux", "Kernel"),
        ] {
            assert_eq!(
                purl(&Ecosystem::parse(ecosystem).expect(ecosystem), name),
                None
            );
        }
    }
}
