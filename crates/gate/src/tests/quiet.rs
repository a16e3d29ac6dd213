//! Owns the proof that what readers act on cannot be changed in passing, whatever a revision says of itself.
//! Must never give a reason: there is none for it.

use serde_json::{Value, json};

use super::{codes, judged, put, record, revised};
use crate::Verdict;

const QUIET: &str = "gate-editorial";

/// The same, called editorial.
fn editorial(edit: impl FnOnce(&mut Value)) -> Value {
    revised(|new| {
        edit(new);
        new["database_specific"]["revisions"][1]["editorial"] = json!(true);
    })
}

#[test]
fn what_readers_act_on_is_never_editorial() {
    let text = r#""Text\n\n## Workarounds\n\nTurn it off.""#;
    for (place, value) in [
        ("/affected/0/ranges/0/events", r#"[{"introduced": "0"}]"#),
        ("/affected/2/ranges/0/events/0", r#"{"introduced": "0"}"#),
        ("/affected/1/package/name", r#""other""#),
        ("/affected/1/ecosystem_specific", r#"{"functions": ["a"]}"#),
        ("/severity/0/score", r#""CVSS:3.1/10.0""#),
        ("/database_specific/severity", r#""low""#),
        ("/aliases", r#"["CVE-2026-0001", "CVE-2026-0002"]"#),
        ("/withdrawn", r#""2026-02-01T00:00:00Z""#),
        ("/details", text),
        ("/details", r#""Text\n\n## Am I affected?\n\nIf it is on.""#),
    ] {
        let new = editorial(|new| {
            // What is not there yet can be named all the same.
            new["affected"][1]["ecosystem_specific"] = json!({});
            new["withdrawn"] = new["withdrawn"].take();
            put(new, place, value);
            if new["withdrawn"].is_null() {
                new.as_object_mut().expect("a record").remove("withdrawn");
            }
        });
        let found = judged(&record(), &new);
        let quiet = found.iter().find(|one| one.code == QUIET);
        let quiet = quiet.unwrap_or_else(|| panic!("{place}: {found:?}"));
        assert_eq!(quiet.verdict, Verdict::Refused);
    }
}

#[test]
fn words_are_editorial_and_so_is_what_only_a_program_writes_otherwise() {
    let words = editorial(|new| {
        new["summary"] = json!("Flaws");
        new["details"] = json!("Texts");
        new["affected"][0]["ranges"][0]["events"] = json!([
            { "introduced": "1.0.0" }, { "fixed": "1.5" }, { "introduced": "2.0" }, { "fixed": "2.1" }
        ]);
    });
    assert_eq!(judged(&record(), &words), []);
}

#[test]
fn one_revision_that_is_told_is_enough_and_one_that_is_out_is_none() {
    let wider = |new: &mut Value| {
        new["modified"] = json!("2026-02-03T00:00:00Z");
        new["affected"][0]["ranges"][0]["events"] = json!([{ "introduced": "0" }]);
        let third = json!({ "at": "2026-02-03T00:00:00Z", "note": "Third.", "editorial": true });
        let told = new["database_specific"]["revisions"].as_array_mut();
        told.expect("a list").push(third);
    };
    assert_eq!(judged(&record(), &revised(wider)), []);
    assert_eq!(codes(&judged(&revised(|_| ()), &revised(wider))), [QUIET]);
}
