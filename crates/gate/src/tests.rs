//! Owns the proof that every forbidden change is refused, with its code, and that a reason lets it pass.
//! Must never depend on how a record is written beyond what scanners read.

use caveat_artifact::Manifest;
use serde_json::{Value, json};

use super::*;

mod addresses;
mod commits;
mod limits;
mod quiet;
mod scores;
mod sets;

/// A record as scanners read it.
fn record() -> Value {
    json!({
        "id": "X-1", "published": "2026-01-01T00:00:00Z", "modified": "2026-01-01T00:00:00Z",
        "summary": "Flaw", "details": "Text", "aliases": ["CVE-2026-0001"],
        "severity": [{ "type": "CVSS_V3", "score": "CVSS:3.1/9.8" }],
        "affected": [
            { "package": { "ecosystem": "PyPI", "name": "torch" },
              "ranges": [{ "type": "ECOSYSTEM", "events": [
                  { "introduced": "1.0" }, { "fixed": "1.5" }, { "introduced": "2.0" }, { "fixed": "2.1" }] }] },
            { "package": { "ecosystem": "npm", "name": "torch" },
              "ranges": [{ "type": "SEMVER", "events": [{ "introduced": "0" }] }] },
            { "ranges": [{ "type": "GIT", "repo": "https://g.example", "events": [{ "introduced": "aa" }, { "fixed": "bb" }] }] }
        ],
        "database_specific": { "severity": "high" }
    })
}

/// The same with a second revision.
fn revised(edit: impl FnOnce(&mut Value)) -> Value {
    let mut new = record();
    new["modified"] = json!("2026-02-01T00:00:00Z");
    new["database_specific"]["revisions"] = json!([
        { "at": "2026-01-01T00:00:00Z", "note": "First." },
        { "at": "2026-02-01T00:00:00Z", "note": "Second." },
    ]);
    edit(&mut new);
    new
}

fn tree(record: Option<&Value>, issued: &str) -> Tree {
    let bytes = record.map(Value::to_string).unwrap_or_default();
    let read = record.map(|_| Record::read("X-1", bytes.as_bytes()).expect("a record"));
    let sum = bytes.bytes().fold(0_u64, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(byte.into())
    });
    let line = format!("{sum:064x}  osv/X-1.json\n");
    Tree {
        files: Manifest::parse_sums(if record.is_some() {
            line.as_bytes()
        } else {
            b""
        })
        .expect("sums"),
        issued: issued.parse().expect("a time"),
        records: read
            .into_iter()
            .map(|record| (record.id.clone(), record))
            .collect(),
        redirects: std::collections::BTreeMap::default(),
    }
}

fn score(vector: &str) -> Option<f64> {
    vector.rsplit_once('/')?.1.parse().ok()
}

fn judged(old: &Value, new: &Value) -> Vec<Finding> {
    let scale = Scale {
        classes: vec!["high", "low"],
        score,
    };
    gate(
        &tree(Some(old), "2026-01-02T00:00:00Z"),
        &tree(Some(new), "2026-02-02T00:00:00Z"),
        &scale,
    )
}

fn codes(found: &[Finding]) -> Vec<&'static str> {
    found.iter().map(|one| one.code).collect()
}

#[test]
fn the_same_bytes_and_a_revision_that_widens_pass() {
    assert_eq!(judged(&record(), &record()), []);
    let wider = revised(|new| {
        new["affected"][0]["ranges"][0]["events"] = json!([{ "introduced": "0" }]);
        new["aliases"] = json!(["CVE-2026-0001", "CVE-2026-0002"]);
        new["severity"][0]["score"] = json!("CVSS:3.1/10.0");
    });
    assert_eq!(judged(&record(), &wider), []);
}

