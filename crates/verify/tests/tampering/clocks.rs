//! Owns what a reader notices of time: what has ended, what was not signed yet, clocks that are behind or ahead.
//! Must never look at the clock of the machine.

use caveat_tuf::{Lifetimes, Press};
use caveat_verify::{Check, Verdict, When};
use jiff::SignedDuration;

use crate::feed::*;
use crate::reader::*;

#[test]
fn a_clock_that_went_back_is_named_and_one_ahead_makes_things_stale() {
    let mut feed = Feed::published();
    for layer in ["tuf", "list"] {
        if layer == "list" {
            feed.tree.retain(|path, _| !path.starts_with("tuf/"));
        }
        let trust = if layer == "tuf" {
            Trust::Root
        } else {
            Trust::Key
        };
        let memory = seen(&feed, trust, later(2));
        let anchors = anchors(&feed, trust);
        let year = 24 * 365;
        let back = answer(&feed, &anchors, Some(&memory), later(2 - year));
        refused_only(
            &back,
            &["the clock says 2025-11-22T14:00:00Z, but the last check was at"],
        );
        let ahead = answer(&feed, &anchors, Some(&memory), later(year));
        assert!(
            matches!(ahead.verdict, Verdict::Stale(_)),
            "{:?}",
            ahead.verdict
        );
        assert_eq!(
            ahead.memory,
            Some(memory),
            "nothing is learnt from such a clock"
        );
    }
}

#[test]
fn a_clock_before_the_signature_is_named_and_no_mirror_is_blamed() {
    let mut feed = Feed::published();
    feed.tree.retain(|path, _| !path.starts_with("tuf/"));
    let year = 24 * 365;
    for trust in [Trust::Key, Trust::Nothing] {
        let anchors = anchors(&feed, trust);
        let back = answer(&feed, &anchors, None, later(2 - year));
        refused_only(
            &back,
            &["the clock says 2025-11-22T14:00:00Z, but this was issued at"],
        );
        assert!(back.advice().expect("said").contains("correct it"));
    }
    // What nobody signed says no time.
    feed.put("SHA256SUMS.minisig", "nothing");
    let torn = answer(&feed, &anchors(&feed, Trust::Key), None, later(2 - year));
    refused_only(&torn, &["SHA256SUMS.minisig: "]);
}

#[test]
fn what_was_signed_after_the_time_to_judge_by_is_not_judged() {
    let feed = Feed::published();
    let directory = tempfile::tempdir().expect("a directory");
    feed.write(directory.path());
    let root = anchors(&feed, Trust::Root);
    let at = |hours| asked(directory.path(), &root, None, When::OfflineAt(later(hours)));
    fresh(&at(1));
    let early = at(-24);
    refused_only(
        &early,
        &["after 2026-11-21T12:00:00Z, the time to judge it by"],
    );
    assert!(early.advice().expect("said").contains("a later time"));
}

#[test]
fn what_has_ended_is_stale_and_never_invalid() {
    let feed = Feed::published();
    let week = answer(&feed, &anchors(&feed, Trust::Root), None, later(24 * 7 + 1));
    assert_eq!(
        stale(&week),
        "tuf/timestamp.json was good until 2026-11-29T13:00:00Z; \
         SHA256SUMS.minisig was good until 2026-11-29T13:00:00Z"
    );
    assert_eq!(week.verdict.exit_code(), 3);
    let advice = week.advice().expect("said");
    assert!(advice.contains("everything is authentic") && advice.contains("ask again"));
    let itself = answer(&feed, &anchors(&feed, Trust::Nothing), None, later(24 * 8));
    stale(&itself);
    let advice = itself.advice().expect("said");
    assert!(advice.starts_with("everything is consistent with itself"));
    let mut changed = feed.clone();
    changed.put("index.html", "x");
    let changed = answer(
        &changed,
        &anchors(&feed, Trust::Root),
        None,
        later(24 * 7 + 1),
    );
    refused_only(&changed, &["changed: index.html"]);
}

#[test]
fn a_list_that_has_ended_is_stale_where_nothing_else_says_until_when() {
    let mut feed = Feed::published();
    feed.tree.retain(|path, _| !path.starts_with("tuf/"));
    let key = anchors(&feed, Trust::Key);
    let answer = answer(&feed, &key, None, later(24 * 8));
    assert_eq!(
        stale(&answer),
        "SHA256SUMS.minisig was good until 2026-11-29T13:00:00Z"
    );
    let directory = tempfile::tempdir().expect("a directory");
    feed.write(directory.path());
    let mut check = Check {
        directory: directory.path(),
        anchors: &key,
        feed: None,
        memory: None,
        when: When::Now(later(24 * 8)),
        max_stale: SignedDuration::from_hours(24),
    };
    fresh(&check.run().expect("a verdict"));
    check.max_stale = SignedDuration::ZERO;
    check.when = When::OfflineAt(later(24));
    fresh(&check.run().expect("a verdict"));
}

#[test]
fn a_root_that_nobody_renewed_is_stale_even_while_all_else_is_fresh() {
    let mut feed = Feed::published();
    let press = Press {
        chain: &feed.chain,
        state: feed.state.as_ref(),
        now: later(24 * 364),
        lifetimes: Lifetimes::default(),
    };
    assert!(press.now < feed.chain.newest().expires());
    feed.edition(later(24 * 364));
    let answer = answer(
        &feed,
        &anchors(&feed, Trust::Root),
        None,
        later(24 * 365 + 1),
    );
    assert!(stale(&answer).starts_with("the newest root below tuf/ was good until"));
}
