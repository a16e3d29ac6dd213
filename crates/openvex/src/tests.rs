//! Owns the proof that statements say what the advisory says, and acquit nobody by accident.
//! Must never use a function of the writer but those that make whole files.

mod files;

use std::collections::BTreeMap;

use caveat_advisory::{Draft, Input};
use caveat_check::{Book, check};
use caveat_diag::Report;
use caveat_diag::emit::short;
use serde_json::Value;

use crate::document;

const PROJECT: &str = r#"[feed]
name = "Test Feed"
url = "https://test.example.org"
id-prefix = "x_TEST"
license = "CC-BY-4.0"
[vex]
author = "Test Team"
role = "Coordinator"
[[package]]
key = "torsh"
ecosystem = "crates.io"
name = "torsh"
title = "ToRSh"
repository = "https://github.com/example/torsh"
releases = ["0.9.0", "1.0.0", "1.4.0", "1.4.1", "1.5.0", "1.6.0"]
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

const FULL: &str = r#"id = "x_TEST-2026-0001"
title = "`load` runs code"
severity = "critical"
aliases = ["GHSA-2345-6789-cfgh", "CVE-2026-12345"]
impact = "Whoever supplies a file runs code."
description = "The file is *unpickled*."
affected-if = "You load files of others."
workaround = "Load none."
[[affected]]
package = "torsh"
versions = [">= 1.0.0, < 1.4.1"]
features = ["python"]
[[affected]]
package = "http"
versions = ["<= 1.2.3"]
no-fix = "It is no longer maintained."
[[status]]
package = "torsh"
versions = [">= 1.5.0, < 1.6.0"]
state = "not-affected"
justification = "inline_mitigations_already_exist"
reason = "It has a loader of its own."
[[status]]
ecosystem = "npm"
name = "@x/torshling"
state = "not-affected"
reason = "It loads nothing."
[[reference]]
type = "report"
url = "https://github.com/example/torsh/issues/1"
[[credit]]
name = "Hidden Person"
role = "reporter"
consent = ["release-notes"]
[[revision]]
at = 2026-11-19T00:00:00Z
note = "First published."
[[revision]]
at = 2026-11-19T12:00:00Z
note = "Julia is affected, too."
"#;

const WITHDRAWN: &str = r#"[[revision]]
at = 2026-11-19T13:00:00Z
note = "Withdrawn: it was none."
[withdrawn]
at = 2026-11-19T13:00:00Z
reason = "not-a-vulnerability"
note = "The file is trusted."
"#;

fn book(project: &str, advisory: &str) -> Book {
    let draft = |path: &str, text: &str| Draft {
        path: path.to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let input = Input {
        project: Some(draft("caveat.toml", project)),
        advisories: vec![draft("advisories/2026/x_TEST-2026-0001.toml", advisory)],
        ..Input::default()
    };
    let mut report = Report::default();
    let as_of = "2026-11-20T00:00:00Z".parse().expect("a time");
    check(input, as_of, &mut report).unwrap_or_else(|| panic!("{}", short(&report)))
}

fn read(project: &str, advisory: &str) -> Value {
    let book = book(project, advisory);
    let bytes = document(&book, &book.entries()[0]).expect("an author");
    serde_json::from_slice(&bytes).expect("JSON")
}

/// The status of each product.
fn told(document: &Value) -> BTreeMap<&str, &str> {
    let mut all = BTreeMap::new();
    for statement in document["statements"].as_array().expect("statements") {
        let status = statement["status"].as_str().expect("a status");
        for product in statement["products"].as_array().expect("products") {
            let id = product["@id"].as_str().expect("an id");
            assert!(all.insert(id, status).is_none(), "{id} has two statuses");
        }
    }
    all
}

fn of<'d>(document: &'d Value, status: &str) -> Vec<&'d Value> {
    let all = document["statements"].as_array().expect("statements");
    all.iter().filter(|one| one["status"] == status).collect()
}

#[test]
fn every_version_that_is_known_has_the_status_that_the_advisory_gives_it() {
    let read = read(PROJECT, FULL);
    let expected = [
        (
            "pkg:cargo/torsh?vers=vers%3Acargo%2F%3E%3D1.0.0%7C%3C1.4.1",
            "affected",
        ),
        ("pkg:cargo/torsh@0.9.0", "not_affected"),
        ("pkg:cargo/torsh@1.0.0", "affected"),
        ("pkg:cargo/torsh@1.4.0", "affected"),
        ("pkg:cargo/torsh@1.4.1", "fixed"),
        ("pkg:cargo/torsh@1.5.0", "not_affected"),
        ("pkg:cargo/torsh@1.6.0", "fixed"),
        (
            "pkg:generic/Julia/HTTP?vers=vers%3Ageneric%2F%3C%3D1.2.3",
            "affected",
        ),
        ("pkg:generic/Julia/HTTP@1.2.3", "affected"),
        ("pkg:npm/%40x/torshling", "not_affected"),
    ];
    assert_eq!(told(&read), BTreeMap::from(expected));
}

#[test]
fn whatever_is_not_affected_is_named_by_version_or_is_all_of_a_package() {
    let text = FULL.replace("[\"python\"]", "[]");
    let silent = PROJECT.replace("releases", "# releases");
    let read = read(&silent, &text);
    let mut clear = told(&read);
    clear.retain(|_, status| *status != "affected");
    let clear: Vec<&str> = clear.into_keys().collect();
    assert_eq!(
        clear,
        [
            "pkg:cargo/torsh@1.4.1",
            "pkg:cargo/torsh@1.5.0",
            "pkg:npm/%40x/torshling"
        ]
    );
}

