//! Owns the stories of the heartbeat: what is renewed, what is due, and when it keeps still.
//! Must never publish anything by it.

use std::fs;

use caveat_tuf::{Holders, Key, Role, Verdict};
use caveat_verify::PublicKey;

use crate::repository::{NOW, advisory, place};
use crate::trusted::{
    HEARTBEAT, PUBLISH, client, days, fresh, git, keyring, now, out, pinned, root, root_of, seq,
    signed_at, state, trusted,
};

#[test]
fn a_heartbeat_renews_the_timestamp_and_nothing_that_was_published() {
    let repository = out();
    let (tree, pinned) = (repository.path("public"), pinned(&repository));
    let seen = fresh(&tree, &pinned, None);
    let before = repository.tree("public");
    let outcome = repository
        .caveat(&format!("{HEARTBEAT} --format json"))
        .exits(0);
    let said: serde_json::Value = serde_json::from_str(&outcome.out).unwrap();
    assert_eq!((&said["seq"], &said["due"]), (&2.into(), &false.into()));
    let renewed = ["SHA256SUMS.minisig", "tuf/timestamp.json"];
    assert_eq!(said["renewed"], serde_json::json!(renewed));
    let after = repository.tree("public");
    let changed = before.iter().zip(&after).filter(|(old, new)| old != new);
    let changed: Vec<_> = changed.map(|(old, _)| old.0.as_str()).collect();
    assert_eq!(changed, renewed);
    fresh(&tree, &pinned, Some(&seen));
    let mini = fs::read_to_string(tree.join("SHA256SUMS.minisig")).unwrap();
    assert!(
        mini.contains(" seq=2 issued=2026-11-20T00:00:01Z expires="),
        "{mini}"
    );
    assert_eq!(seq(&repository), 2);
    // The tree is as old as it was: what was committed before the heartbeat may follow.
    let repository = repository.file(&place(2), &advisory(2)).commit(NOW + 60);
    repository.caveat(PUBLISH).exits(0).says("number 3");
    fresh(&tree, &pinned, Some(&seen));
}

/// Case 14 and 15, with what the program signed.
#[test]
fn a_mirror_that_goes_back_and_one_number_with_two_contents_are_named() {
    let repository = out();
    let (tree, pinned) = (repository.path("public"), pinned(&repository));
    let old = fs::read(tree.join("tuf/timestamp.json")).unwrap();
    repository.caveat(HEARTBEAT).exits(0);
    let seen = fresh(&tree, &pinned, None);
    fs::write(tree.join("tuf/timestamp.json"), &old).unwrap();
    let verdict = client(&tree, &pinned, Some(&seen)).verdict;
    assert!(matches!(verdict, Verdict::Behind(_)), "{verdict}");
    // A second content under number 2, by the same key.
    let kept = git(
        &repository.path("../shared.git"),
        &["show", "publish-state~1:state.json"],
    );
    let first = caveat_tuf::State::read(kept.trim_end().as_bytes()).unwrap();
    let twice = signed_at(&repository, Some(&first), now() + days(1));
    twice.show(&tree);
    let said = client(&tree, &pinned, Some(&seen)).verdict.to_string();
    assert!(
        said.contains("version 2 of timestamp was seen before with another content"),
        "{said}"
    );
    for command in [HEARTBEAT, PUBLISH] {
        repository
            .caveat(command)
            .exits(2)
            .says("number 2 was signed twice");
    }
}

#[test]
fn a_list_that_ends_soon_is_signed_again_where_the_key_may() {
    let repository = out();
    let (tree, pinned) = (repository.path("public"), pinned(&repository));
    let old = signed_at(&repository, None, now() - days(130));
    old.show(&tree);
    old.remember(&repository);
    let verdict = client(&tree, &pinned, None).verdict;
    assert!(matches!(verdict, Verdict::Stale { .. }), "{verdict}");
    let outcome = repository
        .caveat(&format!("{HEARTBEAT} --format json"))
        .exits(0);
    let said: serde_json::Value = serde_json::from_str(&outcome.out).unwrap();
    assert!(
        said["renewed"].to_string().contains("tuf/2.targets.json"),
        "{said}"
    );
    fresh(&tree, &pinned, None);
    assert!(state(&repository).ends()[0] > now() + days(179));
}