/// What tells fewer people to act: how the gate calls it, where in the record, and what would stand there.
const NARROWER: [(&str, &str, &str); 9] = [
    (
        "gate-narrowed",
        "/affected/0/ranges/0/events/0",
        r#"{"introduced": "1.1"}"#,
    ),
    (
        "gate-narrowed",
        "/affected/0/ranges/0/events",
        r#"[{"introduced": "1.0"}, {"fixed": "1.5"}]"#,
    ),
    (
        "gate-narrowed",
        "/affected/1/ranges/0/events",
        r#"[{"introduced": "0"}, {"last_affected": "9.0.0"}]"#,
    ),
    (
        "gate-fix-lowered",
        "/affected/0/ranges/0/events/3",
        r#"{"fixed": "2.0.1"}"#,
    ),
    ("gate-severity", "/database_specific/severity", r#""low""#),
    ("gate-severity", "/severity/0/score", r#""CVSS:3.1/9.7""#),
    ("gate-severity", "/severity", "[]"),
    ("gate-alias", "/aliases", "[]"),
    ("gate-package", "/affected/1/package/name", r#""other""#),
];

fn put(record: &mut Value, place: &str, value: &str) {
    *record.pointer_mut(place).expect("a place") = serde_json::from_str(value).expect("a value");
}

#[test]
fn fewer_people_are_told_only_with_a_reason() {
    for (code, place, value) in NARROWER {
        let with = |nth: usize, reason: Value| {
            revised(|new| {
                put(new, place, value);
                new["database_specific"]["revisions"][nth]["narrows"] = reason;
            })
        };
        let found = judged(&record(), &with(1, Value::Null));
        assert_eq!(codes(&found), [code]);
        assert_eq!(found[0].verdict, Verdict::Refused, "{code}");
        let found = judged(&record(), &with(1, json!("We looked.")));
        assert_eq!(
            (found[0].verdict, found[0].help.as_str()),
            (Verdict::Stated, "We looked.")
        );
        // A reason that was given for an earlier change is none for this one.
        let found = judged(&record(), &with(0, json!("Long ago.")));
        assert_eq!(found[0].verdict, Verdict::Refused);
        // A withdrawal takes back nothing else: what is narrowed beside it would be narrower when it stands again.
        let mut withdrawn = with(1, Value::Null);
        withdrawn["withdrawn"] = json!("2026-02-01T00:00:00Z");
        let found = judged(&record(), &withdrawn);
        assert_eq!(
            (codes(&found), found[0].verdict),
            (vec![code], Verdict::Refused)
        );
    }
}

#[test]
fn a_withdrawal_by_itself_and_the_same_again_when_it_stands_are_no_narrowing() {
    let withdrawn = revised(|new| new["withdrawn"] = json!("2026-02-01T00:00:00Z"));
    assert_eq!(judged(&record(), &withdrawn), []);
    let again = revised(|new| {
        new["modified"] = json!("2026-03-01T00:00:00Z");
        let third =
            json!({ "at": "2026-03-01T00:00:00Z", "note": "Third.", "reinstates": "It is one." });
        let told = new["database_specific"]["revisions"].as_array_mut();
        told.expect("a list").push(third);
    });
    assert_eq!(codes(&judged(&withdrawn, &again)), ["gate-reinstated"]);
}

#[test]
fn a_fix_that_moves_down_is_told_with_both_versions() {
    let (place, value) = ("/affected/0/ranges/0/events/3", r#"{"fixed": "2.0.1"}"#);
    let lowered = revised(|new| put(new, place, value));
    let found = judged(&record(), &lowered);
    assert_eq!(
        (found[0].from.as_deref(), found[0].to.as_deref()),
        (Some("2.1"), Some("2.0.1"))
    );
}

#[test]
fn what_was_withdrawn_stands_again_only_with_a_reason() {
    let mut old = record();
    old["withdrawn"] = json!("2026-01-01T00:00:00Z");
    assert_eq!(codes(&judged(&old, &revised(|_| ()))), ["gate-reinstated"]);
    let stated =
        revised(|new| new["database_specific"]["revisions"][1]["reinstates"] = json!("It is one."));
    assert_eq!(judged(&old, &stated)[0].verdict, Verdict::Stated);
}

#[test]
fn times_only_go_forwards() {
    let edited = |place: &str, value: &str| {
        let mut new = record();
        new[place] = json!(value);
        codes(&judged(&record(), &new)).join(" ")
    };
    assert_eq!(edited("summary", "Other"), "gate-modified");
    assert_eq!(edited("x", "written otherwise"), "gate-modified");
    assert_eq!(
        edited("published", "2026-01-01T00:00:01Z"),
        "gate-published gate-modified"
    );
    let newer = revised(|_| ());
    assert_eq!(
        codes(&judged(&newer, &record())),
        ["gate-history", "gate-backdated"]
    );
    let rewritten = revised(|new| {
        new["modified"] = json!("2026-03-01T00:00:00Z");
        new["database_specific"]["revisions"][1]["at"] = json!("2026-03-01T00:00:00Z");
    });
    assert_eq!(codes(&judged(&newer, &rewritten)), ["gate-history"]);
}

#[test]
fn bytes_that_nobody_changed_are_told_from_those_that_somebody_did() {
    let mut written = record();
    written["x"] = json!("written otherwise");
    assert!(judged(&record(), &written)[0].says.contains("bytes"));
    written["summary"] = json!("Other");
    assert!(!judged(&record(), &written)[0].says.contains("bytes"));
}

#[test]
fn no_id_is_lost_and_no_publication_is_older() {
    let scale = Scale {
        classes: vec![],
        score,
    };
    let (old, new) = (
        tree(Some(&record()), "2026-01-02T00:00:00Z"),
        tree(None, "2026-01-01T00:00:00Z"),
    );
    assert_eq!(
        codes(&gate(&old, &new, &scale)),
        ["gate-issued", "gate-id-lost"]
    );
    // Who has looked since then never sees what states an earlier time.
    let late = gate(&new, &tree(Some(&record()), "2026-02-01T00:00:00Z"), &scale);
    assert_eq!(late, []);
    let synced = tree(None, "2026-01-03T00:00:00Z");
    let late = gate(
        &synced,
        &tree(Some(&record()), "2026-02-01T00:00:00Z"),
        &scale,
    );
    assert_eq!(
        (codes(&late), late[0].verdict),
        (vec!["gate-late"], Verdict::Warning)
    );
}

#[test]
fn verdicts_that_turn_are_told_with_a_version() {
    let read = |value: &Value| Record::read("X-1", value.to_string().as_bytes()).expect("a record");
    let (old, mut new) = (
        read(&record()),
        revised(|new| {
            new["affected"][0]["ranges"][0]["events"][3] = json!({ "fixed": "2.2" });
        }),
    );
    let turned = flips(Some(&old), Some(&read(&new)));
    let [one] = &turned[..] else {
        panic!("{turned:?}")
    };
    assert_eq!((one.affected, one.example.as_deref()), (true, Some("2.1")));
    assert_eq!(one.versions, "2.1 up to, but not including, 2.2");
    new["withdrawn"] = json!("2026-02-01T00:00:00Z");
    let turned = flips(Some(&old), Some(&read(&new)));
    assert!(
        turned.len() == 2 && turned.iter().all(|one| !one.affected),
        "{turned:?}"
    );
    assert_eq!(flips(None, Some(&old)).len(), 2);
}
