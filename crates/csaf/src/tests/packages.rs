//! Owns the proof of what the document of a package says: of every flaw, and of those that are none.
//! Must never use a function of the writer but the one that makes all files.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{FULL, PROJECT, WITHDRAWN, files};

const TOLD: &str = r#"[[status]]
package = "torsh"
versions = [">= 1.5.0, < 1.6.0"]
state = "not-affected"
justification = "inline_mitigations_already_exist"
reason = "It has a loader of its own."
[[status]]
package = "torsh"
versions = ["< 0.9.0"]
state = "not-analysed"
[[reference]]"#;

fn package(advisories: &[&str], key: &str) -> Value {
    let path = format!("csaf/white/2026/x_test-vex-{key}-2026.json");
    let all = files(PROJECT, advisories);
    let found = all.into_iter().find(|(name, _)| *name == path);
    serde_json::from_str(&found.expect("a document").1).expect("JSON")
}

fn texts(value: &Value) -> Vec<&str> {
    let all = value.as_array().into_iter().flatten();
    all.filter_map(Value::as_str).collect()
}

/// Another advisory of the same package, a day later.
fn second() -> String {
    let text = FULL
        .replace("2026-0001", "2026-0002")
        .replace("12345", "12346")
        .replace("2345-6789-cfgh", "2345-6789-cfgj")
        .replace("load` runs", "save` runs")
        .replace("< 1.4.1", "< 1.4.2");
    text.replace("2026-11-19T12", "2026-11-20T00")
        .replace("T12:00", "T00:00")
}

#[test]
fn a_package_has_all_its_flaws_and_none_of_another_package() {
    let read = package(&[FULL, &second()], "torsh");
    assert_eq!(read["document"]["category"], "csaf_vex");
    let flaws = read["vulnerabilities"].as_array().expect("flaws");
    let cves: Vec<&str> = flaws.iter().filter_map(|one| one["cve"].as_str()).collect();
    assert_eq!(cves, ["CVE-2026-12345", "CVE-2026-12346"]);
    let text = read.to_string();
    assert!(!text.contains("torsh-py:") && !text.contains("http:"));
    assert!(!text.contains("Finder"), "a name that nobody needs here");
    let tree = read["product_tree"].to_string();
    assert_eq!(
        tree.matches("\"torsh:<1.0.0\"").count(),
        1,
        "a product is defined once"
    );
}

#[test]
fn whatever_has_the_flaw_has_a_remedy_and_whatever_has_not_a_reason() {
    let read = package(&[&FULL.replacen("[[reference]]", TOLD, 1)], "torsh");
    let flaw = &read["vulnerabilities"][0];
    let under = |list: &str| -> BTreeSet<String> {
        let all = flaw[list].as_array().into_iter().flatten();
        let ids = all.flat_map(|one| texts(&one["product_ids"]));
        ids.map(str::to_owned).collect()
    };
    for id in texts(&flaw["product_status"]["known_affected"]) {
        assert!(under("remediations").contains(id), "{id}");
    }
    let clear = texts(&flaw["product_status"]["known_not_affected"]);
    assert_eq!(clear, ["torsh:>=0.9.0|<1.0.0", "torsh:>=1.5.0|<1.6.0"]);
    for id in clear {
        assert!(under("threats").contains(id), "{id}");
    }
    assert_eq!(flaw["threats"][0]["details"], "The flaw came with 1.0.0.");
    assert_eq!(flaw["threats"][1]["details"], "It has a loader of its own.");
    assert_eq!(
        flaw["flags"][0]["label"],
        "inline_mitigations_already_exist"
    );
    assert_eq!(
        texts(&flaw["flags"][0]["product_ids"]),
        ["torsh:>=1.5.0|<1.6.0"]
    );
    assert!(
        flaw["notes"]
            .to_string()
            .contains("all versions before 0.9.0")
    );
    assert!(flaw["product_status"].get("under_investigation").is_none());
}