#[test]
fn a_list_that_ends_soon_is_due_where_no_key_here_may_sign_it() {
    let repository = trusted();
    repository
        .caveat("keys generate daily --role freshness --out ../daily")
        .exits(0);
    let line = fs::read_to_string(repository.path("keys/daily.pub")).unwrap();
    let daily = PublicKey::from_openssh(&line).unwrap();
    let daily = Key::from_bytes(daily.as_bytes()).unwrap();
    let mut ring = keyring();
    let keys: Vec<_> = ring.timestamp.keys().chain([&daily]).copied().collect();
    ring.timestamp = Holders::new(Role::Timestamp, &keys, 1).unwrap();
    let (tree, pinned) = (repository.path("public"), pinned(&repository));
    let next = root_of(ring, Some(&pinned), 300);
    let repository = repository
        .bytes("keys/root/2.root.json", &next)
        .commit(NOW + 60);
    repository.caveat(PUBLISH).exits(0);
    let old = signed_at(&repository, None, now() - days(130));
    old.show(&tree);
    old.remember(&repository);
    let beat = "heartbeat --to public --key ../daily";
    repository
        .caveat(beat)
        .exits(1)
        .says("no key here may sign it: a publication is due");
    // What may be said is said all the same: nobody is left with a stale feed.
    fresh(&tree, &pinned, None);
    let outcome = repository.caveat(&format!("{beat} --format json")).exits(1);
    let said: serde_json::Value = serde_json::from_str(&outcome.out).unwrap();
    assert_eq!(said["due"], true);
    repository.caveat(HEARTBEAT).exits(0);
    assert!(state(&repository).ends()[0] > now() + days(179));
}

#[test]
fn a_tree_that_is_not_what_was_signed_last_gets_no_heartbeat() {
    let repository = out();
    // As after a publisher was killed between its push and the exchange.
    let unseen = signed_at(&repository, Some(&state(&repository)), now());
    let shared = repository.path("../shared.git");
    let branch = caveat_state::Branch::open(&shared, "publish-state", None).unwrap();
    branch
        .advance(&branch.latest().unwrap(), &unseen.state, "a test")
        .unwrap();
    let before = repository.tree("public");
    repository
        .caveat(HEARTBEAT)
        .exits(2)
        .says("number 2 was signed last")
        .says("2.targets.json")
        .says("publish");
    assert_eq!(repository.tree("public"), before);
    repository.caveat(PUBLISH).exits(0).says("number 3");
    repository.caveat(HEARTBEAT).exits(0).says("number 4");
}

#[test]
fn a_new_root_with_the_same_keys_goes_out_with_a_heartbeat() {
    let repository = out();
    let (tree, pinned) = (repository.path("public"), pinned(&repository));
    let seen = fresh(&tree, &pinned, None);
    let next = root(Some(&pinned), 330);
    let repository = repository
        .bytes("keys/root/2.root.json", &next)
        .commit(NOW + 60);
    repository.caveat(HEARTBEAT).exits(0);
    assert_eq!(fs::read(tree.join("tuf/2.root.json")).unwrap(), next);
    fresh(&tree, &pinned, Some(&seen));
}

#[test]
fn beside_a_copy_of_what_is_out_only_what_is_new_is_written() {
    let repository = out();
    fs::rename(repository.path("public"), repository.path("out")).unwrap();
    repository
        .caveat(&format!("{HEARTBEAT} --against out"))
        .exits(0);
    let files = repository.tree("public").into_iter();
    let names: Vec<_> = files.map(|(name, _)| name).collect();
    assert_eq!(
        names,
        [
            "SHA256SUMS.minisig",
            "tuf/1.root.json",
            "tuf/timestamp.json"
        ]
    );
}

#[test]
fn without_a_line_of_roots_there_is_nothing_to_keep_fresh() {
    let repository = crate::publish::published();
    repository
        .caveat(HEARTBEAT)
        .exits(2)
        .says("nothing is counted");
}
