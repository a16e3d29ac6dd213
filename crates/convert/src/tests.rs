//! Owns the proof that records are canonical, follow the contract with consumers, and cannot lose a fact unnoticed.
//! Must never compare a record with itself.

mod lost;

use caveat_advisory::{Draft, Input};
use caveat_check::{Book, check};
use caveat_diag::Report;
use caveat_diag::emit::short;
use snapbox::{assert_data_eq, str};

use crate::convert;
use crate::proof::prove;

const PROJECT: &str = r#"[feed]
name = "Test"
url = "https://test.example.org"
id-prefix = "PREFIX"
license = "CC-BY-4.0"
[[package]]
key = "x"
ecosystem = "crates.io"
name = "x"
repository = "https://github.com/o/x"
[policy]
[[policy.severity]]
id = "any"
definition = "Any."
[[policy.contact]]
name = "Team"
url = "mailto:a@test.example.org"
"#;

const ADVISORY: &str = r#"id = "PREFIX-2026-0001"
title = "`a` < b"
severity = "any"
cvss = ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"]
cwe = ["CWE-79"]
aliases = ["CVE-2026-12345"]
impact = "Harm."
description = "Text."
workaround = "None."
[[affected]]
package = "x"
versions = [">= 2.0.0", "= 1.5.0", "< 1.2.0"]
introduced-by = ["1111111111111111111111111111111111111111"]
fixed-by = ["2222222222222222222222222222222222222222"]
functions = ["x::f"]
[[credit]]
name = "Ä. Finder"
role = "remediation-developer"
consent = ["advisory"]
[[credit]]
name = "Hidden Person"
role = "finder"
consent = ["release-notes"]
[[revision]]
at = 2026-11-19T01:00:00+01:00
note = "First published."
[[revision]]
at = 2026-11-19T12:00:00Z
note = "Withdrawn."
[withdrawn]
at = 2026-11-19T12:00:00Z
reason = "not-a-vulnerability"
"#;

fn book(prefix: &str, edit: impl Fn(String) -> String) -> Book {
    let draft = |path: String, text: String| Draft {
        path,
        bytes: text.replace("PREFIX", prefix).into_bytes(),
    };
    let advisory = draft(
        format!("advisories/2026/{prefix}-2026-0001.toml"),
        edit(ADVISORY.to_owned()),
    );
    let input = Input {
        project: Some(draft("caveat.toml".to_owned(), PROJECT.to_owned())),
        advisories: vec![advisory],
        ..Input::default()
    };
    let mut report = Report::default();
    let as_of = "2026-11-20T00:00:00Z".parse().expect("a time");
    check(input, as_of, &mut report).unwrap_or_else(|| panic!("{}", short(&report)))
}

pub(crate) fn record(prefix: &str, edit: impl Fn(String) -> String) -> String {
    let records = convert(&book(prefix, edit)).expect("faithful");
    String::from_utf8(records.all()[0].bytes().to_vec()).expect("text")
}

