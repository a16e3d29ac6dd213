//! Owns the proof that changes of the keyring keep its comments and its order.
//! Must never judge what a keyring says.

use caveat_advisory::{KeyRole, Timestamp};

use crate::{add_key, end_key, remove_key, replace_key, revoke_key};

const TEXT: &str = "# ours
[role.root]
keys = [
  \"ana\",   # Lisbon
  \"ben\",   # Oslo
]
threshold = 1   # soon 2

[role.publish] # CI
keys = [\"p1\"]

[role.freshness]
keys = [\"p1\"]

# where
[state]
branch = \"s\"
";

fn at() -> Timestamp {
    "2026-11-22T00:00:00Z".parse().expect("a time")
}

fn comments(text: &str) -> Vec<&str> {
    crate::text::comments(text)
}

#[test]
fn a_key_joins_its_role_and_every_comment_stays() {
    let text = add_key(TEXT, KeyRole::Root, "cleo").expect("added");
    assert!(
        text.contains("  \"ben\",   # Oslo\n  \"cleo\",\n]\nthreshold"),
        "{text}"
    );
    let text = add_key(&text, KeyRole::Publish, "p2").expect("added");
    assert!(text.contains("keys = [\"p1\", \"p2\"]"), "{text}");
    let text = add_key(&text, KeyRole::SshCa, "ca").expect("added");
    let (roles, state) = text.split_once("# where").expect("there");
    assert!(
        roles.contains("[role.ssh-ca]\nkeys = [\"ca\"]") && state.starts_with("\n[state]"),
        "{text}"
    );
    assert_eq!(comments(&text), comments(TEXT));
}

#[test]
fn a_keyring_begins_with_its_first_key() {
    let text = add_key("", KeyRole::Publish, "p1").expect("begun");
    assert!(
        text.starts_with("# Who") && text.ends_with("\n[role.publish]\nkeys = [\"p1\"]\n"),
        "{text}"
    );
}

#[test]
fn a_key_is_replaced_in_every_role_and_removed_from_every_role() {
    let text = replace_key(TEXT, "p1", "p2").expect("replaced");
    assert_eq!(text, TEXT.replace("p1", "p2"));
    for name in ["ana", "ben"] {
        let text = remove_key(TEXT, name).expect("removed");
        assert!(
            !text.contains(name) && comments(&text) == comments(TEXT),
            "{text}"
        );
    }
}

#[test]
fn an_end_and_a_revocation_get_tables_of_their_own() {
    let text = end_key(TEXT, "p1", at()).expect("ended");
    let text = end_key(&text, "p1", at()).expect("again");
    let text = revoke_key(&text, "p1", at(), "stolen").expect("revoked");
    let tail = text
        .split_once("keys = [\"p1\"]\n\n[role.freshness]\n")
        .expect("kept")
        .1;
    assert_eq!(
        tail,
        "keys = [\"p1\"]\n\n[key.p1]\nuntil = 2026-11-22T00:00:00Z\n\n[revoked.p1]\nat = 2026-11-22T00:00:00Z\nreason = \"stolen\"\n\n# where\n[state]\nbranch = \"s\"\n"
    );
}
