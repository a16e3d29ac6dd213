//! Owns what a hostile host, mirror or thief of a key can serve, and the reason each is refused for.

use super::pointers::point_at;
use super::*;

/// When the second edition is out.
pub(super) const LATER: &str = "11-22T12:00:00Z";
pub(super) const TIMESTAMP: &str = "timestamp.json";

/// A feed with two editions, and what a client remembers of the second.
pub(super) fn two_editions() -> (Feed, Tree, Memory) {
    let mut feed = Feed::new();
    let first = feed.tree.clone();
    feed.publish(LATER, &[("all.zip", "two"), ("index.json", "[1,2]")]);
    let memory = feed.seen(LATER);
    (feed, first, memory)
}

#[test]
fn a_good_tree_is_fresh_and_names_its_files() {
    let feed = Feed::new();
    let outcome = feed.check(None, START);
    let until = time("11-28T12:00:00Z");
    assert_eq!(outcome.verdict, Verdict::Fresh { until });
    let targets = outcome.targets.expect("vouched for");
    assert_eq!(targets.verify("all.zip", b"one"), Ok(()));
    assert_eq!(
        targets
            .files()
            .keys()
            .map(String::as_str)
            .collect::<Vec<_>>(),
        ["all.zip", "index.json"]
    );
}

#[test]
fn files_of_another_edition_are_named() {
    let (feed, _, _) = two_editions();
    let targets = feed.check(None, START).targets.expect("vouched for");
    // 2: the same length, other bytes. 19: from the edition before. 3: something appended.
    assert_eq!(
        targets.verify("all.zip", b"one"),
        Err(TargetFlaw::Hash("all.zip".to_owned()))
    );
    let length = |listed, found| TargetFlaw::Length {
        name: "index.json".to_owned(),
        listed,
        found,
    };
    assert_eq!(targets.verify("index.json", b"[1]"), Err(length(5, 3)));
    assert_eq!(targets.verify("index.json", b"[1,2]\n"), Err(length(5, 6)));
    let unlisted = TargetFlaw::Unlisted("other.json".to_owned());
    assert_eq!(targets.verify("other.json", b""), Err(unlisted));
}

#[test]
fn metadata_that_is_cut_or_longer_is_refused() {
    let feed = Feed::new();
    for (name, flaw) in [
        ("timestamp.json", JsonFlaw::End),
        ("1.root.json", JsonFlaw::End),
    ] {
        let mut cut = Feed::new();
        let bytes = cut.tree.get_mut(name).expect("there");
        bytes.truncate(bytes.len() - 9);
        let pinned = if name == TIMESTAMP {
            feed.pinned()
        } else {
            &cut.tree[name]
        };
        let reason = reason(check(&cut.tree, pinned, None, When::Now(time(START))));
        assert!(
            matches!(reason, Reason::Flaw(_, Flaw::Json(found)) if found == flaw),
            "{name}"
        );
    }
    let mut cut = Feed::new();
    cut.tree
        .get_mut("1.targets.json")
        .expect("there")
        .truncate(100);
    assert!(
        matches!(cut.reason(), Reason::Length { file, found: 100, .. } if file == "1.targets.json")
    );
    let mut more = Feed::new();
    more.tree
        .get_mut(TIMESTAMP)
        .expect("there")
        .extend_from_slice(b"{}");
    assert!(matches!(
        more.reason(),
        Reason::Flaw(_, Flaw::Json(JsonFlaw::Trailing(_)))
    ));
    more.tree.insert(TIMESTAMP.to_owned(), vec![b' '; 20_000]);
    assert_eq!(more.reason(), Reason::Long(TIMESTAMP.to_owned(), 16_384));
}

#[test]
fn an_older_timestamp_is_behind_and_not_forged() {
    let (feed, first, memory) = two_editions();
    let outcome = check(&first, feed.pinned(), Some(&memory), When::Now(time(LATER)));
    let behind = Behind {
        role: Role::Timestamp,
        seen: 2,
        offered: Some(1),
    };
    assert_eq!(outcome.verdict, Verdict::Behind(behind));
    assert_eq!(
        (outcome.targets, outcome.memory.as_ref()),
        (None, Some(&memory)),
        "it forgets nothing"
    );
    // The mirror has caught up.
    let again = feed.check(outcome.memory.as_ref(), LATER);
    assert!(matches!(again.verdict, Verdict::Fresh { .. }));
}

#[test]
fn one_version_with_two_contents_is_named() {
    let (mut feed, _, memory) = two_editions();
    let other = forged(&feed.tree[TIMESTAMP], &[FRESHNESS], |signed| {
        signed.insert("expires".to_owned(), Value::text("2026-12-30T00:00:00Z"));
    });
    feed.tree.insert(TIMESTAMP.to_owned(), other);
    let two = reason(feed.check(Some(&memory), LATER));
    assert_eq!(two, Reason::TwoContents(Role::Timestamp, 2));
}

