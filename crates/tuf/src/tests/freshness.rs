//! Owns time: what has ended, clocks that are wrong, and copies that are kept away from the network.

use super::*;

fn ended(outcome: &Outcome) -> Vec<Role> {
    match &outcome.verdict {
        Verdict::Stale { expired } => expired.iter().map(|end| end.role).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_expired_timestamp_is_stale_and_still_authentic() {
    let feed = Feed::new();
    let outcome = feed.check(None, "11-28T12:00:00Z");
    let expired = vec![Expired {
        role: Role::Timestamp,
        at: time("11-28T12:00:00Z"),
    }];
    assert_eq!(outcome.verdict, Verdict::Stale { expired });
    assert!(outcome.targets.is_some());
    assert!(matches!(
        feed.check(None, "11-28T11:59:59Z").verdict,
        Verdict::Fresh { .. }
    ));
}

#[test]
fn a_stale_tree_that_was_changed_is_invalid() {
    let mut feed = Feed::new();
    feed.tree.get_mut("1.targets.json").expect("there")[300] ^= 1;
    let outcome = feed.check(None, "12-20T00:00:00Z");
    assert_eq!(reason(outcome), Reason::Hash("1.targets.json".to_owned()));
}

#[test]
fn a_heartbeat_makes_a_stale_tree_fresh() {
    let mut feed = Feed::new();
    feed.heartbeat("11-28T12:00:00Z");
    let until = time("12-05T12:00:00Z");
    assert_eq!(
        feed.check(None, "11-28T12:00:00Z").verdict,
        Verdict::Fresh { until }
    );
    assert!(
        !feed.tree.contains_key("2.snapshot.json"),
        "nothing else was signed"
    );
}

#[test]
fn what_is_allowed_to_be_stale_is_fresh_for_that_long() {
    let feed = Feed::new();
    let check = |days: i64, now| {
        let check = Check {
            root: feed.pinned(),
            memory: None,
            when: When::Now(time(now)),
            max_stale: SignedDuration::from_hours(24 * days),
        };
        let Ok(outcome) =
            check.run(|name, _| Ok::<_, std::convert::Infallible>(feed.tree.get(name).cloned()));
        outcome
    };
    assert!(matches!(
        check(3, "11-30T12:00:00Z").verdict,
        Verdict::Fresh { .. }
    ));
    assert_eq!(ended(&check(1, "11-30T12:00:00Z")), [Role::Timestamp]);
}

#[test]
fn a_wrong_clock_leaves_no_mark_where_things_may_be_stale() {
    let feed = Feed::new();
    let check = |memory: Option<&Memory>, now| {
        let check = Check {
            root: feed.pinned(),
            memory,
            when: When::Now(now),
            max_stale: SignedDuration::from_hours(24 * 3650),
        };
        let fetch = |name: &str, _| Ok::<_, std::convert::Infallible>(feed.tree.get(name).cloned());
        let Ok(outcome) = check.run(fetch);
        assert!(
            matches!(outcome.verdict, Verdict::Fresh { .. }),
            "{:?}",
            outcome.verdict
        );
        outcome.memory
    };
    let ahead = check(None, "2027-11-21T12:00:00Z".parse().expect("a time"));
    check(ahead.as_ref(), time(START));
}

#[test]
fn a_copy_away_from_the_network_is_judged_by_a_day_that_somebody_names() {
    let feed = Feed::new();
    let memory = feed.seen("11-22T00:00:00Z");
    let at = |day| {
        check(
            &feed.tree,
            feed.pinned(),
            Some(&memory),
            When::OfflineAt(time(day)),
        )
    };
    let outcome = at("11-21T13:00:00Z");
    assert!(
        matches!(outcome.verdict, Verdict::Fresh { .. }),
        "earlier than the last check, and no clock"
    );
    assert_eq!(
        outcome.memory.as_ref(),
        Some(&memory),
        "nothing is learnt about the clock"
    );
    assert_eq!(ended(&at("12-01T00:00:00Z")), [Role::Timestamp]);
}

#[test]
fn a_clock_that_went_back_is_named_where_anything_is_remembered() {
    let feed = Feed::new();
    let now: Time = "2025-11-21T12:00:00Z".parse().expect("a time");
    let blind = check(&feed.tree, feed.pinned(), None, When::Now(now));
    assert!(
        matches!(blind.verdict, Verdict::Fresh { .. }),
        "nobody can know"
    );
    let memory = feed.seen(START);
    let outcome = check(&feed.tree, feed.pinned(), Some(&memory), When::Now(now));
    assert_eq!(
        reason(outcome),
        Reason::Clock {
            now,
            seen: time(START)
        }
    );
    let little = feed.check(Some(&memory), "11-21T11:30:00Z");
    assert!(
        matches!(little.verdict, Verdict::Fresh { .. }),
        "clocks are set by minutes"
    );
}

#[test]
fn a_clock_a_year_ahead_makes_things_stale_and_leaves_no_mark() {
    let feed = Feed::new();
    let memory = feed.seen(START);
    let ahead: Time = "2027-11-21T12:00:00Z".parse().expect("a time");
    let outcome = check(&feed.tree, feed.pinned(), Some(&memory), When::Now(ahead));
    let roles = [Role::Root, Role::Timestamp, Role::Snapshot, Role::Targets];
    assert_eq!(ended(&outcome), roles);
    let after = feed.check(outcome.memory.as_ref(), "11-21T13:00:00Z");
    assert!(
        matches!(after.verdict, Verdict::Fresh { .. }),
        "the clock was mended"
    );
}

#[test]
fn an_expired_root_is_stale_even_where_a_timestamp_is_not() {
    let mut feed = Feed::new();
    feed.publish("12-30T00:00:00Z", &[("all.zip", "one")]);
    assert_eq!(ended(&feed.check(None, "12-31T00:00:00Z")), [Role::Root]);
    let refused = feed
        .press("12-31T00:00:00Z")
        .heartbeat(&mut Hand(vec![FRESHNESS]));
    let ended = time("12-31T00:00:00Z");
    assert!(matches!(refused, Err(EditionError::Expired(Role::Root, at)) if at == ended));
}

#[test]
fn verdicts_are_sentences() {
    let feed = Feed::new();
    let said = |outcome: Outcome| outcome.verdict.to_string();
    assert_eq!(
        said(feed.check(None, START)),
        "fresh until 2026-11-28T12:00:00Z"
    );
    let late = said(feed.check(None, "12-31T00:00:00Z"));
    assert_eq!(
        late,
        "authentic, but stale: root ended at 2026-12-31T00:00:00Z, timestamp ended at 2026-11-28T12:00:00Z"
    );
    let behind = |role, offered| {
        Verdict::Behind(Behind {
            role,
            seen: 5,
            offered,
        })
        .to_string()
    };
    assert_eq!(
        behind(Role::Timestamp, Some(4)),
        "behind: timestamp is version 4, after 5 was seen"
    );
    assert_eq!(
        behind(Role::Root, None),
        "behind: there is no version 5 of root, which is trusted"
    );
    let missing = Reason::Missing("timestamp.json".to_owned());
    let invalid = Verdict::Invalid(missing).to_string();
    assert_eq!(
        invalid,
        "invalid: timestamp.json is missing: a tree without it proves nothing"
    );
}

#[test]
fn memory_is_written_and_read_back() {
    let feed = Feed::new();
    let memory = feed.seen(START);
    let bytes = memory.to_bytes();
    assert_eq!(Memory::read(&bytes), Ok(memory));
    let text = String::from_utf8(bytes).expect("text");
    let other = text.replace("tuf-memory-1", "publish-state-1");
    assert_eq!(
        Memory::read(other.as_bytes()),
        Err(Flaw::Shape("_type".to_owned(), "tuf-memory-1"))
    );
    let more = text.replace("\"root\"", "\"other\":1,\"root\"");
    assert_eq!(
        Memory::read(more.as_bytes()),
        Err(Flaw::Unexpected("other".to_owned()))
    );
}
