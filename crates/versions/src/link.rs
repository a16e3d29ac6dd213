//! Owns where a package is found: its page for people, and the command that brings a safe version.
//! Must never print a command that could leave the flawed version in place: better none.

use crate::{Ecosystem, Version};

/// The page of a package in its registry, for a canonical name; `None` where the registry has no page by name,
/// and where the ecosystem names a registry of its own (`Maven:https://...`).
pub fn registry_url(ecosystem: &Ecosystem, name: &str) -> Option<String> {
    if ecosystem
        .suffix()
        .is_some_and(|suffix| suffix.starts_with("https://"))
    {
        return None;
    }
    Some(match ecosystem.name() {
        "PyPI" => format!("https://pypi.org/project/{name}/"),
        "crates.io" => format!("https://crates.io/crates/{name}"),
        "npm" => format!("https://www.npmjs.com/package/{name}"),
        "Go" if name == "stdlib" => "https://pkg.go.dev/std".to_owned(),
        "Go" if name == "toolchain" => return None,
        "Go" | "Kubernetes" => format!("https://pkg.go.dev/{name}"),
        "Hex" => format!("https://hex.pm/packages/{name}"),
        "RubyGems" => format!("https://rubygems.org/gems/{name}"),
        "NuGet" => format!("https://www.nuget.org/packages/{name}"),
        "Packagist" => format!("https://packagist.org/packages/{name}"),
        "Pub" => format!("https://pub.dev/packages/{name}"),
        "Hackage" => format!("https://hackage.haskell.org/package/{name}"),
        "CRAN" => format!("https://cran.r-project.org/package={name}"),
        "Bioconductor" => format!("https://bioconductor.org/packages/{name}/"),
        "Maven" => {
            let (group, artifact) = name.split_once(':')?;
            format!("https://central.sonatype.com/artifact/{group}/{artifact}")
        }
        "SwiftURL" if name.starts_with("https://") => name.to_owned(),
        "SwiftURL" => format!("https://{name}"),
        "GitHub Actions" => format!("https://github.com/{name}"),
        "VSCode" => format!("https://marketplace.visualstudio.com/items?itemName={name}"),
        "opam" => format!("https://opam.ocaml.org/packages/{name}/"),
        "Homebrew" => format!("https://formulae.brew.sh/formula/{name}"),
        "Debian" => format!(
            "https://tracker.debian.org/pkg/{}",
            name.replace('+', "%2B")
        ),
        _ => return None,
    })
}

/// A command that brings a **direct** dependency, or for PyPI an installed package, to at least this version.
///
/// All but pip's also write the requirement down, so that no later resolution goes back below the fix: `cargo add`
/// rather than `cargo update --precise`, which fails where `Cargo.toml` asks for an older branch. `None` where no single
/// command does that, for the Go distribution itself, and for a local version of Python, which `>=` cannot name.
pub fn install_command(ecosystem: &Ecosystem, name: &str, version: &Version) -> Option<String> {
    let version = version.canonical();
    // A shell reads everything else: an epoch's `!` too.
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".+-".contains(&byte);
    if !version.bytes().all(plain) {
        return None;
    }
    Some(match ecosystem.name() {
        "PyPI" if version.contains('+') => return None,
        "PyPI" => format!("pip install --upgrade \"{name}>={version}\""),
        "crates.io" => format!("cargo add {name}@{}", without_build(&version)),
        "npm" => format!("npm install {name}@^{}", without_build(&version)),
        "Go" if matches!(name, "stdlib" | "toolchain") => return None,
        "Go" => format!("go get {name}@v{version}"),
        "NuGet" => format!(
            "dotnet add package {name} --version {}",
            without_build(&version)
        ),
        "Packagist" if ecosystem.suffix().is_none() => format!(
            "composer require \"{name}:^{}\"",
            version.trim_start_matches(['v', 'V'])
        ),
        "Pub" => format!("dart pub add \"{name}:^{version}\""),
        _ => return None,
    })
}

/// Build metadata names one upload; a requirement has no use for it.
fn without_build(version: &str) -> &str {
    version
        .split_once('+')
        .map_or(version, |(version, _)| version)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Order;

    fn command(ecosystem: &str, name: &str, version: &str) -> Option<String> {
        let ecosystem = Ecosystem::parse(ecosystem).expect(ecosystem);
        let version = Version::parse(ecosystem.order().expect("an order"), version).expect(version);
        install_command(&ecosystem, name, &version)
    }

    #[test]
    fn a_command_brings_the_fix() {
        for (ecosystem, name, version, expected) in [
            (
                "PyPI",
                "torch",
                "2.0-RC.1",
                "pip install --upgrade \"torch>=2.0rc1\"",
            ),
            ("crates.io", "arrow", "1.2.3+b", "cargo add arrow@1.2.3"),
            (
                "npm",
                "@gradio/client",
                "1.2.3",
                "npm install @gradio/client@^1.2.3",
            ),
            (
                "Go",
                "golang.org/x/net",
                "0.23.0",
                "go get golang.org/x/net@v0.23.0",
            ),
            (
                "Go",
                "example.org/a",
                "2.0.0+incompatible",
                "go get example.org/a@v2.0.0+incompatible",
            ),
            (
                "NuGet",
                "Newtonsoft.Json",
                "13.0.1",
                "dotnet add package Newtonsoft.Json --version 13.0.1",
            ),
            (
                "Packagist",
                "monolog/monolog",
                "v2.3.1",
                "composer require \"monolog/monolog:^2.3.1\"",
            ),
            ("Pub", "http", "1.2.0", "dart pub add \"http:^1.2.0\""),
        ] {
            assert_eq!(command(ecosystem, name, version).as_deref(), Some(expected));
        }
        assert_eq!(command("Go", "stdlib", "1.22.1"), None);
        assert_eq!(command("Maven", "a:b", "1.0"), None);
        assert_eq!(command("PyPI", "torch", "2.0+cpu"), None);
        assert_eq!(command("PyPI", "torch", "1!2.0"), None);
        let npm = Ecosystem::parse("npm").expect("known");
        let hostile = Version::found(Order::SemVer, "1.2.3-$(id)").expect("found");
        assert_eq!(install_command(&npm, "a", &hostile), None);
    }

    #[test]
    fn a_page_is_found_by_name() {
        for (ecosystem, name, expected) in [
            ("PyPI", "torch", "https://pypi.org/project/torch/"),
            (
                "npm",
                "@gradio/client",
                "https://www.npmjs.com/package/@gradio/client",
            ),
            ("Go", "stdlib", "https://pkg.go.dev/std"),
            (
                "Maven",
                "org.a:b",
                "https://central.sonatype.com/artifact/org.a/b",
            ),
            (
                "SwiftURL",
                "github.com/apple/swift-nio",
                "https://github.com/apple/swift-nio",
            ),
        ] {
            let ecosystem = Ecosystem::parse(ecosystem).expect(ecosystem);
            assert_eq!(registry_url(&ecosystem, name).as_deref(), Some(expected));
        }
        for (ecosystem, name) in [
            ("Maven:https://maven.google.com", "a:b"),
            ("Alpine:v3.22", "curl"),
        ] {
            assert_eq!(
                registry_url(&Ecosystem::parse(ecosystem).expect(ecosystem), name),
                None
            );
        }
    }
}
