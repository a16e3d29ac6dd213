//! Owns the tests of hostile and odd texts.
//! Must never let one of them panic, or be written as something else than it is.

use proptest::prelude::*;

use super::{good, run, settings};
use crate::Form::{self, Ghsa, Haskell, Julia, Osv, RustSec};

fn record(title: &str, details: &str) -> String {
    let quote = |text: &str| serde_json::to_string(text).expect("text");
    format!(
        r#"{{"id": "X-1", "summary": {}, "details": {}, "x": {}, "affected": [{{"package": {{"ecosystem": "npm", "name": "demo"}}, "versions": ["1.0.0"]}}]}}"#,
        quote(title),
        quote(details),
        quote(details),
    )
}

#[test]
fn a_comment_cannot_end_in_a_key() {
    let text = record("A flaw", "x\nid = \"x_T-2024-0001\"\r\u{202e}\u{1}");
    let imported = good(Osv, "a.json", &text, "x_T");
    assert!(
        !imported.text.contains("\nid = \"x_T-2024-0001\"\n#"),
        "{}",
        imported.text
    );
    let kept = imported
        .text
        .lines()
        .filter(|line| line.starts_with("x = \"x\\nid = "));
    assert_eq!(kept.count(), 1, "{}", imported.text);
    let text = text.replace("\"x\":", "\"references\": [{\"url\": \"https://a.example.org\", \"type\": \"y\\nid\\u202e\"}], \"x\":");
    let imported = good(Osv, "a.json", &text, "x_T");
    assert!(
        imported
            .text
            .contains("\n# `y\\u{a}id\\u{202e}` is no type"),
        "{}",
        imported.text
    );
}

#[test]
fn what_is_no_text_and_what_is_no_advisory_is_said() {
    let mut report = caveat_diag::Report::default();
    let bytes = vec![0xff, 0xfe];
    assert!(crate::import(Osv, "a.json", bytes, &settings("x_T"), &mut report).is_none());
    assert!(caveat_diag::emit::short(&report).contains("error[not-utf8]"));
    let (_, said) = run(RustSec, "README.md", "# Hello\n", &settings("x_T"));
    assert!(
        said.starts_with("README.md:1:1: error[not-an-advisory]"),
        "{said}"
    );
    let (_, said) = run(Julia, "a.md", "```toml\nid = \n```\n", &settings("x_T"));
    assert!(said.starts_with("a.md:2:"), "{said}");
}

fn any_form() -> impl Strategy<Value = Form> {
    proptest::sample::select(vec![RustSec, Julia, Haskell, Osv, Ghsa])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_kept_word_for_word(title in "\\PC{1,40}", details in "(\\PC|'|\"|\\\\|\n|\t){0,80}") {
        let (imported, said) = run(Osv, "a.json", &record(&title, &details), &settings("x_T"));
        prop_assert!(imported.is_some(), "{}", said);
    }

    #[test]
    fn any_bytes_are_an_advisory_or_a_reason(form in any_form(), bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut report = caveat_diag::Report::default();
        let imported = crate::import(form, "a.yaml", bytes, &settings("x_T"), &mut report);
        prop_assert!(imported.is_some() != report.has_errors());
    }

    #[test]
    fn any_damage_to_a_record_is_an_advisory_or_a_reason(at in 0usize..160, with in "\\PC{0,6}", cut in 0usize..12) {
        let mut bytes = record("A flaw", "Text.").into_bytes();
        let at = at.min(bytes.len());
        let end = (at + cut).min(bytes.len());
        bytes.splice(at..end, with.bytes());
        let mut report = caveat_diag::Report::default();
        let imported = crate::import(Osv, "a", bytes, &settings("x_T"), &mut report);
        prop_assert!(imported.is_some() != report.has_errors());
    }
}
