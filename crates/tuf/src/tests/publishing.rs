//! Owns what the press signs, and what it refuses to sign.

use super::*;

fn nothing() -> BTreeMap<String, Fingerprint> {
    BTreeMap::new()
}

#[test]
fn the_same_input_gives_the_same_tree() {
    let (one, two) = (Feed::new(), Feed::new());
    assert_eq!(one.tree, two.tree);
    assert_eq!(one.state, two.state);
}

#[test]
fn versions_say_at_which_signing_a_document_was_made() {
    let mut feed = Feed::new();
    feed.heartbeat("11-22T12:00:00Z");
    feed.heartbeat("11-23T12:00:00Z");
    feed.publish("11-24T12:00:00Z", &[("all.zip", "two")]);
    let names: Vec<_> = feed.tree.keys().map(String::as_str).collect();
    let made = [
        "1.root.json",
        "1.snapshot.json",
        "1.targets.json",
        "4.snapshot.json",
        "4.targets.json",
        "timestamp.json",
    ];
    assert_eq!(names, made);
    assert_eq!(feed.state.as_ref().expect("kept").seq(), 4);
    assert!(matches!(
        feed.check(None, "11-24T12:00:00Z").verdict,
        Verdict::Fresh { .. }
    ));
}

#[test]
fn an_edition_says_where_targets_lie_and_ends_with_the_timestamp() {
    let feed = Feed::new();
    let files = BTreeMap::from([("all.zip".to_owned(), Fingerprint::of(b"one"))]);
    let edition = feed
        .press(START)
        .publish(files, &mut Hand(feed.keys.clone()))
        .expect("good");
    let path = "tuf/t/7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed.all.zip";
    assert_eq!(edition.targets["all.zip"], path);
    let paths: Vec<_> = edition
        .files
        .iter()
        .map(|(path, _)| path.as_str())
        .collect();
    assert_eq!(
        paths,
        [
            "tuf/1.root.json",
            "tuf/2.targets.json",
            "tuf/2.snapshot.json",
            "tuf/timestamp.json"
        ]
    );
}

#[test]
fn state_is_written_and_read_back_and_holds_no_version_that_was_not_signed() {
    let feed = Feed::new();
    let state = feed.state.expect("kept");
    let bytes = state.to_bytes();
    assert_eq!(State::read(&bytes), Ok(state));
    let text = String::from_utf8(bytes).expect("text");
    let pushed = text.replacen("\"version\":1}", "\"version\":2147483648}", 4);
    assert_eq!(
        State::read(pushed.as_bytes()),
        Err(Flaw::Shape(
            "targets.version".to_owned(),
            "no more than seq"
        ))
    );
    assert_eq!(
        State::read(format!("{text}\n").as_bytes()),
        Err(Flaw::Json(JsonFlaw::Space(text.len())))
    );
}

#[test]
fn nothing_is_signed_with_a_clock_before_the_last_signature() {
    let feed = Feed::new();
    let refused = feed
        .press("11-21T11:59:59Z")
        .publish(nothing(), &mut Hand(feed.keys.clone()));
    assert!(matches!(refused, Err(EditionError::Clock { issued, .. }) if issued == time(START)));
}

#[test]
fn nothing_is_signed_under_roots_that_are_not_those_that_are_out() {
    let feed = Feed::new();
    let mut draft =
        Draft::first(keyring(&ROOTS, PUBLISH, FRESHNESS), time("12-30T00:00:00Z")).expect("good");
    sign(&mut draft, &[1, 2]);
    let other = Chain::begin(draft.finish().expect("whole")).expect("good");
    let press = Press {
        chain: &other,
        ..feed.press(START)
    };
    let refused = press.publish(nothing(), &mut Hand(feed.keys.clone()));
    assert!(matches!(refused, Err(EditionError::OtherRoot(1))));
}

