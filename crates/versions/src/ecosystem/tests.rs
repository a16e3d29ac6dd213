//! Owns which spellings of ecosystems are taken, and which are refused with the right one.
//! Must never hold a list of ecosystems of its own: the table is what is tested.

use super::*;
use crate::known::KNOWN;
use proptest::prelude::*;

#[test]
fn another_spelling_is_refused_with_the_right_one() {
    let help = |text| Ecosystem::parse(text).expect_err("wrong").help();
    assert_eq!(help("pypi").as_deref(), Some("did you mean `PyPI`?"));
    assert_eq!(help("cargo").as_deref(), Some("did you mean `crates.io`?"));
    assert_eq!(
        help("alpine:v3.20").as_deref(),
        Some("did you mean `Alpine`?")
    );
    assert_eq!(
        help("Alpine").as_deref(),
        Some("for example `Alpine:v3.22`")
    );
    assert_eq!(
        help("Debian:").as_deref(),
        Some("for example `Debian:13`, or only `Debian`")
    );
    assert!(help("Acme").is_some_and(|help| help.contains("https://")));
}

#[test]
fn a_question_may_leave_the_release_open_or_name_an_odd_one() {
    for (text, name, suffix) in [
        ("PyPI", "PyPI", None),
        ("Alpine", "Alpine", None),
        ("Alpine:", "Alpine", None),
        ("Alpine:edge", "Alpine", Some("edge")),
        ("PyPI:x", "PyPI", Some("x")),
    ] {
        let asked = Ecosystem::asked(text).expect(text);
        assert_eq!((asked.name(), asked.suffix()), (name, suffix));
    }
    assert!(Ecosystem::asked("pypi").is_err());
    assert!(Ecosystem::asked("").is_err());
}

#[test]
fn a_release_follows_only_where_there_are_releases() {
    for text in [
        "Alpine:v3.20",
        "Alpaquita:stream",
        "Debian",
        "Debian:sid",
        "Debian:12",
        "Ubuntu:22.04:LTS",
        "Ubuntu:25.10",
        "Ubuntu:Pro:18.04:LTS",
        "Maven",
        "Maven:https://maven.google.com",
        "Red Hat:rhel_aus:8.4::appstream",
        "openSUSE:Leap 15.6",
        "FreeBSD:base:14.3",
        "Root:Debian:12",
        "AlmaLinux:9",
        "Photon OS:3.0",
    ] {
        let ecosystem = Ecosystem::parse(text).expect(text);
        assert_eq!(
            (ecosystem.as_str(), ecosystem.to_string().as_str()),
            (text, text)
        );
        let suffix = ecosystem.suffix().map(|suffix| format!(":{suffix}"));
        assert_eq!(
            format!("{}{}", ecosystem.name(), suffix.unwrap_or_default()),
            text
        );
    }
    assert_eq!(
        Ecosystem::parse("Alpine"),
        Err(EcosystemError::SuffixMissing("Alpine"))
    );
    assert_eq!(
        Ecosystem::parse("npm:x"),
        Err(EcosystemError::SuffixUnknown("npm"))
    );
    for text in [
        "Alpine:3.20",
        "Alpine:v",
        "Alpine:edge",
        "Ubuntu:22",
        "Ubuntu:LTS",
        "Debian:",
        "Debian: 12",
        "Mageia:nine",
        "Maven:https://maven.google.com/",
        "Maven:http://x",
        "Maven:https://x/../y",
        "Debian:../x",
        "SUSE:a\u{7}b",
        "PyPI ",
        " PyPI",
        "",
    ] {
        assert!(Ecosystem::parse(text).is_err(), "{text}");
    }
}

#[test]
fn every_example_in_a_help_is_right() {
    for row in KNOWN {
        let (Suffix::Needed(_, example) | Suffix::Allowed(_, example)) = row.suffix else {
            continue;
        };
        let text = format!("{}:{example}", row.name);
        assert!(Ecosystem::parse(&text).is_ok(), "{text}");
    }
}

#[test]
fn ranges_are_semver_only_where_the_registry_enforces_it() {
    let kind = |text| Ecosystem::parse(text).expect(text).range_type();
    for text in ["crates.io", "npm", "Go", "Hex", "Julia", "SwiftURL"] {
        assert_eq!(kind(text), RangeType::SemVer, "{text}");
        assert_eq!(
            Ecosystem::parse(text).expect(text).order(),
            Some(Order::SemVer)
        );
    }
    for text in ["PyPI", "Bitnami", "Pub", "NuGet", "GHC", "Alpine:v3.20"] {
        assert_eq!(kind(text), RangeType::Ecosystem, "{text}");
    }
}

#[test]
fn young_ecosystems_ask_for_a_young_schema() {
    let since = |text| Ecosystem::parse(text).expect(text).since_schema();
    assert_eq!(
        [since("PyPI"), since("TuxCare"), since("WordPress")],
        ["1.7.5", "1.8.0", "1.9.0"]
    );
}

proptest! {
    #[test]
    fn any_text_is_an_ecosystem_or_a_reason(text in "(PyPI|Alpine|Red Hat|Maven|)(:|)\\PC{0,12}|.{0,60}") {
        match Ecosystem::parse(&text) {
            Ok(ecosystem) => prop_assert_eq!(ecosystem.as_str(), &text),
            Err(error) => prop_assert!(error.help().is_some()),
        }
    }
}
