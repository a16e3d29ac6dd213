//! Owns what a reader notices who remembers: older trees, frozen trees, clocks that went back, keys that were taken out.
//! Must never let what was seen be forgotten by a check that failed.

use caveat_tuf::Draft;
use caveat_verify::Verdict;

use crate::feed::*;
use crate::reader::*;

#[test]
fn an_older_timestamp_is_behind_and_not_forged() {
    let mut feed = Feed::published();
    let old = feed.clone();
    feed.edition(later(2));
    let memory = seen(&feed, Trust::Root, later(3));
    let said = behind(&answer(
        &old,
        &anchors(&feed, Trust::Root),
        Some(&memory),
        later(3),
    ));
    assert_eq!(
        said,
        "SHA256SUMS.minisig is seq=2, after seq=3 was seen; \
         the timestamp below tuf/ is version 2, after version 3 was seen"
    );
}

#[test]
fn a_mirror_that_is_one_edition_behind_is_told_from_a_forger() {
    let mut feed = Feed::published();
    let mirror = feed.clone();
    feed.heartbeat(later(24));
    let memory = seen(&feed, Trust::Root, later(25));
    let slow = answer(
        &mirror,
        &anchors(&feed, Trust::Root),
        Some(&memory),
        later(25),
    );
    assert_eq!(
        (slow.verdict.exit_code(), slow.verdict.word()),
        (4, "behind")
    );
    assert!(slow.advice().expect("said").contains("ask another mirror"));
    // What was seen is still remembered, and the newest is still good.
    assert_eq!(slow.memory.as_ref(), Some(&memory));
    fresh(&answer(
        &feed,
        &anchors(&feed, Trust::Root),
        slow.memory.as_ref(),
        later(25),
    ));
}

#[test]
fn an_older_list_is_behind_for_whoever_trusts_a_key_alone() {
    let mut feed = Feed::published();
    feed.tree.retain(|path, _| !path.starts_with("tuf/"));
    let old = feed.clone();
    feed.seq += 1;
    feed.list(later(24));
    let memory = seen(&feed, Trust::Key, later(25));
    let key = anchors(&feed, Trust::Key);
    let said = behind(&answer(&old, &key, Some(&memory), later(25)));
    assert_eq!(said, "SHA256SUMS.minisig is seq=2, after seq=3 was seen");
    fresh(&answer(&feed, &key, Some(&memory), later(26)));
}

#[test]
fn one_number_with_two_contents_is_named_in_both_layers() {
    let feed = Feed::published();
    let memory = seen(&feed, Trust::Root, later(2));
    let mut other = Feed::new();
    other.records(&[("EX-1", "one")]);
    other.edition(later(0));
    other.records(&[("EX-1", "another one")]);
    other.edition(later(1));
    let other = answer(
        &other,
        &anchors(&feed, Trust::Root),
        Some(&memory),
        later(2),
    );
    refused_only(
        &other,
        &[
            "tuf/: version 2 of timestamp was seen before with another content",
            "seq=2 was seen before with another SHA256SUMS",
        ],
    );
    assert_eq!(other.memory, Some(memory));
}

#[test]
fn a_timestamp_that_points_back_is_a_rollback_by_whoever_signs() {
    let mut feed = Feed::published();
    let mut old = feed.clone();
    feed.edition(later(2));
    let memory = seen(&feed, Trust::Root, later(3));
    // A thief of the freshness key alone: two newer timestamps of an older snapshot.
    old.heartbeat(later(3));
    old.heartbeat(later(4));
    let back = answer(&old, &anchors(&feed, Trust::Root), Some(&memory), later(4));
    refused(
        &back,
        "the newest snapshot is version 2, but version 3 was seen before",
    );
}

#[test]
fn a_key_that_was_taken_out_signs_for_nobody() {
    let mut feed = Feed::published();
    let thief = feed.clone();
    feed.rotate(11, 21, &[1, 3]);
    feed.edition(later(2));
    let memory = seen(&feed, Trust::Root, later(3));
    let mut forged = feed.clone();
    (forged.publish, forged.seq) = (PUBLISH, 9);
    forged.list(later(3));
    let named = format!("made with another key, {}", public(PUBLISH).fingerprint());
    refused(&by_root(&forged), &named);
    // All of it as before the rotation: behind, by the root that was seen.
    let back = answer(
        &thief,
        &anchors(&feed, Trust::Root),
        Some(&memory),
        later(3),
    );
    assert!(behind(&back).contains("the root below tuf/ is version 1, after version 2"));
}

