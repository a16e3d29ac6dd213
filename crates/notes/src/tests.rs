//! Owns the proof that whatever a changelog looks like, nothing in it changes but what is ours.
//! Must never look at what notes say.

use caveat_advisory::{Date, Draft, Input};
use caveat_check::{Book, check};
use caveat_diag::Report;
use caveat_diag::emit::short;
use caveat_splice::line_end;
use proptest::prelude::*;

use crate::changelog::parts;
use crate::{Fault, Release, headed, releases, updated, written};

const PROJECT: &str = r#"[feed]
name = "Test"
url = "https://test.example.org"
id-prefix = "x_T"
license = "CC-BY-4.0"
[[package]]
key = "torch"
ecosystem = "PyPI"
name = "torch"
[policy]
[[policy.severity]]
id = "any"
definition = "Any."
[[policy.contact]]
name = "Team"
url = "mailto:a@test.example.org"
"#;

const ADVISORY: &str = r#"id = "x_T-2026-0001"
title = "A <!-- /caveat notes --> flaw"
severity = "any"
impact = "Harm."
description = "The loader trusts the length that a file states."
[[affected]]
package = "torch"
versions = ["< 2.0.1"]
[[revision]]
at = 2026-11-19T12:00:00Z
note = "First published."
"#;

fn book(advisories: &[&str]) -> Book {
    let draft = |path: &str, text: &str| Draft {
        path: path.to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let place = "advisories/2026/x_T-2026-0001.toml";
    let input = Input {
        project: Some(draft("caveat.toml", PROJECT)),
        advisories: advisories.iter().map(|text| draft(place, text)).collect(),
        ..Input::default()
    };
    let mut report = Report::default();
    let as_of = "2026-11-20T00:00:00Z".parse().expect("a time");
    check(input, as_of, &mut report).unwrap_or_else(|| panic!("{}", short(&report)))
}

fn day() -> Date {
    "2026-11-20".parse().expect("a day")
}

/// The text without the only part that is ours, and without the empty line before it.
fn without(text: &str) -> String {
    let [part] = &parts(text).expect("paired")[..] else {
        panic!("{text}");
    };
    let empty = line_end(text).repeat(2);
    let before = text[..part.whole.start].strip_suffix(&empty);
    format!(
        "{}{}",
        before.expect("an empty line"),
        &text[part.whole.end..]
    )
}

/// A changelog of pieces that are hard to read, with line ends of one kind.
fn changelog() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "## 2.0.1\n",
        "## [2.0.1] - 2026-11-20\n\n",
        "## [2.0.0] - 2026-01-01\n",
        "## [Unreleased]\n\n",
        "# Changelog\n",
        "### Fixed\n\n",
        "### Security\n",
        "### Other\n",
        "- a  \n",
        "  b\n",
        "1. c\n\n",
        "> d\n",
        "```\n",
        "~~~\n",
        "\n",
        "\n\n",
        "<!--\n",
        "-->\n",
        "<div>\n",
        "| a | b |\n|---|---|\n",
        "[2.0.1]: https://a.example\n",
        "2.0.1\n-----\n",
        "    code\n",
        "\tcode\n",
        "ä 🦀 \u{202e}x\n",
        "<!-- caveat notes torch 9.9.9 -->",
        "* * *\n",
        "## v1.0.0 (2025-01-01)\n",
        "a",
    ];
    let pieces = prop::collection::vec(prop::sample::select(PIECES), 0..12);
    (pieces, any::<[bool; 3]>()).prop_map(|(pieces, [mark, crlf, cut])| {
        let text = pieces.concat();
        let text = if crlf {
            text.replace('\n', "\r\n")
        } else {
            text
        };
        let text = if cut { text.trim_end() } else { &text };
        format!("{}{text}", if mark { "\u{feff}" } else { "" })
    })
}

