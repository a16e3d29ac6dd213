//! Owns reading a document back: which versions have the flaw and which end it, as somebody reads it who has never seen the book.
//! Must never use a function of the writer.

use serde_json::Value;

use super::{FULL, PROJECT, book, json};

/// Product id, kind and name of the branch, package URL.
type Leaf = (String, String, String, Option<String>);

fn leaves(branches: &Value, all: &mut Vec<Leaf>) {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    for branch in branches.as_array().into_iter().flatten() {
        leaves(&branch["branches"], all);
        let product = &branch["product"];
        if let Some(id) = text(&product["product_id"]) {
            let purl = text(&product["product_identification_helper"]["purl"]);
            let kind = text(&branch["category"]).expect("a category");
            all.push((id, kind, text(&branch["name"]).expect("a name"), purl));
        }
    }
}

/// The names of the branches under one status.
fn under<'v>(read: &Value, leaves: &'v [Leaf], status: &str) -> Vec<&'v str> {
    let ids = read["vulnerabilities"][0]["product_status"][status].as_array();
    let ids = ids.into_iter().flatten().filter_map(Value::as_str);
    let name = |id: &str| {
        let leaf = leaves.iter().find(|leaf| leaf.0 == id).expect("a product");
        leaf.2.as_str()
    };
    ids.map(name).collect()
}

#[test]
fn every_stretch_of_versions_is_under_what_is_known_of_it() {
    let read = json(&book(PROJECT, &[FULL]));
    let mut all = Vec::new();
    leaves(&read["product_tree"]["branches"], &mut all);
    assert_eq!(
        under(&read, &all, "known_affected"),
        [
            "vers:cargo/>=1.0.0|<1.4.1",
            "vers:cargo/>=2.0.0-rc.1|<2.1.0",
            "vers:cargo/>=3.0.0",
            "vers:pypi/<=1%214.0%2Bl",
            "1.2.3",
        ]
    );
    assert_eq!(
        under(&read, &all, "fixed"),
        [
            "vers:cargo/>=1.4.1|<2.0.0-rc.1",
            "vers:cargo/>=2.1.0|<3.0.0"
        ]
    );
    assert_eq!(under(&read, &all, "first_fixed"), ["1.4.1", "2.1.0"]);
    assert_eq!(
        under(&read, &all, "recommended"),
        under(&read, &all, "first_fixed")
    );
    assert_eq!(
        under(&read, &all, "known_not_affected"),
        ["vers:cargo/<1.0.0", "vers:generic/<1.2.3"]
    );
}

const STATUSES: &str = r#"[[status]]
package = "torsh"
versions = ["< 0.9.0"]
state = "not-analysed"
reason = "Out of support."
[[status]]
package = "torsh"
versions = [">= 1.5.0, < 1.6.0"]
state = "not-affected"
reason = "It has a loader of its own."
[[status]]
ecosystem = "npm"
name = "torshling"
state = "not-affected"
reason = "It loads nothing."
[[reference]]"#;

#[test]
fn what_nobody_looked_at_is_under_no_status_and_what_is_not_affected_under_its_own() {
    let read = json(&book(
        PROJECT,
        &[&FULL.replacen("[[reference]]", STATUSES, 1)],
    ));
    let mut all = Vec::new();
    leaves(&read["product_tree"]["branches"], &mut all);
    assert_eq!(
        under(&read, &all, "known_not_affected"),
        [
            "vers:cargo/>=0.9.0|<1.0.0",
            "vers:cargo/>=1.5.0|<1.6.0",
            "vers:generic/<1.2.3",
            "vers:npm/*",
        ]
    );
    assert_eq!(
        under(&read, &all, "fixed"),
        [
            "vers:cargo/>=1.4.1|<1.5.0",
            "vers:cargo/>=1.6.0|<2.0.0-rc.1",
            "vers:cargo/>=2.1.0|<3.0.0"
        ]
    );
    let notes = read["vulnerabilities"][0]["notes"].to_string();
    assert!(notes.contains("ToRSh: all versions before 0.9.0. Out of support."));
    assert!(notes.contains("torshling: all versions. It loads nothing."));
}

