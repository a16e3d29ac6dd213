//! Owns the stories of publications with a keyring that sign nothing: the clock, the roots, the keys, the remote.
//! Must never leave a changed tree behind.

use std::fs;

use crate::publish_trust::more;
use crate::repository::NOW;
use crate::trusted::{
    HEARTBEAT, PUBLISH, days, now, out, root, signed_at, state, trusted, with_root,
};

#[test]
fn a_clock_before_the_last_signing_signs_nothing() {
    let repository = out();
    let later = signed_at(&repository, Some(&state(&repository)), now() + days(2));
    later.show(&repository.path("public"));
    later.remember(&repository);
    let repository = more(repository, 2);
    for command in [PUBLISH, HEARTBEAT] {
        repository
            .caveat(command)
            .exits(2)
            .says("the last signature was made at")
            .says("mend the clock");
    }
}

#[test]
fn a_root_that_ends_is_named_before_anything_is_signed() {
    let repository = with_root(&root(None, 20));
    repository
        .caveat(PUBLISH)
        .exits(0)
        .says("warning")
        .says("1.root.json ends on");
    let repository = with_root(&root(None, -1));
    let outcome = repository.caveat(PUBLISH).exits(2);
    outcome.says("1.root.json ended on").says("keys root draft");
    assert!(!repository.path("public").exists());
}

#[test]
fn keys_that_no_root_names_sign_nothing_for_machines() {
    let repository = trusted();
    let text = fs::read_to_string(repository.path("keys/keyring.toml")).unwrap();
    let text = text.replace(
        "[role.freshness]\nkeys = [\"publish-2026\"]",
        "[role.freshness]\nkeys = [\"root-cleo\"]",
    );
    let other =
        caveat_verify::PublicKey::from_bytes(crate::trusted::secret(3).verifying_key().as_bytes());
    let repository = repository
        .file(
            "keys/root-cleo.pub",
            &(other.unwrap().to_openssh("root-cleo") + "\n"),
        )
        .file("keys/keyring.toml", &text)
        .commit(NOW + 60);
    repository
        .caveat(PUBLISH)
        .exits(2)
        .says("names other keys than keys/root/1.root.json")
        .says("keys root draft");
}

#[test]
fn a_remote_that_cannot_be_asked_publishes_nothing() {
    let repository = out();
    let repository = more(repository, 2);
    let before = repository.tree("public");
    fs::rename(
        repository.path("../shared.git"),
        repository.path("../away.git"),
    )
    .unwrap();
    repository
        .caveat(PUBLISH)
        .exits(2)
        .says("git cannot ask the remote `origin`");
    assert_eq!(repository.tree("public"), before);
}