#[test]
fn readers_recover_from_numbers_that_a_thief_pushed_up() {
    let feed = Feed::published();
    let mut stolen = feed.clone();
    let mut state = stolen.state.clone().expect("published").to_bytes();
    let far = String::from_utf8(state)
        .expect("text")
        .replace("\"seq\":2", "\"seq\":2147483647");
    state = far.into_bytes();
    stolen.state = Some(caveat_tuf::State::read(&state).expect("a state"));
    stolen.seq = 1 << 53;
    stolen.edition(later(2));
    let memory = seen(&stolen, Trust::Root, later(3));
    let mut feed = feed;
    let root = anchors(&feed, Trust::Root);
    feed.edition(later(4));
    behind(&answer(&feed, &root, Some(&memory), later(4)));
    // New keys for all, and the old one named: both layers forget what it counted.
    feed.rotate(11, 21, &[1, 2]);
    feed.put("keys/revoked", public(PUBLISH).to_openssh("stolen") + "\n");
    feed.edition(later(5));
    fresh(&answer(&feed, &root, Some(&memory), later(5)));
}

#[test]
fn a_root_that_too_few_signed_is_refused_and_the_trusted_one_stays() {
    let feed = Feed::published();
    for (signers, reason) in [
        (
            &[1][..],
            "root 1 asks for 2 signatures of root, and 1 are there",
        ),
        (&[][..], "2.root.json: it has no signature"),
    ] {
        let ring = keyring(&ROOTS, STRANGER, STRANGER);
        let mut draft = Draft::next(feed.chain.newest(), ring, later(24 * 365)).expect("good");
        endorse(&mut draft, signers);
        let mut forged = feed.clone();
        forged.put("tuf/2.root.json", draft.to_bytes());
        refused(&by_root(&forged), reason);
    }
    let ring = keyring(&[60, 61, 62], STRANGER, STRANGER);
    let mut draft = Draft::next(feed.chain.newest(), ring, later(24 * 365)).expect("good");
    endorse(&mut draft, &[60, 61]);
    let mut forged = feed.clone();
    forged.put("tuf/2.root.json", draft.to_bytes());
    refused(
        &by_root(&forged),
        "root 1 asks for 2 signatures of root, and 0 are there",
    );
}

#[test]
fn a_tree_whose_roots_end_before_the_pinned_one_is_invalid_and_vouches_for_nobody() {
    let mut feed = Feed::published();
    let mut pinned = anchors(&feed, Trust::Root);
    let slow = feed.clone();
    feed.rotate(11, 21, &[1, 2]);
    feed.edition(later(2));
    pinned.root = Some(feed.chain.get(2).expect("there").1.to_vec());
    fresh(&answer(&feed, &pinned, None, later(3)));
    for tree in [Feed::forged(0), slow] {
        let said = answer(&tree, &pinned, None, later(3));
        refused(&said, "the roots end before version 2, which is trusted");
        refused(&said, "SHA256SUMS.sig: it was made with another key");
        assert_eq!((said.signer, said.said), (None, None));
    }
}

#[test]
fn who_trusts_a_key_alone_is_told_no_time_by_what_is_below_tuf() {
    let mut feed = Feed::published();
    let key = anchors(&feed, Trust::Key);
    // The signed list is good for a week more than what is below tuf/.
    feed.list(later(24 * 7));
    feed.metadata(later(2));
    let said = answer(&feed, &key, None, later(24 * 13));
    let until = Some(later(24 * 14));
    assert_eq!(said.verdict, Verdict::Fresh { until }, "{:?}", said.faults);
}

#[test]
fn a_root_that_names_a_revoked_key_for_any_role_is_refused() {
    let mut feed = Feed::published();
    let mut trusted = anchors(&feed, Trust::Root);
    for (number, role) in [(FRESHNESS, "timestamp"), (ROOTS[2], "root")] {
        trusted.revoked = vec![public(number)];
        let named = format!(
            "tuf/: the newest root lets a key that was revoked sign for {role}, {}",
            public(number).fingerprint()
        );
        refused_only(&answer(&feed, &trusted, None, later(2)), &[&named]);
    }
    // A root that replaces the key ends it.
    trusted.revoked = vec![public(FRESHNESS)];
    feed.rotate(PUBLISH, 21, &[1, 2]);
    feed.edition(later(2));
    fresh(&answer(&feed, &trusted, None, later(3)));
}
