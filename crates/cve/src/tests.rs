//! Owns the proof that a record says what the advisory says: one whole record, and what must not be in any.
//! Must never compare a record with what wrote it.

mod facts;
mod sample;

use caveat_advisory::{Draft, Input};
use caveat_artifact::Memory;
use caveat_check::{Book, check};
use caveat_diag::Report;
use caveat_diag::emit::short;
use serde_json::Value;
use snapbox::{assert_data_eq, file};

use crate::{container, render};
use sample::{FULL, PROJECT, WITHDRAWN};

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

fn files(project: &str, advisories: &[&str]) -> Vec<(String, Value)> {
    let sink = Memory::default();
    render(&book(project, advisories), &sink).expect("files");
    let files = sink.into_files().into_iter();
    files
        .map(|(path, bytes)| {
            let read = serde_json::from_slice(&bytes).expect("JSON");
            (path.to_string(), read)
        })
        .collect()
}

/// The second of two advisories, of another flaw, with other names.
fn another(aliases: &str) -> String {
    FULL.replace("2026-0001", "2026-0002")
        .replace("\"CVE-2026-12345\", \"GHSA-2345-6789-cfgh\"", aliases)
        .replace("load` runs", "save` runs")
        .replace(
            "package = \"torsh\"\n",
            "ecosystem = \"npm\"\nname = \"torsh\"\n",
        )
        .replace(
            "introduced-by = [\"1111111111111111111111111111111111111111\"]\n",
            "",
        )
        .replace(
            "fixed-by = [\"2222222222222222222222222222222222222222\"]\n",
            "",
        )
        .replace(
            "package = \"torsh-py\"\n",
            "ecosystem = \"PyPI\"\nname = \"save\"\n",
        )
        .replace(
            "package = \"http\"\n",
            "ecosystem = \"npm\"\nname = \"http\"\n",
        )
}

#[test]
fn a_record_holds_all_that_is_written_of_it() {
    let files = files(PROJECT, &[FULL]);
    let (path, record) = &files[0];
    assert_eq!(path, "cve/CVE-2026-12345.json");
    let text = serde_json::to_string_pretty(record).expect("JSON") + "\n";
    assert_data_eq!(text, file!["tests/record.json"].raw());
}

#[test]
fn a_container_is_canonical_and_holds_no_null_and_nothing_empty() {
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
    let withdrawn = format!("{FULL}{WITHDRAWN}");
    let silent = PROJECT.replace("[cve]\nassigner-org-id = \"c0ffee00-1234-4abc-8def-0123456789ab\"\nassigner-short-name = \"test\"\n", "");
    for (project, text) in [(PROJECT, FULL), (PROJECT, &withdrawn), (&silent, FULL)] {
        let book = book(project, &[text]);
        let bytes = container(&book, &book.entries()[0]);
        let read: Value = serde_json::from_slice(&bytes).expect("JSON");
        look(&read, "");
        // Its maps are sorted.
        let mut again = serde_json::to_vec_pretty(&read).expect("JSON");
        again.push(b'\n');
        assert_eq!(bytes, again);
        let told = read.get("providerMetadata").is_some();
        assert_eq!(told, project == PROJECT, "nobody invents who assigned it");
    }
}

#[test]
fn nobody_is_named_who_did_not_agree_and_no_text_thanks_anybody() {
    let files = files(PROJECT, &[FULL]);
    let cna = &files[0].1["containers"]["cna"];
    let whole = cna.to_string();
    assert!(!whole.contains("Hidden Person") && whole.matches("Ä. Finder").count() == 1);
    assert_eq!(cna["credits"][0]["type"], "remediation developer");
}

#[test]
fn there_are_no_files_unless_somebody_assigns_and_only_of_ids_that_are_ours() {
    let silent = PROJECT.replace("[cve]\nassigner-org-id = \"c0ffee00-1234-4abc-8def-0123456789ab\"\nassigner-short-name = \"test\"\n", "");
    assert!(files(&silent, &[FULL]).is_empty());
    let not_ours = PROJECT.replace("\"test\"\n", "\"test\"\nnot-ours = [\"CVE-2026-12345\"]\n");
    let found = files(&not_ours, &[FULL]);
    assert_eq!(found.len(), 1, "the list alone");
    assert_eq!(found[0].1, Value::Array(Vec::new()));
}

