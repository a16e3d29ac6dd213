//! Owns the proof that any bytes give a document or a diagnostic.
//! Must never judge a value beyond its type.

use super::*;
use caveat_diag::emit::{human, short};
use proptest::prelude::*;
use snapbox::{assert_data_eq, str};

const GOOD: &str = r#"
id = "x_T-2026-0001"
title = "A title"
severity = "high"
impact = "Code runs."
description = "Text."
[[affected]]
package = "torch"
versions = [">= 1.0.0, < 1.2.0"]
[[revision]]
at = 2026-11-20T14:00:00+02:00
note = "First published."
"#;

fn read(text: impl Into<Vec<u8>>) -> (Option<Document<Advisory>>, Report) {
    let mut report = Report::default();
    let draft = Draft {
        path: "a.toml".to_owned(),
        bytes: text.into(),
    };
    (Document::<Advisory>::read(draft, &mut report), report)
}

#[test]
fn a_good_file_is_read_with_its_places() {
    let (document, report) = read(GOOD);
    assert!(report.is_empty(), "{}", human(&report, false));
    let document = document.expect("no trouble");
    let versions = &document.data().affected[0].versions[0];
    let span = document.within("affected[0].versions[0]", versions, 10..17);
    assert_eq!(&document.source().text()[span.range()], "< 1.2.0");
    assert_eq!(
        document.data().revisions[0].at.to_string(),
        "2026-11-20T12:00:00Z"
    );
}

#[test]
fn every_fault_of_shape_is_said_in_one_run() {
    let text = GOOD
        .replace("title = ", "titel = ")
        .replace("\"high\"", "3")
        .replace(
            "versions = [\">= 1.0.0, < 1.2.0\"]",
            "versions = \"< 1\"\nfixed_by = []",
        )
        .replace("at = 2026-11-20T14:00:00+02:00", "at = 2026-11-20");
    let (document, report) = read(text + "[[credit]]\nrole = \"findr\"\n");
    assert!(document.is_none());
    assert_data_eq!(
        short(&report),
        str![[r"
a.toml:1:1: error[missing-key]: `title` is missing
a.toml:3:1: error[unknown-key]: unknown key `titel`
a.toml:4:12: error[wrong-value]: `severity`: expected a string, found integer
a.toml:9:12: error[wrong-value]: `affected[0].versions`: expected an array, found string
a.toml:10:1: error[unknown-key]: unknown key `fixed_by`
a.toml:12:6: error[wrong-value]: `revision[0].at`: `2026-11-20` does not name an instant
a.toml:15:8: error[wrong-value]: `credit[0].role`: `findr` is no role

"]]
    );
    assert!(human(&report, false).contains("did you mean `fixed-by`?"));
}

#[test]
fn several_syntax_errors_are_said_at_once_and_nothing_is_called_missing_for_them() {
    let (document, report) = read(
        GOOD.replace("title = \"A title\"", "title = ")
            .replace("at = 2026", "at == 2026"),
    );
    assert!(document.is_none());
    let said = short(&report);
    assert!(said.matches("error[syntax]").count() >= 2, "{said}");
    assert!(!said.contains("missing-key"), "{said}");
}

#[test]
fn bytes_that_are_no_text_are_refused_once() {
    let (document, report) = read(vec![0xff; 4096]);
    assert!(document.is_none());
    assert_eq!(
        short(&report),
        "a.toml:1:1: error[not-utf8]: this file is not UTF-8 text\n"
    );
}

proptest! {
    #[test]
    fn any_bytes_give_a_document_or_a_diagnostic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let (document, report) = read(bytes);
        prop_assert!(document.is_some() != report.has_errors());
        human(&report, true);
    }

    #[test]
    fn any_damage_to_a_good_file_gives_a_document_or_a_diagnostic(at in 0usize..230, with in "\\PC{0,6}", cut in 0usize..12) {
        let mut text = GOOD.as_bytes().to_vec();
        let at = at.min(text.len());
        let end = (at + cut).min(text.len());
        text.splice(at..end, with.bytes());
        let (document, report) = read(text);
        prop_assert!(document.is_some() != report.has_errors());
        human(&report, true);
    }
}
