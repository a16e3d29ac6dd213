//! Owns `keyring.json`: the keyring as readers get it, every key in every form.
//! Must never hold what the files in `keys/` do not say.

use caveat_verify::PublicKey;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::forms::{pem, tuf_id};
use crate::{Entry, Keyring, Role};

/// The keyring for readers: sorted keys, two spaces, one line feed at the end. `feed` is its name in signatures.
pub fn keyring_json(keyring: &Keyring, feed: &str) -> Vec<u8> {
    let mut keys = Map::new();
    for entry in keyring.all() {
        keys.insert(entry.name.clone(), key(keyring, entry, feed));
    }
    let mut roles = Map::new();
    for (role, entries) in &keyring.roles {
        roles.insert(role.as_str().to_owned(), held(keyring, *role, entries));
    }
    let document = json!({ "feed": feed, "format": 1, "keys": keys, "roles": roles });
    format!("{document:#}\n").into_bytes()
}

fn held(keyring: &Keyring, role: Role, entries: &[Entry]) -> Value {
    let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    json!({
        "days": keyring.lifetime(role).as_hours() / 24,
        "keys": names,
        "threshold": keyring.threshold(role),
    })
}

fn key(keyring: &Keyring, entry: &Entry, feed: &str) -> Value {
    let public = &entry.public;
    let roles = keyring.roles_of(public);
    let words: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
    let mut value = forms(public, &entry.name, feed);
    value.insert("roles".to_owned(), words.into());
    let mut add = |name: &str, at: Option<Timestamp>| {
        if let Some(at) = at {
            value.insert(name.to_owned(), at.to_string().into());
        }
    };
    add("from", entry.from);
    add("until", entry.until);
    if let Some(revoked) = &entry.revoked {
        let told = json!({ "at": revoked.at.to_string(), "reason": revoked.reason });
        value.insert("revoked".to_owned(), told);
    }
    Value::Object(value)
}

/// Every form of a key that other programs compare.
pub fn forms(key: &PublicKey, name: &str, feed: &str) -> Map<String, Value> {
    let rows = [
        ("fingerprint", Some(key.fingerprint())),
        ("minisign", Some(key.to_minisign())),
        ("openssh", Some(key.to_openssh(name))),
        ("pem", Some(pem(key))),
        ("tuf", tuf_id(key)),
        ("allowed-signer", Some(key.to_allowed_signer(feed, feed))),
    ];
    let rows = rows
        .into_iter()
        .filter_map(|(name, form)| Some((name.to_owned(), form?.into())));
    rows.collect()
}
