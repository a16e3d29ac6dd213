//! Owns changes of keys: rotations, a compromise, a loss, and what clients of every age make of them.

use super::*;

fn fresh(outcome: &Outcome) -> &Memory {
    assert!(
        matches!(outcome.verdict, Verdict::Fresh { .. }),
        "{:?}",
        outcome.verdict
    );
    outcome.memory.as_ref().expect("remembered")
}

#[test]
fn clients_of_every_age_follow_three_rotations_and_a_compromise() {
    let mut feed = Feed::new();
    let mut old = vec![feed.seen(START)];
    let rotations: [(&[u8], u8, u8, &[u8]); 4] = [
        // New publishing key; one person leaves; new freshness key; all keys of machines at once, after a theft.
        (&ROOTS, 11, FRESHNESS, &[1, 2]),
        (&[1, 2, 4], 11, FRESHNESS, &[1, 2]),
        (&[1, 2, 4], 11, 21, &[2, 4]),
        (&[1, 4, 5], 12, 22, &[1, 4]),
    ];
    for (at, (root, publish, freshness, signers)) in rotations.into_iter().enumerate() {
        let now = format!("11-2{}T12:00:00Z", at + 2);
        feed.rotate(keyring(root, publish, freshness), signers);
        feed.keys = vec![publish, freshness];
        feed.publish(&now, &[("all.zip", &now)]);
        for memory in &old {
            fresh(&feed.check(Some(memory), &now));
        }
        old.push(fresh(&feed.check(None, &now)).clone());
    }
    assert_eq!(feed.chain.newest().version(), 5);
    // Each root may be trusted from the start: by people who come later.
    for version in 1..=5 {
        let (_, root) = feed.chain.get(version).expect("there");
        fresh(&check(
            &feed.tree,
            root,
            None,
            When::Now(time("11-26T00:00:00Z")),
        ));
    }
}

#[test]
fn a_tree_from_before_a_rotation_is_behind_for_those_who_saw_it() {
    let mut feed = Feed::new();
    let before = feed.tree.clone();
    feed.rotate(keyring(&ROOTS, 11, 21), &[1, 2]);
    feed.keys = vec![11, 21];
    feed.publish("11-22T12:00:00Z", &[("all.zip", "two")]);
    let memory = feed.seen("11-22T12:00:00Z");
    let outcome = check(
        &before,
        feed.pinned(),
        Some(&memory),
        When::Now(time("11-22T13:00:00Z")),
    );
    let behind = Behind {
        role: Role::Root,
        seen: 2,
        offered: Some(1),
    };
    assert_eq!(outcome.verdict, Verdict::Behind(behind));
    assert_eq!(outcome.memory, Some(memory));
}

#[test]
fn another_root_under_a_version_that_was_seen_is_refused() {
    let mut feed = Feed::new();
    let mut forged = Feed::new();
    feed.rotate(keyring(&[1, 2, 4], 11, 21), &[1, 2]);
    feed.keys = vec![11, 21];
    feed.publish("11-22T12:00:00Z", &[("all.zip", "two")]);
    // Years later, thieves have two of the first keys, and clients that still start from the first root.
    forged.rotate(keyring(&[7, 8, 9], 17, 27), &[1, 3, 7, 8]);
    forged.keys = vec![17, 27];
    forged.publish("11-23T12:00:00Z", &[("all.zip", "evil")]);
    let memory = feed.seen("11-22T12:00:00Z");
    assert_eq!(
        reason(forged.check(Some(&memory), "11-23T12:00:00Z")),
        Reason::OtherRoot(2)
    );
}