#[test]
fn a_statement_says_what_to_do_or_why_nothing_has_to_be_done() {
    let read = read(PROJECT, FULL);
    let affected = of(&read, "affected");
    let todo = |at: usize| {
        affected[at]["action_statement"]
            .as_str()
            .expect("an action")
    };
    assert!(todo(0).contains("1.4.1") && todo(0).ends_with("\n\nLoad none."));
    assert_eq!(todo(1), "It is no longer maintained.\n\nLoad none.");
    let notes = affected[0]["status_notes"].as_str().expect("notes");
    assert!(notes.contains("feature python") && notes.contains("You load files of others."));
    let clear = of(&read, "not_affected");
    assert_eq!(clear[0]["impact_statement"], "The flaw came with 1.0.0.");
    assert!(clear[0].get("justification").is_none(), "nobody wrote one");
    assert_eq!(
        clear[1]["justification"],
        "inline_mitigations_already_exist"
    );
    assert_eq!(clear[2]["impact_statement"], "It loads nothing.");
}

#[test]
fn a_document_says_who_speaks_and_when_and_counts_what_changes_it() {
    let document = read(PROJECT, FULL);
    assert_eq!(
        document["@id"],
        "https://test.example.org/vex/x_TEST-2026-0001.openvex.json"
    );
    assert_eq!(
        (&document["author"], &document["role"]),
        (&"Test Team".into(), &"Coordinator".into())
    );
    assert_eq!(document["timestamp"], "2026-11-19T00:00:00Z");
    assert_eq!(document["last_updated"], "2026-11-19T12:00:00Z");
    let flaw = &document["statements"][0]["vulnerability"];
    assert_eq!(flaw["name"], "CVE-2026-12345");
    assert_eq!(flaw["aliases"][0], "x_TEST-2026-0001");
    assert!(!document.to_string().contains("Hidden"));
    let more = PROJECT.replace("\"1.6.0\"]", "\"1.6.0\", \"1.7.0\"]");
    let later = read(&more, FULL);
    assert_eq!(told(&later)["pkg:cargo/torsh@1.7.0"], "fixed");
    let number = |of: &Value| of["version"].as_u64().expect("a number");
    assert_eq!(number(&later), number(&document) + 1);
}

#[test]
fn what_was_no_flaw_acquits_by_every_name_and_what_may_be_one_only_by_its_own() {
    let none = read(PROJECT, &format!("{FULL}{WITHDRAWN}"));
    assert!(told(&none).values().all(|status| *status == "not_affected"));
    let flaw = &none["statements"][0]["vulnerability"];
    assert_eq!(flaw["name"], "CVE-2026-12345");
    for reason in ["not-reproducible", "issued-in-error"] {
        let other = WITHDRAWN.replace("not-a-vulnerability", reason);
        let read = read(PROJECT, &format!("{FULL}{other}"));
        let flaw = &read["statements"][0]["vulnerability"];
        assert_eq!(flaw["name"], "x_TEST-2026-0001");
        assert!(flaw.get("aliases").is_none(), "{reason}");
    }
}

#[test]
fn a_version_that_one_release_of_a_distribution_has_with_the_flaw_is_acquitted_in_none() {
    let rows = r#"[[affected]]
ecosystem = "Debian:12"
name = "libtorsh"
versions = ["< 5.0-1"]
[[affected]]
ecosystem = "Debian:13"
name = "libtorsh"
versions = [">= 4.0-1, < 6.0-1"]
[[affected]]
package = "http""#;
    let read = read(
        PROJECT,
        &FULL.replacen("[[affected]]\npackage = \"http\"", rows, 1),
    );
    let told = told(&read);
    assert_eq!(told["pkg:deb/debian/libtorsh@4.0-1"], "affected");
    assert_eq!(told["pkg:deb/debian/libtorsh@6.0-1"], "fixed");
    assert!(!told.contains_key("pkg:deb/debian/libtorsh@5.0-1"));
}

#[test]
fn two_releases_of_a_distribution_that_say_the_same_are_one_statement() {
    let row = |release: u8| {
        format!(
            "[[affected]]\necosystem = \"Debian:{release}\"\nname = \"libtorsh\"\nversions = [\"< 5.0-1\"]\n"
        )
    };
    let rows = row(12) + &row(13) + "[[affected]]\npackage = \"http\"";
    let read = read(
        PROJECT,
        &FULL.replacen("[[affected]]\npackage = \"http\"", &rows, 1),
    );
    let statements = read["statements"].as_array().expect("a list");
    for (at, one) in statements.iter().enumerate() {
        assert!(!statements[..at].contains(one), "{one:#}");
    }
}

#[test]
fn nobody_is_sent_to_a_version_that_was_never_released() {
    let never = "[[affected.fix]]\nversion = \"1.4.1\"\nupgrade-to = \"1.4.2\"\n[[affected]]\npackage = \"http\"";
    let text = FULL.replacen("[[affected]]\npackage = \"http\"", never, 1);
    let project = PROJECT.replace("\"1.4.1\", ", "\"1.4.2\", ");
    let read = read(&project, &text);
    let told = told(&read);
    assert_eq!(told["pkg:cargo/torsh@1.4.2"], "fixed");
    assert!(!told.contains_key("pkg:cargo/torsh@1.4.1"));
}