fn stays(text: &str, book: &Book, release: &Release<'_>) -> Result<String, Fault> {
    let after = written(text, book, release, false)?;
    assert_eq!(without(&after), text);
    assert_eq!(written(&after, book, release, false).as_ref(), Ok(&after));
    // Where the authors end lines in one way, so do we.
    let bare = |text: &str| text.replace("\r\n", "").contains('\n');
    if text.contains("\r\n") && !bare(text) {
        assert!(!bare(&after), "{after:?}");
    }
    // What fixes nothing any more leaves nothing behind.
    let none = updated(&after, book, "torch", &[], false)?;
    assert_eq!(none, text);
    Ok(after)
}

#[test]
fn a_new_heading_is_spelled_as_the_one_beside_it() {
    let book = book(&[ADVISORY]);
    let releases = releases(&book);
    for (text, after) in [
        ("", "## [2.0.1] - 2026-11-20"),
        (
            "\u{feff}# Changelog\n",
            "\u{feff}# Changelog\n\n## [2.0.1] - 2026-11-20\n",
        ),
        (
            "## [Unreleased]\n\n- a\n\n[b]: c\n",
            "## [Unreleased]\n\n- a\n\n## [2.0.1] - 2026-11-20\n\n[b]: c\n",
        ),
        (
            "## 2.1.0\n\n## v2.0.0 (2026-01-01)\r\n",
            "## 2.1.0\n\n## v2.0.1 (2026-11-20)\n\n## v2.0.0 (2026-01-01)\r\n",
        ),
        (
            "# a\r\n\r\n## [torch@3.0.0](x)\r\n",
            "# a\r\n\r\n## [torch@3.0.0](x)\r\n\r\n## [torch@2.0.1] - 2026-11-20\r\n",
        ),
        (
            "Version 2.1.0\n---\n\n### 2 bugs\n",
            "Version 2.1.0\n---\n\n### 2 bugs\n\n## Version 2.0.1 - 2026-11-20\n",
        ),
    ] {
        let headed = headed(text, &releases[0], day());
        assert_eq!(headed.as_deref(), Ok(after));
        assert_eq!(crate::headed(after, &releases[0], day()), headed);
    }
    let open = headed("## 3.0.0\n\n```\n", &releases[0], day());
    assert_eq!(open, Err(Fault::NoPlace { line: 3 }));
}

#[test]
fn notes_come_where_keep_a_changelog_has_them() {
    let book = book(&[ADVISORY]);
    let releases = releases(&book);
    for (groups, before) in [
        (
            "### Added\n\n- a\n\n### Fixed\n\n- b\n\n### Thanks\n\nAda\n",
            "### Thanks",
        ),
        ("### Security\n\n- own\n\n### Fixed\n\n- b\n", "### Fixed"),
        ("### Thanks\n\nAda\n", "## 2.0.0"),
    ] {
        let text = format!("## 2.0.1\n\n{groups}\n## 2.0.0\n");
        let after = stays(&text, &book, &releases[0]).expect("a place");
        let below = after.split(" <!-- /caveat notes -->\n\n").nth(1);
        assert!(
            below.is_some_and(|below| below.starts_with(before)),
            "{after}"
        );
        assert_eq!(after.matches("### Security").count(), 1, "{after}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn whatever_a_changelog_looks_like_every_byte_of_others_stays(text in changelog()) {
        let book = book(&[ADVISORY]);
        let releases = releases(&book);
        let _ = stays(&text, &book, &releases[0]);
        if let Ok(headed) = headed(&text, &releases[0], day()) {
            let at = headed.bytes().zip(text.bytes()).take_while(|(a, b)| a == b).count();
            let rest = text.len() - at;
            prop_assert!(headed.len() >= text.len());
            prop_assert!(headed.as_bytes().ends_with(&text.as_bytes()[text.len() - rest..]), "{headed:?}");
            let _ = stays(&headed, &book, &releases[0]);
        }
    }
}
