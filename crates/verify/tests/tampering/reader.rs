//! Owns the reader of the tests: who is trusted, what was seen, and what the answer has to be.
//! Must never pass for a reason other than the one that a test names.

use std::path::Path;

use caveat_verify::{Anchors, Answer, Check, Memory, Verdict, When};
use jiff::{SignedDuration, Timestamp as Time};

use crate::feed::{AUTHORITY, Feed, PUBLISH, later, public};

/// Who trusts what.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Trust {
    Root,
    Authority,
    Key,
    Nothing,
}

pub(crate) fn anchors(feed: &Feed, trust: Trust) -> Anchors {
    let mut anchors = Anchors::default();
    match trust {
        Trust::Root => anchors.root = Some(feed.root()),
        Trust::Authority => anchors.authorities = vec![public(AUTHORITY)],
        Trust::Key => anchors.keys = vec![public(PUBLISH)],
        Trust::Nothing => {}
    }
    anchors
}

/// The answer about a directory.
pub(crate) fn asked(
    directory: &Path,
    anchors: &Anchors,
    memory: Option<&Memory>,
    when: When,
) -> Answer {
    let check = Check {
        directory,
        anchors,
        feed: None,
        memory,
        when,
        max_stale: SignedDuration::ZERO,
    };
    check.run().expect("a verdict")
}

/// The answer about a feed's tree.
pub(crate) fn answer(feed: &Feed, anchors: &Anchors, memory: Option<&Memory>, now: Time) -> Answer {
    let directory = tempfile::tempdir().expect("a directory");
    feed.write(directory.path());
    asked(directory.path(), anchors, memory, When::Now(now))
}

/// The same by the first root, two hours after the start.
pub(crate) fn by_root(feed: &Feed) -> Answer {
    answer(feed, &anchors(feed, Trust::Root), None, later(2))
}

/// What a reader remembers of a good tree.
pub(crate) fn seen(feed: &Feed, trust: Trust, now: Time) -> Memory {
    let answer = answer(feed, &anchors(feed, trust), None, now);
    fresh(&answer);
    answer.memory.expect("remembered")
}

pub(crate) fn fresh(answer: &Answer) {
    assert!(
        matches!(answer.verdict, Verdict::Fresh { .. }),
        "{:?} {:#?}",
        answer.verdict,
        answer.faults
    );
}

/// The answer is a refusal, and one of its reasons says this.
#[track_caller]
pub(crate) fn refused(answer: &Answer, reason: &str) {
    assert_eq!(answer.verdict, Verdict::Invalid);
    let said: Vec<_> = answer.faults.iter().map(ToString::to_string).collect();
    assert!(
        said.iter().any(|one| one.contains(reason)),
        "no `{reason}` in {said:#?}"
    );
}

/// The same, and every reason is listed here: nothing else is wrong.
#[track_caller]
pub(crate) fn refused_only(answer: &Answer, reasons: &[&str]) {
    assert_eq!(answer.verdict, Verdict::Invalid);
    let said: Vec<_> = answer.faults.iter().map(ToString::to_string).collect();
    let same = said.len() == reasons.len()
        && said
            .iter()
            .zip(reasons)
            .all(|(one, reason)| one.contains(reason));
    assert!(same, "{said:#?} are not {reasons:#?}");
}

/// The answer is that the tree is older than what was seen; says what is.
#[track_caller]
pub(crate) fn behind(answer: &Answer) -> String {
    let Verdict::Behind(older) = &answer.verdict else {
        panic!("{:?} {:#?}", answer.verdict, answer.faults);
    };
    older
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("; ")
}

/// The answer is that something has ended; says what.
#[track_caller]
pub(crate) fn stale(answer: &Answer) -> String {
    let Verdict::Stale(ended) = &answer.verdict else {
        panic!("{:?} {:#?}", answer.verdict, answer.faults);
    };
    ended
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("; ")
}