#[test]
fn what_was_withdrawn_is_rejected_with_its_reason_and_what_replaces_it() {
    let replaced = WITHDRAWN.replace(
        "\"not-a-vulnerability\"",
        "\"duplicate\"\nreplaced-by = [\"x_TEST-2026-0002\"]",
    );
    let first = format!("{FULL}{replaced}");
    let files = files(PROJECT, &[&first, &another("\"CVE-2026-12346\"")]);
    let (path, record) = &files[0];
    assert_eq!(path, "cve/CVE-2026-12345.json");
    assert_eq!(record["cveMetadata"]["state"], "REJECTED");
    assert_eq!(
        record["cveMetadata"]["dateRejected"],
        "2026-11-19T13:00:00Z"
    );
    let cna = &record["containers"]["cna"];
    assert_eq!(
        cna["rejectedReasons"][0]["value"],
        "Withdrawn: Duplicate of another advisory. Read x_TEST-2026-0002 instead. The file is trusted. See https://test.example.org/advisories/x_TEST-2026-0001/."
    );
    assert_eq!(cna["replacedBy"], serde_json::json!(["CVE-2026-12346"]));
    assert!(cna.get("affected").is_none() && cna.get("references").is_none());
    let list = &files[2].1;
    let states: Vec<&str> = list
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|row| row["state"].as_str())
        .collect();
    assert_eq!(states, ["REJECTED", "PUBLISHED"]);
}

#[test]
fn an_id_that_another_advisory_took_over_is_not_rejected() {
    let replaced = WITHDRAWN.replace(
        "\"not-a-vulnerability\"",
        "\"duplicate\"\nreplaced-by = [\"x_TEST-2026-0002\"]",
    );
    let first = format!("{FULL}{replaced}");
    let files = files(PROJECT, &[&first, &another("\"CVE-2026-12345\"")]);
    let record = &files[0].1;
    assert_eq!(record["cveMetadata"]["state"], "PUBLISHED");
    assert_eq!(
        record["containers"]["cna"]["source"]["advisory"],
        "x_TEST-2026-0002"
    );
    assert_eq!(
        files[1].1[0]["advisories"],
        serde_json::json!(["x_TEST-2026-0002"])
    );
}

#[test]
fn two_advisories_of_one_id_speak_with_one_voice() {
    let files = files(PROJECT, &[FULL, &another("\"CVE-2026-12345\"")]);
    let cna = &files[0].1["containers"]["cna"];
    let urls: Vec<&str> = cna["references"]
        .as_array()
        .expect("links")
        .iter()
        .filter_map(|one| one["url"].as_str())
        .collect();
    assert_eq!(
        urls[..2],
        [
            "https://test.example.org/advisories/x_TEST-2026-0001/",
            "https://test.example.org/advisories/x_TEST-2026-0002/"
        ]
    );
    let purls: Vec<&str> = cna["affected"]
        .as_array()
        .expect("products")
        .iter()
        .filter_map(|one| one["packageURL"].as_str())
        .collect();
    assert!(
        purls.contains(&"pkg:cargo/torsh") && purls.contains(&"pkg:npm/torsh"),
        "{purls:?}"
    );
    assert_eq!(files.len(), 2, "one record, and the list");
}

#[test]
fn an_event_that_the_policy_keeps_private_is_not_told() {
    let private =
        PROJECT.to_owned() + "[policy.clock]\nacknowledge = \"5 d\"\npublic = [\"fixed\"]\n";
    let text = files(&private, &[FULL])[0].1.to_string();
    for told in ["2026-11-01", "2026-11-02", "2026-11-18", "exploits"] {
        assert!(!text.contains(told), "{told}");
    }
    assert!(text.contains("\"datePublic\":\"2026-11-19T00:00:00Z\""));
}

#[test]
fn a_package_of_an_ecosystem_without_a_registry_keeps_its_name_and_release() {
    let named = "ecosystem = \"Rocky Linux:9\"\nname = \"http\"";
    let text = FULL.replace("package = \"http\"", named);
    let product = &files(PROJECT, &[&text])[0].1["containers"]["cna"]["affected"][2];
    assert_eq!(product["packageName"], "http");
    assert_eq!(product["platforms"], serde_json::json!(["Rocky Linux:9"]));
    assert!(product.get("collectionURL").is_none());
}

#[test]
fn two_packages_of_one_title_are_told_apart_in_what_to_do() {
    let project = PROJECT.replace("ToRSh for Python", "ToRSh");
    let told = &files(&project, &[FULL])[0].1["containers"]["cna"]["solutions"];
    let text = |at: usize| told[at]["value"].as_str().expect("a text").to_owned();
    assert!(text(0).starts_with("crates.io torsh: Upgrade ToRSh to 1.4.1"));
    assert_eq!(text(1), "PyPI torsh: No fixed version of ToRSh is known.");
    assert_eq!(text(3), "PyPI torsh: It is no longer maintained.");
}
