//! Owns the table of OSV's ecosystems: their names, what may follow the colon, and how their versions are ordered.
//! Must never hold a name that OSV's schema does not: one unknown ecosystem kills a scanner.
//!
//! Names are those of OSV schema 1.9.0. Orders are the ecosystem's own, and where scanners have an order for it, the same
//! as theirs. `Bitnami` and `GHC` version by SemVer in practice, and OSV's tools compare them so. No order is given
//! where an ecosystem mixes several (`Root`, `FreeBSD`, `Docker Hardened Images`), has commits or tags for versions
//! (`GitHub Actions`, `OSS-Fuzz`), or where OSV's tools compare otherwise than the ecosystem does (`ConanCenter`).

use crate::Order;
use crate::suffix::Form::{Number, Release, RemoteUrl, UbuntuRelease, VNumber};
use crate::suffix::Suffix::{self, Allowed, Needed, Never};

/// One ecosystem.
pub(crate) struct Known {
    pub(crate) name: &'static str,
    pub(crate) suffix: Suffix,
    pub(crate) order: Option<Order>,
}

/// Every ecosystem of OSV schema 1.9.0, sorted by bytes.
pub(crate) const KNOWN: &[Known] = &[
    row("AlmaLinux", Allowed(Number, "9"), Some(Order::Rpm)),
    row("Alpaquita", Needed(Release, "stream"), Some(Order::Apk)),
    row("Alpine", Needed(VNumber, "v3.22"), Some(Order::Apk)),
    row("Android", Never, None),
    row("Azure Linux", Needed(Number, "3"), Some(Order::Rpm)),
    row(
        "BellSoft Hardened Containers",
        Needed(Release, "stream"),
        Some(Order::Apk),
    ),
    row("Bioconductor", Never, Some(Order::Cran)),
    row("Bitnami", Never, Some(Order::SemVer)),
    row("CRAN", Never, Some(Order::Cran)),
    row("Chainguard", Never, Some(Order::Apk)),
    row("CleanStart", Never, None),
    row("ConanCenter", Never, None),
    row("Debian", Allowed(Release, "13"), Some(Order::Debian)),
    row("Docker Hardened Images", Never, None),
    row("Echo", Never, None),
    row("FreeBSD", Allowed(Release, "ports"), None),
    row("GHC", Never, Some(Order::SemVer)),
    row("GitHub Actions", Never, None),
    row("Go", Never, Some(Order::SemVer)),
    row("Hackage", Never, Some(Order::Hackage)),
    row("Hex", Never, Some(Order::SemVer)),
    row("Homebrew", Never, None),
    row("Julia", Never, Some(Order::SemVer)),
    row("Kubernetes", Never, None),
    row("Linux", Never, None),
    row("Mageia", Needed(Number, "9"), Some(Order::Rpm)),
    row(
        "Maven",
        Allowed(RemoteUrl, "https://maven.google.com"),
        Some(Order::Maven),
    ),
    row("MinimOS", Never, Some(Order::Apk)),
    row("NuGet", Never, Some(Order::NuGet)),
    row("OSS-Fuzz", Never, None),
    row(
        "Packagist",
        Allowed(RemoteUrl, "https://packages.drupal.org/8"),
        Some(Order::Packagist),
    ),
    row("Photon OS", Needed(Number, "5.0"), Some(Order::Rpm)),
    row("Pub", Never, Some(Order::Pub)),
    row("PyPI", Never, Some(Order::Pep440)),
    row(
        "Red Hat",
        Needed(Release, "enterprise_linux:9::appstream"),
        Some(Order::Rpm),
    ),
    row("Rocky Linux", Allowed(Number, "9"), Some(Order::Rpm)),
    row("Root", Needed(Release, "Alpine:3.18"), None),
    row("RubyGems", Never, Some(Order::RubyGems)),
    row(
        "SUSE",
        Needed(Release, "Linux Enterprise Server 15 SP7"),
        Some(Order::Rpm),
    ),
    row("SwiftURL", Never, Some(Order::SemVer)),
    row("TuxCare", Allowed(Number, "9.6"), None),
    row(
        "Ubuntu",
        Needed(UbuntuRelease, "24.04:LTS"),
        Some(Order::Debian),
    ),
    row("VSCode", Allowed(RemoteUrl, "https://open-vsx.org"), None),
    row("Wolfi", Never, Some(Order::Apk)),
    row("WordPress", Allowed(Release, "plugin"), None),
    row("crates.io", Never, Some(Order::SemVer)),
    row("npm", Never, Some(Order::SemVer)),
    row("opam", Never, None),
    row("openEuler", Needed(Release, "24.03-LTS"), Some(Order::Rpm)),
    row("openSUSE", Needed(Release, "Leap 16.0"), Some(Order::Rpm)),
    row("vcpkg", Never, None),
];

