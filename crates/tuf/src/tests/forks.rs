//! Owns the proof that a publisher who knows less than what is out signs nothing, and that a theft does not end that for ever.

use super::*;

fn may_follow(feed: &Feed, state: Option<&State>, tree: &Tree) -> Result<(), Fork> {
    let fetch = |name: &str| Ok::<_, std::convert::Infallible>(tree.get(name).cloned());
    let Ok(answer) = feed.chain.may_follow(state, fetch);
    answer
}

#[test]
fn a_state_older_than_what_is_out_signs_nothing() {
    let mut feed = Feed::new();
    let old = feed.state.clone();
    feed.heartbeat("11-22T12:00:00Z");
    let (behind, lost) = (Fork::Behind { state: 1, out: 2 }, Fork::Lost(2));
    assert_eq!(may_follow(&feed, old.as_ref(), &feed.tree), Err(behind));
    assert_eq!(may_follow(&feed, None, &feed.tree), Err(lost));
    assert_eq!(may_follow(&feed, feed.state.as_ref(), &feed.tree), Ok(()));
    // A mirror that is behind is no reason to stop.
    let newest = feed.state.clone();
    let slow = Feed::new().tree;
    assert_eq!(may_follow(&feed, newest.as_ref(), &slow), Ok(()));
    assert_eq!(may_follow(&feed, None, &Tree::new()), Ok(()));
}

#[test]
fn one_number_with_two_contents_is_named() {
    let (mut one, mut other) = (Feed::new(), Feed::new());
    one.publish("11-22T12:00:00Z", &[("all.zip", "two")]);
    other.publish("11-22T13:00:00Z", &[("all.zip", "2")]);
    let found = may_follow(&one, one.state.as_ref(), &other.tree);
    assert_eq!(found, Err(Fork::Twice(2)));
}

#[test]
fn what_no_root_signed_stops_only_whoever_has_no_state() {
    let feed = Feed::new();
    let odd = Tree::from([("timestamp.json".to_owned(), b"{}".to_vec())]);
    assert_eq!(may_follow(&feed, feed.state.as_ref(), &odd), Ok(()));
    assert_eq!(may_follow(&feed, None, &odd), Err(Fork::Unknown));
}

#[test]
fn a_root_that_is_out_and_not_here_is_named() {
    let mut feed = Feed::new();
    let mut later = feed.chain.clone();
    std::mem::swap(&mut feed.chain, &mut later);
    feed.rotate(keyring(&ROOTS, PUBLISH, 21), &ROOTS);
    feed.keys.push(21);
    feed.publish("11-22T12:00:00Z", &[("all.zip", "two")]);
    let tree = feed.tree.clone();
    let mut behind = Feed::new();
    behind.state = feed.state.clone();
    let found = may_follow(&behind, behind.state.as_ref(), &tree);
    assert_eq!(found, Err(Fork::Root(2)));
}

#[test]
fn versions_that_a_thief_pushed_up_are_forgotten_only_with_the_keys_of_both_roles() {
    let mut feed = Feed::new();
    let honest = feed.state.clone();
    for day in 22..26 {
        feed.heartbeat(&format!("11-{day}T12:00:00Z"));
    }
    let pushed_up = feed.tree.clone();
    feed.rotate(keyring(&ROOTS, PUBLISH, 21), &ROOTS);
    let found = may_follow(&feed, honest.as_ref(), &pushed_up);
    assert_eq!(found, Err(Fork::Behind { state: 1, out: 5 }));
    feed.rotate(keyring(&ROOTS, 11, 22), &ROOTS);
    assert_eq!(may_follow(&feed, honest.as_ref(), &pushed_up), Ok(()));
    assert_eq!(may_follow(&feed, None, &pushed_up), Ok(()));
}