#[test]
fn a_signer_without_the_key_or_with_a_wrong_one_publishes_nothing() {
    struct Wrong;
    impl Signer for Wrong {
        fn sign(&mut self, _: Role, _: &Key, _: &[u8]) -> Result<Option<[u8; 64]>, Refusal> {
            Ok(Some([0; 64]))
        }
    }
    struct Locked;
    impl Signer for Locked {
        fn sign(&mut self, _: Role, _: &Key, _: &[u8]) -> Result<Option<[u8; 64]>, Refusal> {
            Err("the agent is locked".into())
        }
    }
    let feed = Feed::new();
    let press = feed.press(START);
    let few = press
        .publish(nothing(), &mut Hand(vec![FRESHNESS]))
        .expect_err("refused");
    assert_eq!(
        few.to_string(),
        "root 1 asks for 1 signatures of targets, and 0 are there"
    );
    let wrong = press.publish(nothing(), &mut Wrong).expect_err("refused");
    assert!(matches!(
        wrong,
        EditionError::Signature(SignatureFlaw::Mismatch(_))
    ));
    let locked = press
        .publish(nothing(), &mut Locked)
        .expect_err("refused")
        .to_string();
    assert!(
        locked.starts_with("targets cannot be signed with the key ")
            && locked.ends_with(": the agent is locked")
    );
}

#[test]
fn two_of_two_keys_sign_where_both_are_asked() {
    let mut feed = Feed::new();
    let mut both = keyring(&ROOTS, PUBLISH, FRESHNESS);
    both.targets = holders(Role::Targets, &[PUBLISH, 11], 2);
    feed.rotate(both, &[1, 2]);
    let one = feed
        .press(START)
        .publish(nothing(), &mut Hand(feed.keys.clone()))
        .expect_err("refused");
    assert_eq!(
        one.to_string(),
        "root 2 asks for 2 signatures of targets, and 1 are there"
    );
    feed.keys.push(11);
    feed.publish(START, &[("all.zip", "two")]);
    assert!(matches!(
        feed.check(None, START).verdict,
        Verdict::Fresh { .. }
    ));
}

#[test]
fn a_heartbeat_is_refused_where_it_would_keep_nothing_fresh() {
    let mut feed = Feed::new();
    let press = Press {
        state: None,
        ..feed.press(START)
    };
    assert!(matches!(
        press.heartbeat(&mut Hand(vec![FRESHNESS])),
        Err(EditionError::Nothing)
    ));
    feed.rotate(keyring(&ROOTS, 11, FRESHNESS), &[1, 2]);
    let refused = feed.press(START).heartbeat(&mut Hand(vec![FRESHNESS]));
    assert!(matches!(refused, Err(EditionError::Rekeyed(Role::Targets))));
}

#[test]
fn nothing_is_signed_that_has_ended_already() {
    let feed = Feed::new();
    let lifetimes = Lifetimes {
        timestamp: SignedDuration::ZERO,
        ..Lifetimes::default()
    };
    let press = Press {
        lifetimes,
        ..feed.press(START)
    };
    let hand = || Hand(feed.keys.clone());
    assert!(matches!(
        press.heartbeat(&mut hand()),
        Err(EditionError::NotFresh)
    ));
    assert!(matches!(
        press.publish(nothing(), &mut hand()),
        Err(EditionError::NotFresh)
    ));
}

#[test]
fn a_heartbeat_needs_the_freshness_key_alone() {
    let mut feed = Feed::new();
    feed.keys = vec![FRESHNESS];
    feed.heartbeat("11-22T12:00:00Z");
    assert!(matches!(
        feed.check(None, "11-22T12:00:00Z").verdict,
        Verdict::Fresh { .. }
    ));
}

#[test]
fn a_list_longer_than_clients_read_is_refused() {
    let feed = Feed::new();
    let file = Fingerprint::of(b"");
    let files = (0..45_000)
        .map(|number| (format!("EXA-{number:06}.json"), file))
        .collect();
    let refused = feed
        .press(START)
        .publish(files, &mut Hand(feed.keys.clone()));
    assert!(
        matches!(refused, Err(EditionError::Long(Role::Targets, length)) if length > 5_000_000)
    );
}
