//! Owns what a reader learns from a tree, and what no tree may teach.
//! Must never look only at the answer: the next check is what counts.

use caveat_tuf::Draft;
use caveat_verify::Memory;

use crate::feed::*;
use crate::reader::*;

#[test]
fn memory_goes_through_a_file_and_belongs_to_one_feed() {
    let feed = Feed::published();
    let memory = seen(&feed, Trust::Root, later(2));
    let read = Memory::read(&memory.to_bytes()).expect("as it was written");
    assert_eq!(read, memory);
    assert_eq!(read.feed(), FEED);
    // Nobody vouches: what is not whole teaches nothing.
    let mut changed = feed.clone();
    changed.put("index.html", "x");
    let nobody = answer(&changed, &anchors(&feed, Trust::Nothing), None, later(2));
    assert_eq!(nobody.memory, None);
    // What a trusted key signed is remembered though a page was changed.
    let known = answer(&changed, &anchors(&feed, Trust::Root), None, later(2));
    assert!(known.memory.is_some());
}

#[test]
fn a_forged_tree_teaches_nothing_to_whoever_trusts_a_root() {
    let feed = Feed::published();
    let root = anchors(&feed, Trust::Root);
    let memory = seen(&feed, Trust::Root, later(2));
    // Everything is signed, by somebody else's keys from the first root on.
    let forged = Feed::forged(1 << 52);
    let refusal = answer(&forged, &root, Some(&memory), later(2));
    refused(&refusal, "version 1 of root is not the one that is trusted");
    assert_eq!(refusal.memory.as_ref(), Some(&memory));
    let first = answer(&forged, &root, None, later(2)).memory;
    fresh(&answer(&feed, &root, first.as_ref(), later(2)));
}

#[test]
fn a_key_that_was_taken_out_teaches_nothing_under_a_line_that_was_cut() {
    let mut feed = Feed::published();
    let mut thief = feed.clone();
    let root = anchors(&feed, Trust::Root);
    feed.rotate(11, 21, &[1, 2]);
    feed.edition(later(2));
    let memory = seen(&feed, Trust::Root, later(3));
    thief.seq = 1 << 52;
    thief.edition(later(3));
    let cut = answer(&thief, &root, Some(&memory), later(3));
    assert!(behind(&cut).contains("the root below tuf/ is version 1"));
    fresh(&answer(&feed, &root, cut.memory.as_ref(), later(3)));
}

#[test]
fn what_a_changed_tree_says_of_revoked_keys_makes_nobody_forget() {
    let mut feed = Feed::published();
    feed.tree.retain(|path, _| !path.starts_with("tuf/"));
    let mut old = feed.clone();
    feed.seq += 1;
    feed.list(later(3));
    let key = anchors(&feed, Trust::Key);
    let memory = seen(&feed, Trust::Key, later(3));
    old.put("keys/revoked", public(PUBLISH).to_openssh("x") + "\n");
    let changed = answer(&old, &key, Some(&memory), later(3));
    refused(&changed, "changed: keys/revoked");
    assert_eq!(changed.memory, Some(memory));
}

#[test]
fn who_trusts_a_key_alone_learns_nothing_of_what_anybody_could_have_put_there() {
    let feed = Feed::published();
    let key = anchors(&feed, Trust::Key);
    // The same list, signed by the same key, with another line of roots beside it.
    let mut other = Feed::new();
    let mut draft =
        Draft::first(keyring(&[60, 61, 62], PUBLISH, 64), later(24 * 365)).expect("good");
    endorse(&mut draft, &[60, 61]);
    other.chain = caveat_tuf::Chain::begin(draft.finish().expect("whole")).expect("good");
    other.freshness = 64;
    other.tree.clone_from(&feed.tree);
    other.tree.retain(|path, _| !path.starts_with("tuf/"));
    other.metadata(later(1));
    let learnt = seen(&other, Trust::Key, later(2));
    fresh(&answer(&feed, &key, Some(&learnt), later(2)));
}

#[test]
fn another_feed_grown_from_another_root_is_not_this_one() {
    let feed = Feed::published();
    let other = Draft::first(keyring(&ROOTS, PUBLISH, FRESHNESS), later(24 * 300)).expect("good");
    let mut other = other;
    endorse(&mut other, &[1, 2]);
    let mut anchors = anchors(&feed, Trust::Root);
    anchors.root = Some(other.finish().expect("whole"));
    refused(
        &answer(&feed, &anchors, None, later(2)),
        "version 1 of root is not the one that is trusted",
    );
}

#[test]
fn a_bad_tree_does_not_teach_a_first_look_which_feed_it_is() {
    let feed = Feed::published();
    let mut bad = feed.clone();
    bad.put(
        "keys/feed.pub",
        public(PUBLISH).to_openssh("evil.example.org") + "\n",
    );
    for trust in [Trust::Root, Trust::Key, Trust::Nothing] {
        let trusted = anchors(&feed, trust);
        let first = answer(&bad, &trusted, None, later(2));
        refused(&first, "changed: keys/feed.pub");
        assert_eq!(first.memory, None);
        fresh(&answer(&feed, &trusted, first.memory.as_ref(), later(2)));
    }
}

#[test]
fn a_look_without_a_pin_does_not_change_what_one_with_it_remembered() {
    let mut feed = Feed::published();
    let nothing = anchors(&feed, Trust::Nothing);
    let pinned = seen(&feed, Trust::Root, later(2));
    let alone = seen(&feed, Trust::Nothing, later(2));
    assert_eq!((pinned.is_pinned(), alone.is_pinned()), (true, false));
    assert_eq!(Memory::read(&alone.to_bytes()), Ok(alone.clone()));
    feed.edition(later(3));
    let look = answer(&feed, &nothing, Some(&pinned), later(4));
    fresh(&look);
    assert_eq!(look.memory, Some(pinned));
    // What nobody vouched for may grow by itself, and is pinned from the first look on that pins.
    let grown = answer(&feed, &nothing, Some(&alone), later(4)).memory;
    let grown = grown.expect("remembered");
    assert!(grown != alone && !grown.is_pinned());
    let root = anchors(&feed, Trust::Root);
    let look = answer(&feed, &root, Some(&grown), later(4));
    assert!(look.memory.expect("remembered").is_pinned());
}

#[test]
fn what_was_learnt_without_a_pin_is_no_measure_for_a_look_with_one() {
    let feed = Feed::published();
    let forged = Feed::forged(1 << 52);
    let nobody = anchors(&forged, Trust::Nothing);
    let poisoned = answer(&forged, &nobody, None, later(2)).memory;
    assert!(poisoned.is_some());
    for trust in [Trust::Root, Trust::Key] {
        let pinned = answer(&feed, &anchors(&feed, trust), poisoned.as_ref(), later(2));
        fresh(&pinned);
        assert!(pinned.memory.expect("remembered").is_pinned());
    }
    // A look that failed makes nobody forget: what is remembered stays what it was.
    let key = anchors(&feed, Trust::Key);
    let failed = answer(&forged, &key, poisoned.as_ref(), later(2));
    assert_eq!(failed.verdict, caveat_verify::Verdict::Invalid);
    assert_eq!(failed.memory, poisoned);
}
