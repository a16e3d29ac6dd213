//! Owns the proof that the doctor sees what ends, what is behind and what has no spare, each at its time.
//! Must never be silent about a keyring that nobody can sign with.

use super::roots::{root, with};
use super::{GOOD, at, draft, files, good, read};
use crate::{Concern, Keyring, Matter, Urgency};

fn concerns(keyring: &Keyring, time: &str) -> Vec<Concern> {
    keyring.concerns("example.org", at(time))
}

/// Is there a concern of this urgency and matter that says this?
fn has(all: &[Concern], urgency: Urgency, matter: Matter, word: &str) -> bool {
    all.iter()
        .any(|one| (one.urgency, one.matter) == (urgency, matter) && one.message.contains(word))
}

fn changed(from: &str, to: &str) -> Keyring {
    let (keyring, said) = read(&files(&GOOD.replacen(from, to, 1)));
    keyring.unwrap_or_else(|| panic!("{said}"))
}

#[test]
fn a_key_is_named_thirty_days_before_its_end_and_missed_after_it() {
    let calm = concerns(&good(), "2027-10-22T00:00:00Z");
    assert!(!has(&calm, Urgency::Soon, Matter::Ends, "publish-2026` of"));
    let soon = concerns(&good(), "2027-10-23T00:00:00Z");
    assert!(has(&soon, Urgency::Soon, Matter::Ends, "ends in 30 days"));
    let late = concerns(&good(), "2027-11-22T00:00:00Z");
    assert!(has(
        &late,
        Urgency::Now,
        Matter::Ends,
        "publish 0 may sign now, and it takes 1"
    ));
    let early = concerns(&good(), "2026-11-21T00:00:00Z");
    assert!(has(
        &early,
        Urgency::Now,
        Matter::Ends,
        "publish 0 may sign now"
    ));
}

#[test]
fn the_shape_of_a_keyring_is_advice() {
    let all = concerns(&good(), "2026-12-01T00:00:00Z");
    assert!(!all.iter().any(|one| one.matter == Matter::Shape));
    for (from, to, word) in [
        ("threshold = 2", "threshold = 3", "no root key is spare"),
        ("threshold = 2", "threshold = 1", "one root key is enough"),
        (
            "[\"freshness-2026\"]",
            "[\"publish-2026\"]",
            "one key publishes and keeps fresh",
        ),
    ] {
        let all = concerns(&changed(from, to), "2026-12-01T00:00:00Z");
        assert!(has(&all, Urgency::Advice, Matter::Shape, word), "{word}");
    }
}

#[test]
fn keys_that_nobody_names_and_authorities_without_certificates_are_seen() {
    let all = concerns(&good(), "2026-12-01T00:00:00Z");
    assert!(has(&all, Urgency::Soon, Matter::Idle, "keys/old.pub"));
    assert!(has(&all, Urgency::Soon, Matter::Ends, "has no certificate"));
    let named = changed("[state]", "[key.old]\n[state]");
    let all = concerns(&named, "2026-12-01T00:00:00Z");
    assert!(!all.iter().any(|one| one.matter == Matter::Idle));
}

/// What is said of a certificate that `ssh-keygen` made.
fn certified(line: &str, days: &str, time: &str) -> Vec<Concern> {
    let toml =
        format!("[role.publish]\nkeys = [\"publish\"]\n[role.ssh-ca]\nkeys = [\"ca\"]\n{days}");
    let keys = [
        include_str!("../../../verify/tests/data/certificate/publish.pub"),
        include_str!("../../../verify/tests/data/certificate/ca.pub"),
    ];
    let files = [
        draft("keys/keyring.toml", &toml),
        draft("keys/publish.pub", keys[0]),
        draft("keys/ca.pub", keys[1]),
        draft("keys/publish-cert.pub", line),
    ];
    let (keyring, said) = read(&files);
    let keyring = keyring.unwrap_or_else(|| panic!("{said}"));
    keyring.concerns("advisories.example.org/feed", at(time))
}

#[test]
fn a_certificate_that_never_ends_or_outlasts_the_word_of_its_role_is_seen() {
    let endless = include_str!("../../../verify/tests/data/certificate/endless.pub");
    let all = certified(endless, "", "2026-11-22T00:00:00Z");
    assert!(has(
        &all,
        Urgency::Soon,
        Matter::Ends,
        "`publish` never ends"
    ));
    let help = &all.iter().find(|one| one.message.contains("never ends"));
    assert!(help.is_some_and(|one| one.help.contains("-V +90d keys/publish.pub")));
    // From 2026-11-01 to 2027-02-01.
    let good = include_str!("../../../verify/tests/data/certificate/good.pub");
    let calm = certified(good, "", "2026-11-22T00:00:00Z");
    assert!(!calm.iter().any(|one| one.message.contains("certificate")));
    let long = certified(good, "days = 30\n", "2026-11-22T00:00:00Z");
    assert!(has(
        &long,
        Urgency::Soon,
        Matter::Ends,
        "in 71 days, at 2027-02-01"
    ));
    assert!(long.iter().any(|one| one.help.contains("-V +30d")));
}

#[test]
fn roots_that_end_or_say_something_else_are_seen() {
    let whole = root(&["root-ana", "root-ben"]);
    let rooted = with("keys/root/1.root.json", &whole);
    let keyring = read(&rooted).0.expect("good");
    let calm = concerns(&keyring, "2026-12-01T00:00:00Z");
    assert!(!calm.iter().any(|one| one.matter == Matter::Behind));
    let soon = concerns(&keyring, "2027-09-23T00:00:00Z");
    assert!(has(
        &soon,
        Urgency::Soon,
        Matter::Ends,
        "root 1 ends in 60 days"
    ));
    let late = concerns(&keyring, "2027-11-22T00:00:00Z");
    assert!(has(&late, Urgency::Now, Matter::Ends, "root 1 ended"));
    let mut other = rooted;
    other[0].bytes = GOOD.replacen("\"root-cleo\"", "\"old\"", 1).into_bytes();
    let keyring = read(&other).0.expect("good");
    let all = concerns(&keyring, "2026-12-01T00:00:00Z");
    assert!(has(&all, Urgency::Now, Matter::Behind, "names other keys"));
}

#[test]
fn no_moment_is_too_far_for_the_doctor() {
    let whole = with("keys/root/1.root.json", &root(&["root-ana", "root-ben"]));
    let keyring = read(&whole).0.expect("good");
    for time in [jiff::Timestamp::MIN, jiff::Timestamp::MAX] {
        assert!(!keyring.concerns("example.org", time).is_empty());
    }
}