#[test]
fn a_snapshot_with_another_content_under_its_version_is_named() {
    let (mut feed, _, memory) = two_editions();
    let snapshot = forged(&feed.tree["2.snapshot.json"], &[PUBLISH], |signed| {
        signed.insert("expires".to_owned(), Value::text("2026-12-30T00:00:00Z"));
    });
    let pointer = Fingerprint::of(&snapshot);
    feed.tree.insert("2.snapshot.json".to_owned(), snapshot);
    point_at(&mut feed, 3, 2, pointer);
    let two = reason(feed.check(Some(&memory), LATER));
    assert_eq!(two, Reason::TwoContents(Role::Snapshot, 2));
}

#[test]
fn a_missing_file_is_named_and_nothing_unsigned_is_taken_instead() {
    for name in ["timestamp.json", "1.snapshot.json", "1.targets.json"] {
        let mut feed = Feed::new();
        feed.tree.remove(name);
        assert_eq!(feed.reason(), Reason::Missing(name.to_owned()));
    }
    let mut feed = Feed::new();
    feed.tree.clear();
    assert_eq!(feed.reason(), Reason::Missing(TIMESTAMP.to_owned()));
}

#[test]
fn a_tree_without_the_trusted_root_is_older_than_it() {
    let mut feed = Feed::new();
    feed.tree.remove("1.root.json");
    let behind = Behind {
        role: Role::Root,
        seen: 1,
        offered: None,
    };
    assert_eq!(feed.check(None, START).verdict, Verdict::Behind(behind));
}

#[test]
fn another_feed_is_not_this_one() {
    let feed = Feed::new();
    let mut draft =
        Draft::first(keyring(&ROOTS, PUBLISH, FRESHNESS), time("12-30T00:00:00Z")).expect("good");
    sign(&mut draft, &[1, 2]);
    // The same people and keys: a staging feed.
    let other = draft.finish().expect("whole");
    let outcome = check(&feed.tree, &other, None, When::Now(time(START)));
    assert_eq!(reason(outcome), Reason::OtherRoot(1));
}

#[test]
fn a_pointer_to_more_than_clients_read_is_refused_before_anything_is_fetched() {
    let mut feed = Feed::new();
    let file = Fingerprint {
        length: 2_000_001,
        sha256: [0; 32],
    };
    point_at(&mut feed, 2, 2, file);
    assert_eq!(
        feed.reason(),
        Reason::Long("2.snapshot.json".to_owned(), 2_000_000)
    );
}

#[test]
fn a_network_that_fails_is_no_verdict() {
    let feed = Feed::new();
    let check = Check {
        root: feed.pinned(),
        memory: None,
        when: When::Now(time(START)),
        max_stale: SignedDuration::ZERO,
    };
    assert_eq!(
        check
            .run(|_, _| Err::<Option<Vec<u8>>, _>("cut off"))
            .expect_err("no verdict"),
        "cut off"
    );
}

#[test]
fn the_line_of_roots_vouches_for_what_it_let_sign_and_for_nothing_else() {
    let mut feed = Feed::new();
    feed.publish("11-21T13:00:00Z", &[("all.zip", "two")]);
    feed.rotate(keyring(&ROOTS, 11, 21), &[1, 2]);
    feed.keys = vec![11, 21];
    feed.publish("11-21T14:00:00Z", &[("all.zip", "three")]);
    for (name, bytes) in &feed.tree {
        let vouched = feed.chain.vouches(name, bytes).expect("good");
        assert_eq!(vouched.is_some(), name.contains("targets"), "{name}");
    }
    let stranger = |name: &str| Err(Reason::Stranger(name.to_owned()));
    let bytes = &feed.tree["1.targets.json"];
    for name in [
        "t/x",
        "01.targets.json",
        "0.targets.json",
        "1.bins.json",
        "9.root.json",
    ] {
        assert_eq!(feed.chain.vouches(name, bytes), stranger(name));
    }
    assert!(matches!(
        feed.chain.vouches("2.targets.json", bytes),
        Err(Reason::Version {
            expected: 2,
            found: 1,
            ..
        })
    ));
    assert_eq!(
        feed.chain.vouches("2.root.json", bytes),
        Err(Reason::OtherRoot(2))
    );
    let forged = forged(bytes, &[30], |_| {});
    assert!(matches!(
        feed.chain.vouches("1.targets.json", &forged),
        Err(Reason::Signature(_, SignatureFlaw::Stranger(..)))
    ));
}
