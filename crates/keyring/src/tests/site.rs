//! Owns the proof of what readers get of a keyring: every key, in every form, and whom to trust no more.
//! Must never hold a real private key.

use super::*;

#[test]
fn readers_get_every_key_in_every_form() {
    let json = keyring_json(&good(), "example.org");
    let value: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    let key = &value["keys"]["publish-2026"];
    assert_eq!(key["roles"], serde_json::json!(["publish"]));
    assert_eq!(key["until"], "2027-11-22T00:00:00Z");
    assert_eq!(
        key["openssh"],
        public("publish-2026").to_openssh("publish-2026")
    );
    assert_eq!(value["keys"]["publish-2025"]["revoked"]["reason"], "stolen");
    assert_eq!(value["roles"]["root"]["threshold"], 2);
}

#[test]
fn a_site_names_whom_to_trust_and_whom_no_more() {
    let (keyring, _) = read(&files(GOOD));
    let keyring = keyring.expect("good");
    let site = |signer: &str| site_files(&keyring, &public(signer), "example.org");
    let text = |files: &[(String, Vec<u8>)], name: &str| {
        let found = files.iter().find(|(path, _)| path == name);
        String::from_utf8(found.expect("there").1.clone()).expect("text")
    };
    let signed = site("publish-2026");
    let signers = text(&signed, "keys/allowed_signers");
    let lines: Vec<&str> = signers.lines().collect();
    assert_eq!(lines.len(), 2);
    // A day on each side: somewhere it is earlier, and somewhere later.
    let begin = "example.org namespaces=\"example.org\",valid-after=\"20261121\",valid-before=\"20271124\" ssh-ed25519 ";
    assert!(lines[0].starts_with(begin), "{signers}");
    let begin = "example.org cert-authority,namespaces=\"example.org\" ssh-ed25519 ";
    assert!(lines[1].starts_with(begin), "{signers}");
    let revoked = text(&signed, "keys/revoked");
    assert!(revoked.ends_with(&(public("publish-2025").to_openssh("publish-2025") + "\n")));
    // A key of nobody signs for nobody.
    let local = text(&site("old"), "keys/allowed_signers");
    assert_eq!(
        local,
        public("old").to_allowed_signer("example.org", "example.org") + "\n"
    );
}
