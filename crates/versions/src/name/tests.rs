//! Owns the proof that real names pass and harmful ones do not.
//! Must never ask a registry.

use super::*;
use crate::hostile::texts;
use crate::known::KNOWN;
use crate::suffix::Suffix;
use proptest::prelude::*;

fn eco(text: &str) -> Ecosystem {
    Ecosystem::parse(text).expect("known")
}

fn name(ecosystem: &str, name: &str) -> Result<String, NameError> {
    canonical_name(&eco(ecosystem), name)
}

#[test]
fn python_names_have_one_spelling() {
    for (written, canonical) in [
        ("Llama_Cpp.-Python", "llama-cpp-python"),
        ("Django", "django"),
        ("zope.interface", "zope-interface"),
        ("a", "a"),
    ] {
        assert_eq!(name("PyPI", written).as_deref(), Ok(canonical));
    }
    for wrong in ["-x", "x-", "", "a b", "torch[cuda]", "a/b", "ä"] {
        assert!(name("PyPI", wrong).is_err(), "{wrong}");
    }
    assert_eq!(
        name("Packagist", "Monolog/Monolog").as_deref(),
        Ok("monolog/monolog")
    );
}

#[test]
fn real_names_come_back_as_they_are() {
    for (ecosystem, written) in [
        ("npm", "@gradio/client"),
        ("npm", "lodash.merge"),
        ("crates.io", "arrow-ipc"),
        ("Go", "golang.org/x/net"),
        ("Go", "github.com/BurntSushi/toml"),
        ("Go", "gopkg.in/yaml.v3"),
        ("Go", "example.org/a/v2"),
        ("Go", "stdlib"),
        ("Maven", "org.apache.logging.log4j:log4j-core"),
        ("RubyGems", "rails-html-sanitizer"),
        ("NuGet", "Newtonsoft.Json"),
        ("Hex", "phoenix_live_view"),
        ("Pub", "http_parser"),
        ("Hackage", "AC-HalfInteger"),
        ("CRAN", "data.table"),
        ("Julia", "OpenSSL_jll"),
        ("SwiftURL", "https://github.com/apple/swift-nio.git"),
        ("SwiftURL", "github.com/apple/swift-nio"),
        ("GitHub Actions", "actions/checkout"),
        ("VSCode", "ms-python.python"),
        ("Debian:12", "libstdc++6"),
        ("Alpine:v3.22", "gtk+3.0"),
        ("AlmaLinux:9", "python3.11-pip"),
        ("Android", ":linux_kernel:Qualcomm"),
        ("Android", "platform/frameworks/base"),
        ("Linux", "Kernel"),
    ] {
        assert_eq!(
            name(ecosystem, written).as_deref(),
            Ok(written),
            "{ecosystem}"
        );
    }
}

#[test]
fn names_that_no_package_can_have_are_refused() {
    for (ecosystem, written) in [
        ("npm", "../x"),
        ("npm", "@a/b/c"),
        ("npm", "React"),
        ("npm", "@a"),
        ("npm", ".x"),
        ("npm", "a/b"),
        ("crates.io", "a/b"),
        ("crates.io", "1a"),
        ("crates.io", ""),
        ("Go", "a/../b"),
        ("Go", ""),
        ("Go", "net/http"),
        ("Go", "example.org/a/v1"),
        ("Go", "https://example.org/a"),
        ("Go", "example.org/a/"),
        ("Maven", "log4j-core"),
        ("Maven", "a:b:c"),
        ("Packagist", "monolog"),
        ("Hex", "Phoenix"),
        ("Hackage", "a-1"),
        ("CRAN", "1a"),
        ("Julia", "HTTP.jl"),
        ("SwiftURL", "swift-nio"),
        ("Debian", "LibX"),
        ("Linux", "kernel"),
        ("Alpine:v3.22", "-x"),
        ("SUSE:x", "a b"),
        ("OSS-Fuzz", "$(id)"),
        ("Echo", "-rf"),
    ] {
        let error = name(ecosystem, written).expect_err(written);
        assert!(error.help().is_some());
    }
}

fn any_ecosystem() -> impl Strategy<Value = Ecosystem> {
    let text = |at: usize| match KNOWN[at].suffix {
        Suffix::Needed(_, example) => format!("{}:{example}", KNOWN[at].name),
        _ => KNOWN[at].name.to_owned(),
    };
    (0..KNOWN.len()).prop_map(move |at| eco(&text(at)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn any_text_is_a_harmless_name_or_refused(ecosystem in any_ecosystem(), text in texts("[a-z0-9@:/._-]{0,20}|.{0,30}")) {
        if let Ok(name) = canonical_name(&ecosystem, &text) {
            prop_assert!(!name.is_empty() && !name.starts_with('-'));
            prop_assert!(name.split('/').all(|part| part != ".." && part != "."));
            prop_assert!(!name.contains(|c: char| !c.is_ascii_graphic() || "\"'`$\\<>;&|".contains(c)));
            prop_assert_eq!(canonical_name(&ecosystem, &name), Ok(name));
        }
    }
}
