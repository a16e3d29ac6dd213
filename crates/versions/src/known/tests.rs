//! Owns the proof that the table is whole: against OSV's schema, OSV's list, and our own page on orders.
//! Must never build its list from the table.

use super::*;

#[test]
fn the_table_is_sorted_and_every_other_name_leads_into_it() {
    assert_eq!(KNOWN.len(), 51);
    assert!(KNOWN.windows(2).all(|pair| pair[0].name < pair[1].name));
    assert!(OTHER_NAMES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    for (other, name) in OTHER_NAMES {
        assert!(known(name).is_some() && plain(other) == *other, "{other}");
        assert!(KNOWN.iter().all(|row| plain(row.name) != *other), "{other}");
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn the_table_holds_what_the_schema_holds() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/schemas/osv-1.9.0.json");
    let Ok(schema) = std::fs::read_to_string(path) else {
        eprintln!("skipped: the OSV schema is not in this checkout");
        return;
    };
    let (_, names) = schema
        .split_once("\"ecosystemName\"")
        .expect("a definition");
    let (_, names) = names.split_once("\"enum\"").expect("a list");
    let (names, _) = names.split_once(']').expect("its end");
    let mut names: Vec<&str> = names.split('"').skip(1).step_by(2).collect();
    names.sort_unstable();
    let ours: Vec<&str> = KNOWN.iter().map(|row| row.name).collect();
    assert_eq!(ours, names);
}

#[test]
fn a_slip_is_one_letter() {
    for (written, name) in [
        ("pypi", "PyPI"),
        ("Crates.IO", "crates.io"),
        ("crates-io", "crates.io"),
        ("NPM", "npm"),
        ("redhat", "Red Hat"),
        ("ruby_gems", "RubyGems"),
        ("Debain", "Debian"),
        ("Pakagist", "Packagist"),
        ("Hackagge", "Hackage"),
        ("Mavin", "Maven"),
        ("cargo", "crates.io"),
        ("pip", "PyPI"),
        ("rust", "crates.io"),
    ] {
        assert_eq!(meant(written), Some(name), "{written}");
    }
    for written in ["", "Acme", "-", "xyz", "ä", "internal-registry"] {
        assert_eq!(meant(written), None, "{written}");
    }
}

/// The names of OSV's own list of ecosystems, copied.
const LISTED: [&str; 48] = [
    "AlmaLinux",
    "Alpaquita",
    "Alpine",
    "Android",
    "Azure Linux",
    "BellSoft Hardened Containers",
    "Bioconductor",
    "Bitnami",
    "Chainguard",
    "CleanStart",
    "ConanCenter",
    "CRAN",
    "crates.io",
    "Debian",
    "Docker Hardened Images",
    "Echo",
    "FreeBSD",
    "GHC",
    "GitHub Actions",
    "Go",
    "Hackage",
    "Hex",
    "Julia",
    "Kubernetes",
    "Linux",
    "Mageia",
    "Maven",
    "MinimOS",
    "npm",
    "NuGet",
    "opam",
    "openEuler",
    "openSUSE",
    "OSS-Fuzz",
    "Packagist",
    "Photon OS",
    "Pub",
    "PyPI",
    "Red Hat",
    "Rocky Linux",
    "Root",
    "RubyGems",
    "SUSE",
    "SwiftURL",
    "TuxCare",
    "Ubuntu",
    "VSCode",
    "Wolfi",
];

#[test]
fn every_ecosystem_of_osvs_list_is_known() {
    for name in LISTED {
        assert!(known(name).is_some(), "{name}");
        assert!(crate::Ecosystem::order_of(name).is_ok(), "{name}");
    }
}

#[test]
fn the_page_on_orders_gives_each_ecosystem_an_order_or_a_reason() {
    let page = include_str!("../../../../docs/version-order.md");
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| ")).collect();
    // One line more: the head of the table.
    assert_eq!(rows.len(), KNOWN.len() + 1);
    for (row, line) in KNOWN.iter().zip(&rows[1..]) {
        let order = row
            .order
            .map_or("none".to_owned(), |order| format!("{order:?}"));
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, name, named, source, _] = cells[..] else {
            panic!("{line}")
        };
        assert_eq!((name, named), (row.name, order.as_str()));
        assert!(source.len() > 20, "{line}");
    }
}