const fn row(name: &'static str, suffix: Suffix, order: Option<Order>) -> Known {
    Known {
        name,
        suffix,
        order,
    }
}

/// What other tools, and hurried people, call some of them; small letters and digits only.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("actions", "GitHub Actions"),
    ("apk", "Alpine"),
    ("bundler", "RubyGems"),
    ("cargo", "crates.io"),
    ("composer", "Packagist"),
    ("conan", "ConanCenter"),
    ("crate", "crates.io"),
    ("crates", "crates.io"),
    ("dart", "Pub"),
    ("deb", "Debian"),
    ("dotnet", "NuGet"),
    ("elixir", "Hex"),
    ("erlang", "Hex"),
    ("flutter", "Pub"),
    ("gem", "RubyGems"),
    ("githubaction", "GitHub Actions"),
    ("golang", "Go"),
    ("gradle", "Maven"),
    ("haskell", "Hackage"),
    ("java", "Maven"),
    ("javascript", "npm"),
    ("mix", "Hex"),
    ("node", "npm"),
    ("nodejs", "npm"),
    ("ocaml", "opam"),
    ("php", "Packagist"),
    ("pip", "PyPI"),
    ("poetry", "PyPI"),
    ("python", "PyPI"),
    ("r", "CRAN"),
    ("rhel", "Red Hat"),
    ("ruby", "RubyGems"),
    ("rust", "crates.io"),
    ("suselinux", "SUSE"),
    ("swift", "SwiftURL"),
    ("swiftpm", "SwiftURL"),
    ("typescript", "npm"),
    ("yarn", "npm"),
];

/// The row of a name, spelled exactly so.
pub(crate) fn known(name: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|row| row.name == name)
}

/// The ecosystem that is probably meant: the same but for case and signs, known elsewhere by that name, or one slip away.
pub(crate) fn meant(name: &str) -> Option<&'static str> {
    let plain = plain(name);
    if plain.is_empty() {
        return None;
    }
    let names = || KNOWN.iter().map(|row| row.name);
    let same = names().find(|known| self::plain(known) == plain);
    let other = || {
        OTHER_NAMES
            .iter()
            .find(|(other, _)| *other == plain)
            .map(|(_, meant)| *meant)
    };
    let near = || names().find(|known| plain.len() > 3 && one_slip(&plain, &self::plain(known)));
    same.or_else(other).or_else(near)
}

fn plain(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric).take(40);
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

/// One letter more, less or other, or two neighbours exchanged.
fn one_slip(one: &str, other: &str) -> bool {
    let (mut short, mut long) = (one.as_bytes(), other.as_bytes());
    if short.len() > long.len() {
        (short, long) = (long, short);
    }
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (short, long) = (&short[same..], &long[same..]);
    match long.len() - short.len() {
        0 => {
            let exchanged = short.len() > 1
                && short[0] == long[1]
                && short[1] == long[0]
                && short[2..] == long[2..];
            exchanged || short.get(1..) == long.get(1..)
        }
        1 => long.get(1..) == Some(short),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
