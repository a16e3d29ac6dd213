//! Owns the proof that a document says what the advisory says: one whole document, and a reader of its own.
//! Must never compare a document with what wrote it.

mod facts;
mod packages;
mod signed;

use caveat_advisory::{Draft, Input};
use caveat_artifact::Memory;
use caveat_check::{Book, check};
use caveat_diag::Report;
use caveat_diag::emit::short;
use serde_json::Value;
use snapbox::{assert_data_eq, file};

use crate::{document, render};

const PROJECT: &str = r#"[feed]
name = "Test Feed"
url = "https://test.example.org"
id-prefix = "x_TEST"
license = "CC-BY-4.0"
[csaf]
category = "coordinator"
[[package]]
key = "torsh"
ecosystem = "crates.io"
name = "torsh"
title = "ToRSh"
repository = "https://github.com/example/torsh"
[[package]]
key = "torsh-py"
ecosystem = "PyPI"
name = "torsh"
title = "ToRSh for Python"
repository = "https://github.com/example/torsh"
[[package]]
key = "http"
ecosystem = "Julia"
name = "HTTP"
[policy]
[[policy.severity]]
id = "critical"
label = "Critical"
definition = "Act today."
[[policy.contact]]
name = "Team"
url = "mailto:a@test.example.org"
"#;

/// Everything that a document can hold.
const FULL: &str = r#"id = "x_TEST-2026-0001"
title = "`load` runs code"
severity = "critical"
severity-reason = "Services load what strangers send."
cvss = ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", "AV:N/AC:L/Au:N/C:P/I:P/A:P"]
cwe = ["CWE-502", "CWE-94"]
aliases = ["CVE-2026-12345", "GHSA-2345-6789-cfgh"]
impact = "Whoever supplies a file runs code."
description = "The file is *unpickled*."
affected-if = "You load files of others."
workaround = "Load none."
[[affected]]
package = "torsh"
versions = [">= 1.0.0, < 1.4.1", ">= 2.0.0-rc.1, < 2.1.0", ">= 3.0.0"]
functions = ["torsh::load"]
fixed-by = ["2222222222222222222222222222222222222222"]
[[affected]]
package = "torsh-py"
versions = ["<= 1!4.0+l"]
no-fix = "It is no longer maintained."
[[affected]]
package = "http"
versions = ["= 1.2.3"]
[[reference]]
type = "report"
url = "https://github.com/example/torsh/issues/1"
[[credit]]
name = "Ä. Finder"
role = "finder"
url = "https://finder.example.org/"
consent = ["advisory"]
[[credit]]
name = "Hidden Person"
role = "reporter"
consent = ["release-notes"]
[timeline]
discovered = 2026-11-01T00:00:00Z
exploited = 2026-11-02T00:00:00Z
disclosed = 2026-11-19T00:00:00Z
[[revision]]
at = 2026-11-19T01:00:00+01:00
note = "First published."
[[revision]]
at = 2026-11-19T12:00:00Z
note = "The third branch is affected, too."
"#;

const WITHDRAWN: &str = r#"[[revision]]
at = 2026-11-19T13:00:00Z
note = "Withdrawn: it was none."
[withdrawn]
at = 2026-11-19T13:00:00Z
reason = "not-a-vulnerability"
note = "The file is trusted."
"#;

fn book(project: &str, advisories: &[&str]) -> Book {
    let draft = |path: String, text: &str| Draft {
        path,
        bytes: text.as_bytes().to_vec(),
    };
    let name = |at: usize| format!("advisories/2026/x_TEST-2026-000{}.toml", at + 1);
    let advisories = advisories.iter().enumerate();
    let input = Input {
        project: Some(draft("caveat.toml".to_owned(), project)),
        advisories: advisories.map(|(at, text)| draft(name(at), text)).collect(),
        ..Input::default()
    };
    let mut report = Report::default();
    let as_of = "2026-11-20T00:00:00Z".parse().expect("a time");
    check(input, as_of, &mut report).unwrap_or_else(|| panic!("{}", short(&report)))
}

fn json(book: &Book) -> Value {
    let bytes = document(book, &book.entries()[0]).expect("a publisher");
    serde_json::from_slice(&bytes).expect("JSON")
}

#[test]
fn a_document_holds_everything_that_csaf_has_a_place_for() {
    let book = book(PROJECT, &[FULL]);
    let bytes = document(&book, &book.entries()[0]).expect("a publisher");
    let text = String::from_utf8(bytes).expect("text");
    assert_data_eq!(text, file!["tests/full.json"].raw());
}

#[test]
fn keys_are_sorted_and_nothing_is_empty() {
    fn look(value: &Value, path: &str) {
        match value {
            Value::Null => panic!("{path} is null"),
            Value::Array(items) => {
                assert!(!items.is_empty(), "{path} is empty");
                for item in items {
                    look(item, path);
                }
            }
            Value::Object(map) => {
                for (key, value) in map {
                    look(value, &format!("{path}/{key}"));
                }
            }
            Value::String(text) => assert!(!text.is_empty(), "{path} is empty"),
            _ => {}
        }
    }
    let book = book(PROJECT, &[FULL]);
    let bytes = document(&book, &book.entries()[0]).expect("a publisher");
    let read: Value = serde_json::from_slice(&bytes).expect("JSON");
    look(&read, "");
    // Its maps are sorted.
    let mut again = serde_json::to_vec_pretty(&read).expect("JSON");
    again.push(b'\n');
    assert_eq!(bytes, again);
}

#[test]
fn nobody_is_named_who_did_not_agree() {
    let book = book(PROJECT, &[FULL]);
    let text = json(&book).to_string();
    assert!(text.contains("Ä. Finder") && !text.contains("Hidden Person"));
}

