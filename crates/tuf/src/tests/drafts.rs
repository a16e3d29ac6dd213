//! Owns roots that are being agreed on: who is missing, what is refused, what clients will forget.

use super::*;

#[test]
fn a_draft_says_whether_clients_will_forget_what_they_saw() {
    let feed = Feed::new();
    let forgets = |publish, freshness| {
        let keyring = keyring(&ROOTS, publish, freshness);
        Draft::next(feed.chain.newest(), keyring, time("12-31T00:00:00Z"))
            .expect("good")
            .forgets()
    };
    assert!(forgets(11, 21));
    assert!(
        !forgets(11, FRESHNESS) && !forgets(PUBLISH, 21),
        "one of two is not enough for every client"
    );
    assert!(
        !Draft::first(keyring(&ROOTS, PUBLISH, FRESHNESS), time(START))
            .expect("good")
            .forgets()
    );
}

#[test]
fn a_loss_at_the_threshold_cannot_be_mended_and_the_draft_says_who_is_missing() {
    let feed = Feed::new();
    let mut draft = Draft::next(
        feed.chain.newest(),
        keyring(&[3, 4, 5], 11, 21),
        time("12-31T00:00:00Z"),
    )
    .expect("good");
    sign(&mut draft, &[3, 4, 5]);
    let mut keys = vec![key(1), key(2)];
    keys.sort_by_key(Key::id);
    assert_eq!(
        draft.missing(),
        [Missing {
            root: 1,
            needed: 1,
            keys
        }]
    );
    let few = SignatureFlaw::TooFew {
        role: Role::Root,
        root: 1,
        needed: 2,
        valid: 1,
    };
    assert_eq!(draft.finish(), Err(few));
}

#[test]
fn a_draft_goes_from_hand_to_hand_as_a_file() {
    let feed = Feed::new();
    let root = feed.chain.newest();
    let mut draft =
        Draft::next(root, keyring(&[1, 4, 5], 11, 21), time("12-31T00:00:00Z")).expect("good");
    assert_eq!(
        draft
            .missing()
            .iter()
            .map(|missing| (missing.root, missing.needed))
            .collect::<Vec<_>>(),
        [(1, 2), (2, 2)]
    );
    for (number, left) in [(1, vec![(1, 1), (2, 1)]), (4, vec![(1, 1)]), (3, vec![])] {
        draft = Draft::read(&draft.to_bytes(), Some(root)).expect("good");
        sign(&mut draft, &[number]);
        let missing: Vec<_> = draft
            .missing()
            .iter()
            .map(|missing| (missing.root, missing.needed))
            .collect();
        assert_eq!(missing, left, "after {number}");
    }
    assert_eq!(draft.finish(), Ok(draft.to_bytes()));
}

#[test]
fn a_draft_takes_no_signature_that_does_not_fit() {
    let feed = Feed::new();
    let root = feed.chain.newest();
    let mut draft =
        Draft::next(root, keyring(&ROOTS, 11, 21), time("12-31T00:00:00Z")).expect("good");
    let other = secret(1).sign(b"another message").to_bytes();
    assert_eq!(
        draft.sign(&key(1), other),
        Err(SignatureFlaw::Mismatch(key(1).id()))
    );
    let good = secret(9).sign(draft.message()).to_bytes();
    assert_eq!(
        draft.sign(&key(9), good),
        Err(SignatureFlaw::Stranger(key(9).id(), Role::Root))
    );
    sign(&mut draft, &[1]);
    let text = String::from_utf8(draft.to_bytes())
        .expect("text")
        .replace("2026-12-31", "2036-12-31");
    let read = Draft::read(text.as_bytes(), Some(root)).expect_err("refused");
    assert_eq!(
        read,
        DraftError::Signature(SignatureFlaw::Mismatch(key(1).id()))
    );
    let skipped = Draft::read(&draft.to_bytes(), None).expect_err("refused");
    assert_eq!(
        skipped,
        DraftError::Version {
            expected: 1,
            found: 2
        }
    );
}
