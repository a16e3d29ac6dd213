//! Owns the proof that a change is what readers would see, and nothing else.
//! Must never take the number of changes for their content.

use caveat_diag::Report;
use proptest::prelude::*;

use super::changes;
use crate::{Advisory, Change, Document, Draft};

const STATE: &str = r#"id = "x_T-2026-0001"
title = "A title"
severity = "high"
aliases = ["CVE-2026-12345"]
impact = "Code runs."
description = "Text."
[[affected]]
package = "torch"
versions = [">= 1.0.0, < 1.2.0"]
[[affected]]
ecosystem = "npm"
name = "torch"
versions = ["< 2.0.0"]
[[reference]]
type = "fix"
url = "https://example.org/fix"
[[credit]]
name = "A. Finder"
role = "finder"
consent = ["advisory"]
[timeline]
reported = 2026-11-01T00:00:00Z
[[revision]]
at = 2026-11-19T00:00:00Z
note = "First published."
"#;

fn state(text: &str) -> Advisory {
    let mut report = Report::default();
    let draft = Draft {
        path: "a.toml".to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let document = Document::<Advisory>::read(draft, &mut report);
    document.unwrap_or_else(|| panic!("{text}")).data().clone()
}

fn after(edits: &[(&str, &str)]) -> Vec<String> {
    let text = edits.iter().fold(STATE.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "nothing to edit: {from}");
        text.replacen(from, to, 1)
    });
    let said = |change: &Change| {
        let side = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
        format!(
            "{}: {} => {}",
            change.field,
            side(&change.from),
            side(&change.to)
        )
    };
    changes(&state(STATE), &state(&text))
        .iter()
        .map(said)
        .collect()
}

#[test]
fn spaces_comments_and_the_order_of_keys_are_no_change() {
    let edits = [
        ("title = \"A title\"\nseverity", "# A comment.\nseverity"),
        (
            "impact = \"Code runs.\"",
            "title = ' A  title '\nimpact = \"\"\"Code runs.\"\"\"",
        ),
        (">= 1.0.0, < 1.2.0", ">=1.0.0,<1.2.0"),
        ("\"Text.\"", "'''\nText.  \n'''"),
        ("2026-11-01T00:00:00Z", "2026-11-01T01:00:00+01:00"),
    ];
    assert_eq!(after(&edits), Vec::<String>::new());
}

#[test]
fn a_new_revision_and_an_embargo_are_no_change_of_content() {
    let more = "[[revision]]\nat = 2026-11-20T00:00:00Z\nnote = \"N\"\n[embargo]\nuntil = 2026-11-18T00:00:00Z\n";
    let text = format!("{STATE}{more}");
    assert_eq!(changes(&state(STATE), &state(&text)), []);
}

#[test]
fn short_values_are_told_as_they_were_and_are() {
    let edits = [
        ("severity = \"high\"", "severity = \"low\""),
        ("[\"CVE-2026-12345\"]", "[]"),
        (">= 1.0.0, < 1.2.0", ">= 1.0.0, < 1.3.0"),
        ("2026-11-01T", "2026-11-02T"),
    ];
    assert_eq!(
        after(&edits),
        [
            "severity: high => low",
            "aliases: CVE-2026-12345 => -",
            "affected[torch].versions: >= 1.0.0, < 1.2.0 => >= 1.0.0, < 1.3.0",
            "timeline.reported: 2026-11-01T00:00:00Z => 2026-11-02T00:00:00Z",
        ]
    );
}

#[test]
fn packages_and_links_come_and_go_by_name() {
    let edits = [
        (
            "ecosystem = \"npm\"\nname = \"torch\"",
            "ecosystem = \"npm\"\nname = \"tensor\"",
        ),
        ("https://example.org/fix", "https://example.org/other"),
    ];
    assert_eq!(
        after(&edits),
        [
            "affected[npm/tensor]: - => < 2.0.0",
            "affected[npm/torch]: < 2.0.0 => -",
            "reference: fix: https://example.org/fix => -",
            "reference: - => fix: https://example.org/other",
        ]
    );
}

#[test]
fn thousands_of_rows_of_one_package_are_named_and_compared_in_one_pass() {
    let rows = |end: usize| -> Advisory {
        let mut state = state(STATE);
        let (row, link) = (state.affected[0].clone(), state.references[0].clone());
        state.affected = vec![row; 8_000];
        state.references = (0..8_000).map(|_| link.clone()).collect();
        for (nth, link) in state.references.iter_mut().enumerate() {
            link.url = format!("https://example.org/{}", nth + end);
        }
        state.affected[7_999].versions.clear();
        state
    };
    let (old, new) = (rows(0), rows(1));
    assert_eq!(crate::row_names(&old)[7_999], "torch#8000");
    let found = changes(&old, &new);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].from.as_deref(), Some("fix: https://example.org/0"));
}

#[test]
fn long_texts_and_names_are_not_repeated() {
    let long = format!("\"{}\"", "An attacker runs code. ".repeat(9));
    let edits = [
        ("\"Code runs.\"", long.as_str()),
        ("\"Text.\"", "\"Another text.\""),
        ("consent = [\"advisory\"]", "consent = []"),
    ];
    assert_eq!(
        after(&edits),
        ["impact: - => -", "description: - => -", "credit: - => -"]
    );
}

#[test]
fn a_withdrawal_says_why_and_what_to_read() {
    let text = format!(
        "{STATE}[withdrawn]\nat = 2026-11-20T00:00:00Z\nreason = \"split\"\nreplaced-by = [\"x_T-2026-0002\", \"x_T-2026-0003\"]\n"
    );
    let found = changes(&state(STATE), &state(&text));
    assert_eq!(
        found[0].to.as_deref(),
        Some("split, see x_T-2026-0002, x_T-2026-0003")
    );
    assert_eq!(found.len(), 1);
}

proptest! {
    #[test]
    fn whatever_changes_is_a_change_both_ways(title in "[a-z]{1,9}", severity in "[a-z]{1,5}", version in "[1-9]\\.[0-9]") {
        let text = STATE
            .replace("A title", &title)
            .replace("\"high\"", &format!("\"{severity}\""))
            .replace("1.2.0", &version);
        let (old, new) = (state(STATE), state(&text));
        let turned = |change: Change| Change { from: change.to, to: change.from, ..change };
        let back: Vec<Change> = changes(&new, &old).into_iter().map(turned).collect();
        prop_assert_eq!(changes(&old, &new), back);
        prop_assert_eq!(changes(&new, &new), []);
    }
}