#[test]
fn of_what_is_withdrawn_no_version_is_said_to_have_a_flaw_and_the_reason_is_told() {
    let book = book(PROJECT, &[&format!("{FULL}{WITHDRAWN}")]);
    let read = json(&book);
    assert_eq!(read["document"]["category"], "csaf_base");
    assert_eq!(read["document"]["tracking"]["status"], "final");
    assert_eq!(read["document"]["tracking"]["version"], "3");
    assert_eq!(
        read["document"]["notes"][0]["text"],
        "Withdrawn: Not a vulnerability. The file is trusted."
    );
    assert!(read.get("vulnerabilities").is_none() && read.get("product_tree").is_none());
}

#[test]
fn a_flaw_of_two_cve_ids_is_found_under_both() {
    let aliases = r#"aliases = ["CVE-2026-12345", "CVE-2026-12346"]"#;
    let text = FULL.replace(
        r#"aliases = ["CVE-2026-12345", "GHSA-2345-6789-cfgh"]"#,
        aliases,
    );
    let read = json(&book(PROJECT, &[&text]));
    let flaws = read["vulnerabilities"].as_array().expect("an array");
    let cves: Vec<&str> = flaws.iter().filter_map(|one| one["cve"].as_str()).collect();
    assert_eq!(cves, ["CVE-2026-12345", "CVE-2026-12346"]);
}

#[test]
fn who_makes_the_software_is_its_vendor() {
    let vendor = PROJECT.replace("\"coordinator\"", "\"vendor\"\nname = \"Example Inc.\"");
    let vendor_of = |project: &str| {
        json(&book(project, &[FULL]))["product_tree"]["branches"][0]["name"].clone()
    };
    assert_eq!(vendor_of(PROJECT), "example");
    assert_eq!(vendor_of(&vendor), "Example Inc.");
}

fn files(project: &str, advisories: &[&str]) -> Vec<(String, String)> {
    files_of(project, advisories, None)
}

fn files_of(project: &str, advisories: &[&str], signer: Option<&str>) -> Vec<(String, String)> {
    let sink = Memory::default();
    render(&book(project, advisories), signer, &sink).expect("a tree");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    let files = sink.into_files().into_iter();
    files
        .map(|(path, bytes)| (path.to_string(), text(bytes)))
        .collect()
}

#[test]
fn there_is_no_tree_unless_somebody_publishes_it() {
    let silent = PROJECT.replace("[csaf]\ncategory = \"coordinator\"\n", "");
    assert!(files(&silent, &[FULL]).is_empty());
}

#[test]
fn a_provider_has_documents_digests_lists_a_feed_and_metadata() {
    let later = FULL
        .replace("2026-0001", "2026-0002")
        .replace("12345", "12346")
        .replace("2345-6789-cfgh", "2345-6789-cfgj")
        .replace("2026-11-19T12", "2026-11-19T14")
        .replace("load` runs", "save` runs");
    let files = files(PROJECT, &[FULL, &later]);
    let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    let one = "csaf/white/2026/x_test-2026-0001.json";
    for path in [
        ".well-known/csaf/provider-metadata.json",
        "csaf/provider-metadata.json",
        "csaf/service.json",
        "csaf/white/changes.csv",
        "csaf/white/csaf-feed-tlp-white.json",
        "csaf/white/index.txt",
        one,
        "csaf/white/2026/x_test-2026-0001.json.sha256",
        "csaf/white/2026/x_test-2026-0001.json.sha512",
        "csaf/white/2026/x_test-vex-torsh-2026.json",
        "csaf/white/2026/x_test-vex-torsh-py-2026.json.sha256",
        "csaf/white/2026/x_test-vex-http-2026.json",
    ] {
        assert!(paths.contains(&path), "{path}");
    }
    assert_eq!(paths.len(), 21);
    let text = |wanted: &str| {
        &files
            .iter()
            .find(|(path, _)| path == wanted)
            .expect(wanted)
            .1
    };
    assert_eq!(
        text("csaf/white/changes.csv"),
        "\"2026/x_test-2026-0002.json\",\"2026-11-19T14:00:00Z\"\n\
         \"2026/x_test-vex-http-2026.json\",\"2026-11-19T14:00:00Z\"\n\
         \"2026/x_test-vex-torsh-2026.json\",\"2026-11-19T14:00:00Z\"\n\
         \"2026/x_test-vex-torsh-py-2026.json\",\"2026-11-19T14:00:00Z\"\n\
         \"2026/x_test-2026-0001.json\",\"2026-11-19T12:00:00Z\"\n"
    );
    assert_eq!(
        text("csaf/white/index.txt"),
        "2026/x_test-2026-0001.json\n2026/x_test-2026-0002.json\n2026/x_test-vex-http-2026.json\n\
         2026/x_test-vex-torsh-2026.json\n2026/x_test-vex-torsh-py-2026.json\n"
    );
    let sum = caveat_artifact::sha256(text(one).as_bytes());
    assert_eq!(
        *text(&format!("{one}.sha256")),
        format!("{sum}  x_test-2026-0001.json\n")
    );
    let metadata: Value = serde_json::from_str(text("csaf/provider-metadata.json")).expect("JSON");
    let feed = &metadata["distributions"][0]["rolie"]["feeds"][0]["url"];
    assert_eq!(
        feed,
        "https://test.example.org/csaf/white/csaf-feed-tlp-white.json"
    );
    assert_eq!(metadata["last_updated"], "2026-11-19T14:00:00Z");
    assert_eq!(metadata["mirror_on_CSAF_aggregators"], false);
}

#[test]
fn a_tree_of_no_advisory_is_a_tree() {
    let files = files(PROJECT, &[]);
    assert_eq!(files.len(), 6);
}