#[test]
fn nobody_is_sent_to_a_version_that_was_never_released() {
    let never = "[[affected.fix]]\nversion = \"1.4.1\"\nupgrade-to = \"1.4.2\"\n[[affected]]\npackage = \"torsh-py\"";
    let text = FULL.replacen("[[affected]]\npackage = \"torsh-py\"", never, 1);
    let read = json(&book(PROJECT, &[&text]));
    let mut all = Vec::new();
    leaves(&read["product_tree"]["branches"], &mut all);
    assert_eq!(under(&read, &all, "first_fixed"), ["1.4.1", "2.1.0"]);
    assert_eq!(under(&read, &all, "recommended"), ["2.1.0", "1.4.2"]);
    assert!(under(&read, &all, "fixed").contains(&"1.4.2"));
}

#[test]
fn a_product_has_one_name_and_a_package_url_where_there_is_one() {
    let read = json(&book(PROJECT, &[FULL]));
    let mut all = Vec::new();
    leaves(&read["product_tree"]["branches"], &mut all);
    let mut ids: Vec<&str> = all.iter().map(|leaf| leaf.0.as_str()).collect();
    ids.sort_unstable();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count);
    let purl = |id: &str| {
        let leaf = all.iter().find(|leaf| leaf.0 == id).expect(id);
        leaf.3.as_deref()
    };
    assert_eq!(purl("torsh:1.4.1"), Some("pkg:cargo/torsh@1.4.1"));
    assert_eq!(
        purl("torsh:>=1.0.0|<1.4.1"),
        Some("pkg:cargo/torsh?vers=vers%3Acargo%2F%3E%3D1.0.0%7C%3C1.4.1"),
        "one without a version would be one of every version"
    );
    assert_eq!(purl("http:1.2.3"), None);
}

#[test]
fn every_affected_product_has_a_remedy_or_the_reason_why_there_is_none() {
    let read = json(&book(PROJECT, &[FULL]));
    let flaw = &read["vulnerabilities"][0];
    let remedies = flaw["remediations"].as_array().expect("remedies");
    let of = |id: &Value| {
        let all = remedies.iter().filter(|one| {
            let ids = one["product_ids"].as_array().expect("ids");
            ids.contains(id)
        });
        let kinds = all.filter_map(|one| one["category"].as_str());
        kinds.collect::<Vec<_>>()
    };
    let affected = flaw["product_status"]["known_affected"].as_array();
    let found: Vec<Vec<&str>> = affected.into_iter().flatten().map(of).collect();
    assert_eq!(
        found,
        [
            ["vendor_fix", "workaround"],
            ["vendor_fix", "workaround"],
            ["none_available", "workaround"],
            ["no_fix_planned", "workaround"],
            ["none_available", "workaround"],
        ]
    );
}

#[test]
fn every_score_is_the_one_of_its_vector_and_of_every_affected_product() {
    let read = json(&book(PROJECT, &[FULL]));
    let flaw = &read["vulnerabilities"][0];
    let scores = flaw["scores"].as_array().expect("scores");
    assert_eq!(scores.len(), 2, "CSAF 2.0 has no place for CVSS 4.0");
    assert_eq!(scores[0]["cvss_v3"]["baseScore"], 9.8);
    assert_eq!(scores[0]["cvss_v3"]["baseSeverity"], "CRITICAL");
    assert_eq!(scores[0]["cvss_v3"]["attackVector"], "NETWORK");
    assert_eq!(scores[1]["cvss_v2"]["baseScore"], 7.5);
    assert_eq!(scores[1]["cvss_v2"]["authentication"], "NONE");
    for score in scores {
        assert_eq!(score["products"], flaw["product_status"]["known_affected"]);
    }
    let notes = flaw["notes"].to_string();
    assert!(notes.contains("CVSS:4.0/AV:N/AC:L"), "{notes}");
}

#[test]
fn an_event_that_the_policy_keeps_private_is_not_told() {
    let private =
        PROJECT.to_owned() + "[policy.clock]\nacknowledge = \"5 d\"\npublic = [\"fixed\"]\n";
    let text = json(&book(&private, &[FULL])).to_string();
    for told in [
        "2026-11-01",
        "2026-11-02",
        "exploit_status",
        "\"release_date",
    ] {
        assert!(!text.contains(told), "{told}");
    }
}
