//! Owns the proof of what a provider says of signatures: nothing without a key, and of every document with one.
//! Must never look at a signature: whoever has the key makes them.

use serde_json::Value;

use super::{FULL, PROJECT, files, files_of};
use crate::{last_change, signature_path};

const KEY: &str = "9698421FE1B4994B98CFCC776D676F69EF54C06A";

fn told(signer: Option<&str>, wanted: &str) -> Value {
    let files = files_of(PROJECT, &[FULL], signer);
    let (_, text) = files.iter().find(|(path, _)| path == wanted).expect(wanted);
    serde_json::from_str(text).expect("JSON")
}

fn links(feed: &Value) -> Vec<String> {
    let entries = feed["feed"]["entry"].as_array().expect("an array").iter();
    let links = entries.flat_map(|entry| entry["link"].as_array().expect("an array"));
    let signatures = links.filter(|link| link["rel"] == "signature");
    let hrefs = signatures.filter_map(|link| link["href"].as_str());
    hrefs.map(str::to_owned).collect()
}

#[test]
fn without_a_key_a_provider_is_not_trusted_and_names_no_signature() {
    let metadata = told(None, "csaf/provider-metadata.json");
    assert_eq!(metadata["role"], "csaf_provider");
    assert!(metadata.get("public_openpgp_keys").is_none());
    let feed = told(None, "csaf/white/csaf-feed-tlp-white.json");
    assert!(links(&feed).is_empty());
}

#[test]
fn with_a_key_a_provider_is_trusted_and_every_document_has_a_signature() {
    let metadata = told(Some(KEY), ".well-known/csaf/provider-metadata.json");
    assert_eq!(metadata["role"], "csaf_trusted_provider");
    let key = &metadata["public_openpgp_keys"][0];
    assert_eq!(key["fingerprint"], KEY);
    assert_eq!(key["url"], "https://test.example.org/keys/openpgp.asc");
    let links = links(&told(Some(KEY), "csaf/white/csaf-feed-tlp-white.json"));
    assert!(links[0].starts_with("https://test.example.org/csaf/white/2026/"));
    let files = files_of(PROJECT, &[FULL], Some(KEY));
    let signed = files.iter().filter_map(|(path, _)| signature_path(path));
    let signed = signed.map(|path| format!("https://test.example.org/{path}"));
    let mut links = links.clone();
    links.sort();
    assert_eq!(links, signed.collect::<Vec<_>>());
}

#[test]
fn a_document_is_dated_by_its_last_change_and_does_not_know_who_signs_it() {
    let unsigned = files(PROJECT, &[FULL]);
    let documents = || {
        unsigned
            .iter()
            .filter(|(path, _)| signature_path(path).is_some())
    };
    assert_eq!(documents().count(), 4);
    for (path, text) in documents() {
        let at = last_change(path, text.as_bytes()).map(|at| at.to_string());
        assert_eq!(at.as_deref(), Some("2026-11-19T12:00:00Z"), "{path}");
    }
    let signed = files_of(PROJECT, &[FULL], Some(KEY));
    assert!(documents().all(|document| signed.contains(document)));
}