/// Whoever stole both keys of machines pushes versions up as far as they go.
fn fast_forwarded(feed: &Feed, version: u64) -> Tree {
    let mut tree = feed.tree.clone();
    let set = |signed: &mut BTreeMap<String, Value>| {
        signed.insert("version".to_owned(), Value::Number(version));
    };
    let targets = forged(&tree["1.targets.json"], &[PUBLISH], set);
    let point = |signed: &mut BTreeMap<String, Value>, name: &str, file: &[u8]| {
        set(signed);
        let meta = inner(signed, &["meta", name]);
        meta.insert("version".to_owned(), Value::Number(version));
        meta.extend(Fingerprint::of(file).fields());
    };
    let snapshot = forged(&tree["1.snapshot.json"], &[PUBLISH], |signed| {
        point(signed, "targets.json", &targets);
    });
    let timestamp = forged(&tree["timestamp.json"], &[FRESHNESS], |signed| {
        point(signed, "snapshot.json", &snapshot);
    });
    tree.insert(format!("{version}.targets.json"), targets);
    tree.insert(format!("{version}.snapshot.json"), snapshot);
    tree.insert("timestamp.json".to_owned(), timestamp);
    tree
}

#[test]
fn a_feed_recovers_from_versions_that_a_thief_pushed_up() {
    for version in [1 << 31, LARGEST] {
        let mut feed = Feed::new();
        let pushed = fast_forwarded(&feed, version);
        let outcome = check(&pushed, feed.pinned(), None, When::Now(time(START)));
        let memory = fresh(&outcome).clone();
        feed.publish("11-22T12:00:00Z", &[("all.zip", "two")]);
        let stuck = Behind {
            role: Role::Timestamp,
            seen: version,
            offered: Some(2),
        };
        let outcome = feed.check(Some(&memory), "11-22T12:00:00Z");
        assert_eq!(
            outcome.verdict,
            Verdict::Behind(stuck),
            "before the recovery"
        );
        feed.rotate(keyring(&ROOTS, 11, 21), &[1, 2]);
        feed.keys = vec![11, 21];
        feed.publish("11-23T12:00:00Z", &[("all.zip", "two")]);
        let outcome = feed.check(Some(&memory), "11-23T12:00:00Z");
        fresh(&outcome);
        assert_eq!(
            outcome.targets.expect("vouched for").version(),
            3,
            "versions go on as they were"
        );
    }
}

#[test]
fn a_new_key_for_the_timestamp_alone_makes_our_client_forget() {
    let mut feed = Feed::new();
    let pushed = fast_forwarded(&feed, LARGEST);
    let outcome = check(&pushed, feed.pinned(), None, When::Now(time(START)));
    let memory = fresh(&outcome).clone();
    feed.rotate(keyring(&ROOTS, PUBLISH, 21), &[1, 2]);
    feed.keys = vec![PUBLISH, 21];
    feed.publish("11-22T12:00:00Z", &[("all.zip", "two")]);
    fresh(&feed.check(Some(&memory), "11-22T12:00:00Z"));
}

#[test]
fn a_second_key_beside_the_first_makes_nobody_forget() {
    let mut feed = Feed::new();
    let mut both = keyring(&ROOTS, PUBLISH, FRESHNESS);
    both.timestamp = holders(Role::Timestamp, &[FRESHNESS, 21], 1);
    feed.publish("11-22T12:00:00Z", &[("all.zip", "two")]);
    let memory = feed.seen("11-22T12:00:00Z");
    let first = Feed::new();
    feed.rotate(both, &[1, 2]);
    let mut tree = first.tree;
    tree.insert(
        "2.root.json".to_owned(),
        feed.chain.get(2).expect("there").1.to_vec(),
    );
    let outcome = check(
        &tree,
        feed.pinned(),
        Some(&memory),
        When::Now(time("11-22T13:00:00Z")),
    );
    let behind = Behind {
        role: Role::Timestamp,
        seen: 2,
        offered: Some(1),
    };
    assert_eq!(outcome.verdict, Verdict::Behind(behind));
}

#[test]
fn a_loss_below_the_threshold_is_mended_by_the_rest() {
    let mut feed = Feed::new();
    // The third person lost their key.
    feed.rotate(keyring(&[1, 2, 4], PUBLISH, FRESHNESS), &[1, 2]);
    feed.publish("11-22T12:00:00Z", &[("all.zip", "two")]);
    fresh(&feed.check(None, "11-22T12:00:00Z"));
}
