//! Owns the proof that a keyring's word is kept: by the key that it names, while that key may sign, or not at all.
//! Must never make a seal in another way than whoever publishes does.

use caveat_advisory::Draft;
use caveat_diag::Report;
use caveat_keyring::Keyring;

use super::*;
use crate::{RoleError, role};

const KEYRING: &str = r#"[role.publish]
keys = ["publish-2026"]
[role.openpgp]
keys = ["openpgp-2026"]
[key.openpgp-2026]
from = 2026-11-22T00:00:00Z
"#;

fn keyring(text: &str) -> Keyring {
    let file = |path: &str, text: String| Draft {
        path: path.to_owned(),
        bytes: text.into_bytes(),
    };
    let key = |name: &str, seed| {
        let line = Number::new(seed).1.to_openssh(name);
        file(&format!("keys/{name}.pub"), line + "\n")
    };
    let files = [
        file("keys/keyring.toml", text.to_owned()),
        key("publish-2026", 1),
        key("openpgp-2026", 2),
    ];
    let mut report = Report::default();
    let read = Keyring::read(&files, &mut report);
    read.unwrap_or_else(|| panic!("{}", caveat_diag::emit::short(&report)))
}

fn sealed(text: &str, hands: &[Number], now: &str) -> Result<Option<Seal>, RoleError> {
    let hands = hands
        .iter()
        .map(|hand| Arc::new(hand.clone()) as Arc<dyn Hand>);
    role::seal(&keyring(text), hands, "Test Feed", at(now))
}

fn refused(text: &str, hands: &[Number], now: &str) -> String {
    let seal = sealed(text, hands, now);
    seal.map(|_| ()).expect_err("refused").to_string()
}

#[test]
fn the_key_of_the_role_signs_and_no_other() {
    let hands = [Number::new(1), Number::new(2)];
    let seal = sealed(KEYRING, &hands, "2027-01-01T00:00:00Z");
    let seal = seal.expect("good").expect("a seal");
    let owner = seal.certificate().owner();
    assert_eq!(owner.public(), hands[1].public());
    assert_eq!(owner.user(), "Test Feed");
    assert_eq!(owner.until(), at("2029-11-21T00:00:00Z"));
    let sooner = KEYRING.replace("[key", "days = 400\n[key");
    let seal = sealed(&sooner, &hands, "2027-01-01T00:00:00Z");
    let seal = seal.expect("good").expect("a seal");
    assert_eq!(
        seal.certificate().owner().until(),
        at("2027-12-27T00:00:00Z")
    );
}

#[test]
fn without_the_role_nothing_is_signed() {
    let text = "[role.publish]\nkeys = [\"publish-2026\"]\n";
    let hands = [Number::new(2)];
    let seal = sealed(text, &hands, "2027-01-01T00:00:00Z");
    assert!(seal.expect("good").is_none());
}

#[test]
fn a_promise_that_nobody_can_keep_is_refused() {
    let here = [Number::new(1)];
    let said = refused(KEYRING, &here, "2027-01-01T00:00:00Z");
    assert!(
        said.contains("says that `openpgp-2026` signs CSAF documents"),
        "{said}"
    );
    let here = [Number::new(2)];
    for (text, now, reason) in [
        (
            KEYRING.to_owned(),
            "2026-11-21T00:00:00Z",
            "may not sign before 2026-11-22T00:00:00Z",
        ),
        (
            KEYRING.to_owned(),
            "2029-12-01T00:00:00Z",
            "the key expired at 2029-11-21T00:00:00Z",
        ),
        (
            KEYRING.replace("from = 2026-11-22T00:00:00Z", ""),
            "2027-01-01T00:00:00Z",
            "needs `from`",
        ),
        (
            format!("{KEYRING}until = 2028-01-01T00:00:00Z\n"),
            "2028-01-01T00:00:00Z",
            "may not sign since",
        ),
        (
            format!("{KEYRING}until = 2028-01-01T00:00:00Z\n"),
            "2027-12-25T00:00:00Z",
            "ends in 7 days",
        ),
    ] {
        let said = refused(&text, &here, now);
        assert!(said.contains(reason), "{said}");
    }
}
