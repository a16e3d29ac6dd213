//! Owns policies in styles of their own that have no fault: nothing false is said of them, and nothing of them is lost.
//! Must never hold a text that somebody else wrote, but for the few lines of the template that a forge offers.

use super::lost::{given, lost, times};
use super::odd;
use crate::words;

/// A text, what is odd about it, and lines that it becomes.
struct Style {
    text: &'static str,
    odd: &'static [(usize, &'static str)],
    lines: &'static [&'static str],
}

const STYLES: [Style; 5] = [
    Style {
        text: include_str!("../../fixtures/short-prose.md"),
        odd: &[(7, "adopt-severity-undefined")],
        lines: &[
            "url = \"mailto:security@kettle-js.org\"",
            "url = \"https://github.com/kettle-js/kettle/security/advisories/new\"",
            "acknowledge = \"3 d\"",
            "assess = \"10 d\"",
            "fix = \"14 d\"",
            "longest = \"60 d\"",
            "exploited = \"5 d\"",
            "support-default = \"end-of-life\"",
        ],
    },
    Style {
        text: include_str!("../../fixtures/tables.md"),
        odd: &[],
        lines: &[
            "url = \"https://github.com/pelorus/pelorus/security/advisories/new\"",
            "until = 2027-01-31",
            "acknowledge = \"5 d\"",
            "fix = \"120 d\"",
            "definition = \"A nuisance with no lasting harm\"",
            "cve = true",
            "longest = \"90 d\"",
            "version = \"6\"",
            "next-review = 2027-09-01",
        ],
    },
    Style {
        text: include_str!("../../fixtures/html.md"),
        odd: &[],
        lines: &[
            "until = 2029-04-01",
            "url = \"https://github.com/tamarack/tamarack/security/advisories/new\"",
            "acknowledge = \"2 bd\"",
            "assess = \"10 bd\"",
            "time-zone = \"Europe/Oslo\"",
            "longest = \"45 d\"",
            "exploited = \"3 d\"",
            "# SECURITY.md:9",
        ],
    },
    Style {
        text: include_str!("../../fixtures/links.md"),
        odd: &[],
        lines: &[
            "url = \"mailto:security@osprey-tools.org\"",
            "issues = \"https://github.com/osprey/osprey/issues\"",
            "url = \"https://github.com/osprey/osprey/security/advisories\"",
            "update = \"7 d\"",
            "fix = \"21 d\"",
            "definition = \"Code runs, or data is lost.\"",
            "definition = \"Anything else that crosses a boundary\"",
        ],
    },
    Style {
        text: include_str!("../../fixtures/bare-lines.md"),
        odd: &[],
        lines: &[
            "fix = \"3 d\"",
            "definition = \"strangers run code\"",
            "assess = \"2 d\"",
            "longest = \"90 d\"",
            "    \"the public issue tracker\",  # SECURITY.md:7",
        ],
    },
];

#[test]
fn nothing_false_is_said_of_a_clean_policy_and_nothing_of_it_is_lost() {
    for style in STYLES {
        assert_eq!(odd(style.text), style.odd, "{}", style.text);
        let given = given(style.text);
        for line in style.lines {
            assert!(given.contains(&format!("{line}\n")), "{line} in {given}");
        }
        let found = words::addresses(style.text)
            .into_iter()
            .chain(words::links(style.text));
        let mut values: Vec<Vec<String>> =
            found.map(|at| vec![style.text[at].to_owned()]).collect();
        values.extend(style.text.lines().flat_map(times));
        assert_eq!(lost(style.text, &values), [""; 0], "{given}");
    }
}

#[test]
fn no_sentence_about_scope_becomes_a_claim() {
    for style in STYLES {
        assert!(
            !given(style.text).contains("[[policy.claim]]"),
            "{}",
            style.text
        );
    }
}

#[test]
fn a_template_that_nobody_filled_in_is_told_and_not_read() {
    let text = include_str!("../../fixtures/template.md");
    let found = odd(text);
    assert!(found.contains(&(5, "adopt-placeholder")), "{found:?}");
    assert!(found.contains(&(17, "adopt-placeholder")), "{found:?}");
    let given = given(text);
    assert!(!given.contains("[[policy.support]]"), "{given}");
    assert!(given.contains("5.1.x"), "{given}");
}

#[test]
fn a_text_in_another_language_is_told_once_and_its_addresses_are_read() {
    let text = include_str!("../../fixtures/german.md");
    let given = given(text);
    let found: Vec<&str> = odd(text).into_iter().map(|(_, code)| code).collect();
    assert_eq!(
        found
            .iter()
            .filter(|code| **code == "adopt-language")
            .count(),
        1,
        "{found:?}"
    );
    assert!(found.len() <= 5, "{found:?}");
    for value in [
        "sicherheit@leuchtturm.dev",
        "https://leuchtturm.dev/sicherheit",
        "2026-03-01",
        "48 Stunden",
    ] {
        assert!(given.contains(value), "{value} in {given}");
    }
    assert!(
        given.contains("url = \"mailto:sicherheit@leuchtturm.dev\""),
        "{given}"
    );
}
