//! Owns the proof that a line of roots is one, and that a draft is what it says.
//! Must never take a root that its people did not sign.

use caveat_advisory::Draft;
use ed25519_dalek::Signer as _;

use super::{GOOD, at, files, good, public, read, secret};

/// Root 1, signed by these.
pub(super) fn root(signers: &[&str]) -> Vec<u8> {
    let keyring = good().to_tuf().expect("all roles");
    let mut draft = caveat_tuf::Draft::first(keyring, at("2027-11-22T00:00:00Z")).expect("good");
    for name in signers {
        let key = caveat_tuf::Key::from_bytes(public(name).as_bytes()).expect("strong");
        let signature = secret(name).sign(draft.message()).to_bytes();
        draft.sign(&key, signature).expect("fits");
    }
    draft.to_bytes()
}

pub(super) fn with(path: &str, bytes: &[u8]) -> Vec<Draft> {
    let mut files = files(GOOD);
    files.push(Draft {
        path: path.to_owned(),
        bytes: bytes.to_vec(),
    });
    files
}

#[test]
fn roots_are_a_line_that_nobody_edits() {
    let whole = root(&["root-ana", "root-ben"]);
    let (keyring, said) = read(&with("keys/root/1.root.json", &whole));
    assert_eq!(said, "");
    let keyring = keyring.expect("good");
    assert_eq!(
        keyring.chain().map(|chain| chain.newest().version()),
        Some(1)
    );
    for (path, bytes, word) in [
        ("keys/root/2.root.json", whole.clone(), "root 1 is missing"),
        ("keys/root/1.root.json", root(&["root-ana"]), "needs 2"),
        ("keys/root/one.root.json", whole, "nobody reads this file"),
    ] {
        let (keyring, said) = read(&with(path, &bytes));
        assert!(
            keyring.is_none() && said.contains("[keyring-roots]"),
            "{word}:\n{said}"
        );
    }
}

#[test]
fn a_draft_is_read_and_a_bad_one_is_a_warning() {
    let (keyring, said) = read(&with("keys/root/draft.json", &root(&["root-cleo"])));
    assert_eq!(said, "");
    let keyring = keyring.expect("good");
    assert_eq!(
        keyring.draft().map(|draft| draft.missing()[0].needed),
        Some(1)
    );
    let (keyring, said) = read(&with("keys/root/draft.json", b"{}"));
    assert!(keyring.is_some() && said.contains("warning"), "{said}");
}