#[test]
fn a_package_that_is_only_named_for_not_being_affected_has_a_document() {
    let told = "[[status]]\npackage = \"http\"\nstate = \"not-affected\"\nreason = \"It loads nothing.\"\n[[reference]]";
    let without = FULL.replace(
        "[[affected]]\npackage = \"http\"\nversions = [\"= 1.2.3\"]\n",
        "",
    );
    let read = package(&[&without.replacen("[[reference]]", told, 1)], "http");
    let flaw = &read["vulnerabilities"][0];
    assert_eq!(flaw["product_status"]["known_not_affected"][0], "http:*");
    for absent in ["scores", "remediations"] {
        assert!(flaw.get(absent).is_none(), "{absent}");
    }
}

#[test]
fn a_name_that_an_advisory_has_which_stands_acquits_nothing() {
    let other = FULL.replace("x_TEST-2026-0001", "x_TEST-2026-0002");
    assert_ne!(other, FULL);
    let read = package(&[FULL, &format!("{other}{WITHDRAWN}")], "torsh");
    let flaws = read["vulnerabilities"].as_array().expect("a list");
    let withdrawn = |flaw: &&serde_json::Value| flaw["ids"][0]["text"] == "x_TEST-2026-0002";
    let flaw = flaws.iter().find(withdrawn).expect("the withdrawn one");
    assert!(flaw.get("cve").is_none(), "{flaw:#}");
}

#[test]
fn what_was_no_flaw_acquits_by_every_name_and_what_was_another_only_by_its_own() {
    let read = package(&[&format!("{FULL}{WITHDRAWN}")], "torsh");
    let flaw = &read["vulnerabilities"][0];
    assert_eq!(flaw["cve"], "CVE-2026-12345");
    assert_eq!(flaw["product_status"]["known_not_affected"][0], "torsh:*");
    let reason = "Withdrawn: Not a vulnerability. The file is trusted.";
    assert_eq!(flaw["threats"][0]["details"], reason);

    for reason in ["not-reproducible", "issued-in-error"] {
        let other = WITHDRAWN.replace("not-a-vulnerability", reason);
        let read = package(&[&format!("{FULL}{other}")], "torsh");
        let flaw = &read["vulnerabilities"][0];
        assert_eq!(flaw["product_status"]["known_not_affected"][0], "torsh:*");
        assert!(
            !read.to_string().contains("CVE-"),
            "{reason}: it may be a flaw"
        );
        assert_eq!(flaw["ids"].as_array().map(Vec::len), Some(1));
    }
}

#[test]
fn nothing_said_of_one_release_of_a_distribution_acquits_another() {
    let debian = PROJECT.replace(
        "ecosystem = \"Julia\"\nname = \"HTTP\"",
        "ecosystem = \"Debian:12\"\nname = \"http\"",
    );
    let text = format!("{FULL}{WITHDRAWN}").replace("= 1.2.3", "< 1.2-3");
    let all = files(&debian, &[&text]);
    let found = all
        .iter()
        .find(|(path, _)| path.ends_with("x_test-vex-http-2026.json"));
    let found = &found.expect("a document").1;
    assert!(
        found.contains("vers:deb/*") && !found.contains("\"purl\""),
        "{found}"
    );
}

#[test]
fn the_revisions_of_a_package_are_those_of_its_advisories_and_one_moment_is_one() {
    let read = package(&[FULL, &second()], "torsh");
    let tracking = &read["document"]["tracking"];
    let history = tracking["revision_history"].as_array().expect("revisions");
    let dates: Vec<&str> = history
        .iter()
        .filter_map(|one| one["date"].as_str())
        .collect();
    assert_eq!(
        dates,
        [
            "2026-11-19T00:00:00Z",
            "2026-11-19T12:00:00Z",
            "2026-11-20T00:00:00Z"
        ]
    );
    assert_eq!(tracking["version"], "3");
    assert_eq!(tracking["initial_release_date"], dates[0]);
    assert_eq!(tracking["current_release_date"], dates[2]);
    let first = history[0]["summary"].as_str().expect("a summary");
    assert_eq!(
        first,
        "x_TEST-2026-0001: First published. x_TEST-2026-0002: First published."
    );
}