#[test]
#[expect(clippy::too_many_lines, reason = "one whole record")]
fn a_record_says_what_the_advisory_says() {
    assert_data_eq!(
        record("x_T", |text| text),
        str![[r#"
{
  "affected": [
    {
      "ecosystem_specific": {
        "functions": [
          "x::f"
        ]
      },
      "package": {
        "ecosystem": "crates.io",
        "name": "x",
        "purl": "pkg:cargo/x"
      },
      "ranges": [
        {
          "events": [
            {
              "introduced": "0"
            },
            {
              "fixed": "1.2.0"
            }
          ],
          "type": "SEMVER"
        },
        {
          "events": [
            {
              "introduced": "1.5.0"
            },
            {
              "last_affected": "1.5.0"
            }
          ],
          "type": "SEMVER"
        },
        {
          "events": [
            {
              "introduced": "2.0.0"
            }
          ],
          "type": "SEMVER"
        }
      ]
    },
    {
      "ranges": [
        {
          "events": [
            {
              "introduced": "1111111111111111111111111111111111111111"
            },
            {
              "fixed": "2222222222222222222222222222222222222222"
            }
          ],
          "repo": "https://github.com/o/x",
          "type": "GIT"
        }
      ]
    }
  ],
  "aliases": [
    "CVE-2026-12345"
  ],
  "credits": [
    {
      "name": "Ä. Finder",
      "type": "REMEDIATION_DEVELOPER"
    }
  ],
  "database_specific": {
    "cwe_ids": [
      "CWE-79"
    ],
    "license": "CC-BY-4.0",
    "revisions": [
      {
        "at": "2026-11-19T00:00:00Z",
        "note": "First published."
      },
      {
        "at": "2026-11-19T12:00:00Z",
        "note": "Withdrawn."
      }
    ],
    "severity": "any",
    "url": "https://test.example.org/advisories/x_T-2026-0001/",
    "withdrawn_reason": "not-a-vulnerability"
  },
  "details": "**Withdrawn: Not a vulnerability.**/n/nHarm./n/nText./n/n## Workarounds/n/nNone.",
  "id": "x_T-2026-0001",
  "modified": "2026-11-19T12:00:00Z",
  "published": "2026-11-19T00:00:00Z",
  "references": [
    {
      "type": "ADVISORY",
      "url": "https://test.example.org/advisories/x_T-2026-0001/"
    },
    {
      "type": "INTRODUCED",
      "url": "https://github.com/o/x/commit/1111111111111111111111111111111111111111"
    },
    {
      "type": "FIX",
      "url": "https://github.com/o/x/commit/2222222222222222222222222222222222222222"
    }
  ],
  "schema_version": "1.8.0",
  "severity": [
    {
      "score": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
      "type": "CVSS_V4"
    },
    {
      "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
      "type": "CVSS_V3"
    }
  ],
  "summary": "`a` < b",
  "withdrawn": "2026-11-19T12:00:00Z"
}

"#]]
    );
}

#[test]
fn what_has_no_end_comes_last_in_a_range_of_its_own() {
    let ranges = |versions: &str| {
        let from = "[\">= 2.0.0\", \"= 1.5.0\", \"< 1.2.0\"]";
        let text = record("x_T", |text| text.replace(from, versions));
        let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let ranges = value["affected"][0]["ranges"].as_array().expect("ranges");
        let events = |range: &serde_json::Value| range["events"].to_string();
        ranges.iter().map(events).collect::<Vec<_>>()
    };
    let open = "[{\"introduced\":\"2.0.0\"}]";
    let single = "[{\"introduced\":\"1.5.0\"},{\"last_affected\":\"1.5.0\"}]";
    assert_eq!(ranges("[\">= 2.0.0\"]"), [open]);
    assert_eq!(ranges("[\">= 2.0.0\", \"= 1.5.0\"]"), [single, open]);
}

#[test]
fn keys_are_sorted_and_nothing_is_empty() {
    let text = record("x_T", |text| text);
    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(
        serde_json::to_string_pretty(&value).expect("JSON") + "\n",
        text
    );
    for nothing in ["null", "[]", "{}", "\"\""] {
        assert!(!text.contains(nothing), "{nothing} in {text}");
    }
}

#[test]
fn a_registered_prefix_keeps_the_older_schema_version() {
    assert!(record("GSD", |text| text).contains("\"schema_version\": \"1.7.5\""));
}

#[test]
fn commits_stay_out_of_records_that_speak_of_python() {
    let python = record("x_T", |text| {
        text.replace("[[credit]]\nname = \"Ä", "[[affected]]\necosystem = \"PyPI\"\nname = \"x\"\nversions = [\"< 1\"]\n[[credit]]\nname = \"Ä")
    });
    assert!(
        python.contains("\"ECOSYSTEM\"") && !python.contains("\"GIT\""),
        "{python}"
    );
}

#[test]
fn a_reader_that_does_not_know_the_ecosystem_stops_nobody() {
    let other = record("x_T", |text| {
        text.replace("[[credit]]\nname = \"Ä", "[[affected]]\necosystem = \"Alpaquita:23\"\nname = \"musl\"\nversions = [\"< 1.2.3-r1\"]\n[[credit]]\nname = \"Ä")
    });
    assert!(other.contains("\"Alpaquita:23\""), "{other}");
}

#[test]
fn commits_without_a_known_start_accuse_nobody() {
    let unknown = record("x_T", |text| {
        text.replace("introduced-by", "fixed-by-too").replace(
            "fixed-by-too = [\"1111111111111111111111111111111111111111\"]\n",
            "",
        )
    });
    assert!(!unknown.contains("\"GIT\""), "{unknown}");
}
