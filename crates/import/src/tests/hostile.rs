//! Owns the tests of YAML, and of files that are made to be misread.
//! Must never let one of them through as something else than it is.

use super::{assert_holds, good, run, settings};
use crate::Form::{Julia, Osv};

const RECORD: &str = r#"id: PYSEC-2024-7
summary: "A crafted \u00e4rchive"
details: |
  First line.

  Second paragraph.
aliases: [CVE-2024-12345]
published: "2024-02-03T04:05:06Z"
affected:
- package: &demo {ecosystem: PyPI, name: demo}
  ranges:
  - type: ECOSYSTEM
    events:
    - introduced: "0"
    - fixed: 1.2.1
  versions: ["0.1", "3.0"]
- package: *demo
  ranges: [{type: ECOSYSTEM, events: [{introduced: "2.0"}, {fixed: 2.0.1}]}]
database_specific: {count: 3, share: 0.5, since: 2024-02-03, none: ~, yes: true}
"#;

fn refused(path: &str, text: &str, expected: &str) {
    let (imported, said) = run(Osv, path, text, &settings("x_T"));
    assert!(
        imported.is_none() && said.contains(expected),
        "{expected}: {said}"
    );
}

#[test]
fn a_record_in_yaml_says_the_same_as_in_json() {
    let imported = good(Osv, "a.yaml", RECORD, "x_T");
    assert_holds(
        &imported,
        &[
            "title = \"A crafted ärchive\"",
            "description = '''\nFirst line.\n\nSecond paragraph.\n'''",
            "versions = [\"< 1.2.1\", \">= 2.0, < 2.0.1\", \"= 3.0\"]",
            "# 1 listed versions lie in the ranges",
            "[extra]\ncount = 3\nshare = 0.5\nsince = \"2024-02-03\"\nyes = true\n",
        ],
    );
}

#[test]
fn versions_that_yaml_takes_for_numbers_are_refused_where_they_stand() {
    refused(
        "a.yaml",
        &RECORD.replace("1.2.1", "1.20"),
        "a.yaml:15:14: error[range-unreadable]",
    );
    refused(
        "a.yaml",
        &RECORD.replace("\"3.0\"", "3.0"),
        "error[range-unreadable]",
    );
}

#[test]
fn aliases_cannot_multiply_a_file() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..9 {
        let below = format!("*a{}, ", level - 1).repeat(10);
        text.push_str(&format!("a{level}: &a{level} [{below}]\n"));
    }
    refused("a.yaml", &text, "more than 400000 values");
    refused("a.yaml", "a: &a [*a]\n", "syntax");
}

#[test]
fn equal_keys_are_refused_in_every_form() {
    let twice = r#"{"id": "X-1", "affected": [], "id": "X-2"}"#;
    refused("a.json", twice, "a.json:1:37: error[key-twice]");
    refused(
        "a.yaml",
        "id: X-1\nid: X-2\n",
        "a.yaml:2:1: error[key-twice]",
    );
    let (imported, said) = run(
        Julia,
        "a.md",
        "```toml\nid = 'A'\nid = 'B'\n```\n",
        &settings("x_T"),
    );
    assert!(imported.is_none() && said.contains("a.md:3:"), "{said}");
}

#[test]
fn depth_size_and_kind_are_bounded() {
    refused("a.yaml", &"[".repeat(200), "deeper than 40");
    refused(
        "a.json",
        &format!("[{}]", "0,".repeat(400_001) + "0"),
        "more than 400000 values",
    );
    refused("a.yaml", "--- 1\n--- 2\n", "more than one document");
    refused("a.yaml", "", "nothing in this file");
    refused(
        "a.yaml",
        "a: !!python/object:os.system [x]\nb: !x y\n",
        "means nothing here",
    );
    refused("a.yaml", "? [a]\n: b\n", "a key must be plain text");
    refused("a.json", r#"{"id": "a\u0000b"}"#, "error[nul]");
    refused("a.json", "PK\u{3}\u{4}xx", "error[archive]");
}

#[test]
fn other_encodings_are_named() {
    for (bytes, expected) in [
        (&b"\xff\xfe{\0}\0"[..], "UTF-16"),
        (&b"{\"id\": \"caf\xe9\"}"[..], "not UTF-8"),
        (&b"\x1f\x8b\x08"[..], "an archive"),
    ] {
        let mut report = caveat_diag::Report::default();
        let imported = crate::import(Osv, "a.json", bytes.to_vec(), &settings("x_T"), &mut report);
        let said = caveat_diag::emit::short(&report);
        assert!(imported.is_none() && said.contains(expected), "{said}");
    }
    let marked = format!("\u{feff}{RECORD}");
    good(Osv, "a.yaml", &marked, "x_T");
    let record = r#"{"id": "X-1", "summary": "A flaw", "affected": [{"package": {"ecosystem": "npm", "name": "demo"}, "versions": ["1.0.0"]}]}"#;
    good(Osv, "a.json", &format!("\u{feff}{record}"), "x_T");
}

#[test]
fn numbers_that_do_not_fit_and_null_are_said() {
    let record = r#"{"id": "X-1", "summary": "A flaw", "a": [1, null], "b": 123456789012345678901234567890,
        "affected": [{"package": {"ecosystem": "npm", "name": "demo"}, "versions": ["1.0.0"]}]}"#;
    let (imported, said) = run(Osv, "a.json", record, &settings("x_T"));
    assert!(
        said.contains("warning[respelled]: `a`: TOML has no `null`"),
        "{said}"
    );
    assert!(
        said.contains("warning[respelled]: `b`: a number that does not fit"),
        "{said}"
    );
    assert_holds(
        &imported.expect("imported"),
        &[
            "a = [1]\nb = \"123456789012345678901234567890\"\n",
            "# `a`: TOML has no `null`",
        ],
    );
}
