//! Owns the proof that the database says of Go modules what the records say, and of nothing else.
//! Must never compare the database with what wrote it.

use std::io::Read as _;

use caveat_advisory::{Draft, Input};
use caveat_artifact::Memory;
use caveat_check::check;
use caveat_convert::convert;
use caveat_diag::Report;
use caveat_diag::emit::short;
use serde_json::{Value, json};

use crate::render;

const PROJECT: &str = r#"[feed]
name = "Test Feed"
url = "https://test.example.org"
id-prefix = "x_TEST"
license = "CC-BY-4.0"
[policy]
[[policy.severity]]
id = "high"
definition = "Soon."
[[policy.contact]]
name = "Team"
url = "mailto:a@test.example.org"
"#;

const ADVISORY: &str = r#"id = "x_TEST-2026-NUMBER"
title = "Flaw NUMBER"
severity = "high"
aliases = ["CVE-2026-NUMBER"]
impact = "Code runs."
description = "The loader trusts the length that a file states, and writes past its buffer."
AFFECTED
[[revision]]
at = 2026-11-19T23:00:00Z
note = "First published."
"#;

fn go(name: &str, versions: &str, more: &str) -> String {
    format!(
        "[[affected]]\necosystem = \"Go\"\nname = \"{name}\"\nversions = [{versions}]\n{more}\n"
    )
}

/// Every file of the database of advisories about these packages, by path.
fn built(affected: &[String]) -> Vec<(String, Vec<u8>)> {
    let draft = |path: String, text: String| Draft {
        path,
        bytes: text.into_bytes(),
    };
    let advisory = |(number, affected): (u32, &String)| {
        let text = ADVISORY.replace("NUMBER", &number.to_string());
        let path = format!("advisories/2026/x_TEST-2026-{number}.toml");
        draft(path, text.replace("AFFECTED", affected))
    };
    let input = Input {
        project: Some(draft("caveat.toml".to_owned(), PROJECT.to_owned())),
        advisories: (1010..).zip(affected).map(advisory).collect(),
        ..Input::default()
    };
    let mut report = Report::default();
    let as_of = "2026-11-21T00:00:00Z".parse().expect("a time");
    let book = check(input, as_of, &mut report).unwrap_or_else(|| panic!("{}", short(&report)));
    let sink = Memory::default();
    render(&convert(&book).expect("faithful"), &sink).expect("room");
    let files = sink.into_files().into_iter();
    files
        .map(|(path, bytes)| (path.to_string(), bytes))
        .collect()
}

fn read(files: &[(String, Vec<u8>)], path: &str) -> Value {
    let (_, bytes) = files.iter().find(|(name, _)| name == path).expect(path);
    serde_json::from_slice(bytes).expect(path)
}

#[test]
fn a_record_is_of_go_modules_alone_and_stands_in_every_index() {
    let mixed = go(
        "example.org/m",
        "\"< 1.2.0\"",
        "functions = [\"example.org/m/a.F\"]",
    ) + "[[affected]]\necosystem = \"crates.io\"\nname = \"m\"\nversions = [\"<= 1.0.0\"]\n";
    let files = built(&[mixed, go("stdlib", "\">= 1.26.0, < 1.26.3\"", "")]);
    let record = read(&files, "go/ID/x_TEST-2026-1010.json");
    assert_eq!(
        record["affected"],
        json!([{
            "ecosystem_specific": { "imports": [{ "path": "example.org/m/a", "symbols": ["F"] }] },
            "package": { "ecosystem": "Go", "name": "example.org/m", "purl": "pkg:golang/example.org/m" },
            "ranges": [{ "events": [{ "introduced": "0" }, { "fixed": "1.2.0" }], "type": "SEMVER" }],
        }])
    );
    assert_eq!(
        record["database_specific"]["url"],
        "https://test.example.org/advisories/x_TEST-2026-1010/"
    );
    let modified = "2026-11-19T23:00:00Z";
    assert_eq!(
        read(&files, "go/index/modules.json"),
        json!([
            { "path": "example.org/m", "vulns": [{ "fixed": "1.2.0", "id": "x_TEST-2026-1010", "modified": modified }] },
            { "path": "stdlib", "vulns": [{ "fixed": "1.26.3", "id": "x_TEST-2026-1011", "modified": modified }] },
        ])
    );
    assert_eq!(
        read(&files, "go/index/db.json"),
        json!({ "modified": modified })
    );
    assert_eq!(
        read(&files, "go/index/vulns.json"),
        json!([
            { "aliases": ["CVE-2026-1010"], "id": "x_TEST-2026-1010", "modified": modified },
            { "aliases": ["CVE-2026-1011"], "id": "x_TEST-2026-1011", "modified": modified },
        ])
    );
}

#[test]
fn a_fix_is_told_only_where_the_flaw_does_not_come_back() {
    for (versions, fixed) in [
        ("\"< 1.2.0\", \">= 1.3.0, < 1.3.4\"", json!("1.3.4")),
        ("\"< 1.2.0\", \">= 1.3.0\"", Value::Null),
        ("\">= 0\"", Value::Null),
    ] {
        let files = built(&[go("example.org/m", versions, "")]);
        let modules = read(&files, "go/index/modules.json");
        assert_eq!(modules[0]["vulns"][0]["fixed"], fixed, "{versions}");
    }
}

#[test]
fn every_file_has_a_twin_that_unpacks_to_it() {
    let files = built(&[go("example.org/m", "\"< 1.2.0\"", "")]);
    let (packed, plain): (Vec<_>, Vec<_>) = files
        .iter()
        .partition(|(path, _)| path.strip_suffix(".gz").is_some());
    assert_eq!((packed.len(), plain.len()), (4, 4));
    for (path, bytes) in plain {
        let twin = packed
            .iter()
            .find(|(name, _)| *name == format!("{path}.gz"));
        let (_, twin) = twin.expect(path);
        // No name, no time, no system.
        assert_eq!(twin[..10], [31, 139, 8, 0, 0, 0, 0, 0, 2, 255], "{path}");
        let mut unpacked = Vec::new();
        let mut reader = flate2::read::GzDecoder::new(twin.as_slice());
        reader.read_to_end(&mut unpacked).expect(path);
        assert_eq!(unpacked, *bytes, "{path}");
    }
}

#[test]
fn where_nothing_is_of_go_there_is_no_database() {
    let none = "[[affected]]\necosystem = \"npm\"\nname = \"m\"\nversions = [\"< 1.0.0\"]\n";
    assert_eq!(built(&[none.to_owned()]), []);
}
