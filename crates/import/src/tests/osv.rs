//! Owns the tests of OSV's mapping.
//! Must never depend on a real database.

use super::{assert_holds, good, run, settings};
use crate::Form::Osv;

const RECORD: &str = r#"{
  "schema_version": "1.7.3",
  "id": "GHSA-2f84-9xq5-cvjm",
  "summary": "A crafted file\n overwrites memory",
  "details": "First line.\n\nSecond paragraph.",
  "aliases": ["CVE-2024-12345"],
  "related": ["CVE-2024-11111"],
  "published": "2024-02-03T04:05:06Z",
  "modified": "2024-05-03T04:05:06Z",
  "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N"}],
  "affected": [
    {"package": {"ecosystem": "PyPI", "name": "demo", "purl": "pkg:pypi/demo"},
     "ranges": [
       {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.2"}, {"introduced": "2.0"}, {"last_affected": "2.1"}]},
       {"type": "GIT", "repo": "https://example.org/demo", "events": [{"introduced": "0"}, {"fixed": "0123456789012345678901234567890123456789"}]}
     ],
     "versions": ["1.0", "2.5"],
     "ecosystem_specific": {"affects": {"functions": ["demo.run"]}}},
    {"package": {"ecosystem": "PyPI", "name": "demo"},
     "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "3.0"}]}]}
  ],
  "references": [{"type": "FIX", "url": "https://example.org/fix"}, {"type": "GIT", "url": "https://example.org/git"}],
  "credits": [{"name": "A. Finder", "type": "FINDER", "contact": ["finder@example.org"]}],
  "database_specific": {"cwe_ids": ["CWE-787"], "severity": "HIGH", "github_reviewed": true}
}"#;

#[test]
fn every_fact_of_a_record_has_its_place() {
    let imported = good(Osv, "a.json", RECORD, "GHSA-is-no-feed-of-ours");
    assert_eq!(imported.path, "drafts/GHSA-2f84-9xq5-cvjm.toml");
    assert_holds(
        &imported,
        &[
            "title = \"A crafted file overwrites memory\"",
            "severity = \"critical\"",
            "cwe = [\"CWE-787\"]",
            "aliases = [\"GHSA-2f84-9xq5-cvjm\", \"CVE-2024-12345\"]",
            "related = [\"CVE-2024-11111\"]",
            "description = '''\nFirst line.\n\nSecond paragraph.\n'''",
            "name = \"demo\"\nversions = [\"< 1.2\", \">= 2.0, <= 2.1\", \"= 2.5\", \">= 3.0\"]",
            "fixed-by = [\"0123456789012345678901234567890123456789\"]",
            "functions = [\"demo.run\"]",
            "type = \"fix\"\nurl = \"https://example.org/fix\"",
            "# `GIT` is no type of reference: `web` stands for it\n[[reference]]\ntype = \"web\"",
            "role = \"finder\"\nurl = \"mailto:finder@example.org\"\nconsent = [\"advisory\"]",
            "[extra]\ngithub_reviewed = true\n",
            "[extra.source]\n",
            "\"database_specific.severity\" = \"HIGH\"\n",
            "\"affected[0].ranges[1].repo\" = \"https://example.org/demo\"\n",
            "\npublished = \"2024-02-03T04:05:06Z\"\n",
        ],
    );
    assert_eq!(imported.text.matches("[[affected]]").count(), 1);
}

#[test]
fn a_record_of_this_feed_keeps_its_id_and_its_dates() {
    let text = RECORD
        .replace("GHSA-2f84-9xq5-cvjm", "x_T-2024-0001")
        .replace(
            "\"modified\"",
            "\"withdrawn\": \"2024-06-01T00:00:00Z\",\n  \"modified\"",
        );
    let imported = good(Osv, "a.json", &text, "x_T");
    assert_eq!(imported.path, "2024/x_T-2024-0001.toml");
    let at: Vec<&str> = imported
        .text
        .lines()
        .filter(|line| line.starts_with("at = "))
        .collect();
    assert_eq!(
        at,
        [
            "at = 2024-02-03T04:05:06Z",
            "at = 2024-05-03T04:05:06Z",
            "at = 2024-06-01T00:00:00Z",
            "at = 2024-06-01T00:00:00Z"
        ]
    );
}

#[test]
fn a_change_before_the_publication_is_a_doubt() {
    let text = RECORD
        .replace("GHSA-2f84-9xq5-cvjm", "x_T-2024-0001")
        .replace("2024-05-03", "2023-05-03");
    let (imported, said) = run(Osv, "a.json", &text, &settings("x_T"));
    assert!(said.contains("warning[date-order]"), "{said}");
    assert_eq!(
        imported
            .expect("imported")
            .text
            .matches("[[revision]]")
            .count(),
        1
    );
}

#[test]
fn a_word_stands_for_a_missing_score() {
    let text = RECORD
        .replace("\"severity\": [{", "\"rating\": [{")
        .replace("\"HIGH\"", "\"MODERATE\"");
    assert_holds(
        &good(Osv, "a.json", &text, "x_T"),
        &[
            "`medium` is the word of the source",
            "severity = \"medium\"",
        ],
    );
}

#[test]
fn a_package_that_cannot_be_said_is_left_out_and_the_others_stay() {
    let text = RECORD.replace("\"affected\": [", "\"affected\": [{\"package\": {\"ecosystem\": \"Linux\", \"name\": \"Kernel\"}, \"ranges\": []},");
    let (imported, said) = run(Osv, "a.json", &text, &settings("x_T"));
    assert!(said.contains(":11:16: warning[package-left-out]"), "{said}");
    assert_holds(
        &imported.expect("imported"),
        &[
            "\"affected[0]\" = { package = { ecosystem = \"Linux\", name = \"Kernel\" } }\n",
            "name = \"demo\"",
        ],
    );
}

#[test]
fn a_record_without_packages_is_not_imported() {
    let text =
        r#"{"id": "X-1", "modified": "2024-01-01T00:00:00Z", "summary": "A flaw", "affected": []}"#;
    let (imported, said) = run(Osv, "a.json", text, &settings("x_T"));
    assert!(
        imported.is_none() && said.contains("error[affected-missing]"),
        "{said}"
    );
}

#[test]
fn a_version_without_a_place_stops_the_import_where_it_stands() {
    let text = RECORD.replace("\"2.0\"", "\"§\"");
    let (imported, said) = run(Osv, "a.json", &text, &settings("x_T"));
    assert!(imported.is_none() && said.contains("a.json:14:"), "{said}");
}

#[test]
fn events_out_of_order_are_read_as_osv_says_and_reported() {
    let text = RECORD.replace(
        r#"{"introduced": "0"}, {"fixed": "1.2"}, {"introduced": "2.0"}, {"last_affected": "2.1"}"#,
        r#"{"fixed": "1.2"}, {"introduced": "0"}, {"fixed": "1.4"}"#,
    );
    let imported = good(Osv, "a.json", &text, "x_T");
    assert_holds(
        &imported,
        &[
            "# the source's events do not alternate",
            "versions = [\"< 1.2\", \"= 2.5\", \">= 3.0\"]",
        ],
    );
}

#[test]
fn a_remark_about_a_row_that_became_one_with_another_stays() {
    let text = RECORD.replace("PyPI", "npm").replace("\"3.0\"", "\"v3.0\"");
    let text = text
        .replace("last_affected", "fixed")
        .replace("\"2.5\"", "\"2.5.0\"");
    let imported = good(Osv, "a.json", &text, "x_T");
    assert_holds(
        &imported,
        &[
            "# affected[1]: `v3.0` is written as `3.0.0`",
            "\">= 3.0.0\"",
        ],
    );
}

#[test]
fn broken_json_is_an_error_with_its_place() {
    for (text, place) in [
        ("{\n \"id\": }", "a.json:2:8:"),
        ("", "a.json:1:1:"),
        ("[1]", "a.json:1:1:"),
    ] {
        let (imported, said) = run(Osv, "a.json", text, &settings("x_T"));
        assert!(imported.is_none() && said.starts_with(place), "{said}");
    }
    let deep = format!("{{\"id\": {}{}}}", "[".repeat(90), "]".repeat(90));
    let (imported, said) = run(Osv, "a.json", &deep, &settings("x_T"));
    assert!(imported.is_none() && said.contains("deeper"), "{said}");
}
