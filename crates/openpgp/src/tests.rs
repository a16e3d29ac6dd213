//! Owns the proof that certificates and signatures hold, and that each thing that is wrong with one is named.
//! Must never ask another program: `tests/interop` does.

mod flaws;
mod role;

use std::sync::Arc;

use caveat_artifact::{Artifact, Memory, Sink as _, SitePath};
use caveat_sign::{Hand, HandError};
use caveat_verify::PublicKey;
use ed25519_dalek::{Signer as _, SigningKey};
use jiff::Timestamp;
use proptest::prelude::*;
use sha2::{Digest as _, Sha512};

use crate::armour::{Kind, armour, dearmour};
use crate::{Beside, Certificate, Flaw, Owner, Seal, SealError, Sealing, Standing};

/// A key that is a number.
#[derive(Clone)]
struct Number(SigningKey, PublicKey);

impl Number {
    fn new(seed: u8) -> Self {
        let key = SigningKey::from_bytes(&[seed; 32]);
        let public = PublicKey::from_bytes(key.verifying_key().as_bytes()).expect("good");
        Self(key, public)
    }
}

impl Hand for Number {
    fn public(&self) -> &PublicKey {
        &self.1
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], HandError> {
        Ok(self.0.sign(message).to_bytes())
    }
}

/// A hand that signs something else.
struct Liar(Number);

impl Hand for Liar {
    fn public(&self) -> &PublicKey {
        &self.0.1
    }

    fn sign(&self, _: &[u8]) -> Result<[u8; 64], HandError> {
        self.0.sign(b"something else")
    }
}

const FILE: &[u8] = b"{\n  \"document\": {}\n}\n";

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn owner(hand: &dyn Hand, until: Option<&str>) -> Result<Owner, Flaw> {
    let from = at("2026-11-22T00:00:00Z");
    Owner::new(*hand.public(), "Test Feed", from, until.map(at))
}

/// A certificate, and a signature of [`FILE`] that was changed a year after the key was made.
fn signed(hand: &Number) -> (Certificate, String) {
    let owner = owner(hand, None).expect("good");
    let seal = Seal::new(&owner, Arc::new(hand.clone()), at("2027-11-23T00:00:00Z")).expect("good");
    let text = seal.sign(FILE, at("2027-11-22T12:00:00Z")).expect("signed");
    (seal.certificate().clone(), text)
}

#[test]
fn the_same_key_file_and_times_give_the_same_bytes() {
    let hand = Number::new(1);
    assert_eq!(signed(&hand), signed(&hand));
    let (certificate, text) = signed(&hand);
    assert_eq!(
        Certificate::read(certificate.as_str()),
        Ok(certificate.clone())
    );
    let made = certificate.verify(&text, FILE, at("2027-12-01T00:00:00Z"));
    assert_eq!(made, Ok(at("2027-11-22T12:00:00Z")));
    assert_eq!(certificate.owner().until(), at("2029-11-21T00:00:00Z"));
}

#[test]
fn a_file_that_is_older_than_the_key_is_signed_when_the_key_was_made() {
    let hand = Number::new(1);
    let owner = owner(&hand, None).expect("good");
    let seal = Seal::new(&owner, Arc::new(hand.clone()), at("2026-11-22T00:00:00Z")).expect("good");
    let text = seal.sign(FILE, at("2019-01-01T00:00:00Z")).expect("signed");
    let made = seal
        .certificate()
        .verify(&text, FILE, at("2026-11-22T00:00:00Z"));
    assert_eq!(made, Ok(at("2026-11-22T00:00:00Z")));
}

#[test]
fn an_end_that_was_moved_is_a_new_word_of_the_same_key_and_changes_no_signature() {
    let hand = Number::new(1);
    let (before, text) = signed(&hand);
    let moved = owner(&hand, Some("2030-11-21T00:00:00Z")).expect("good");
    let seal = Seal::new(&moved, Arc::new(hand.clone()), at("2027-11-23T00:00:00Z")).expect("good");
    assert_eq!(moved.fingerprint(), before.owner().fingerprint());
    assert_ne!(seal.certificate(), &before);
    assert_eq!(moved.dates(), Ok(vec![1_795_305_600, 1_826_841_600]));
    assert_eq!(before.owner().dates(), Ok(vec![1_795_305_600]));
    assert_eq!(seal.sign(FILE, at("2027-11-22T12:00:00Z")).ok(), Some(text));
    assert!(Certificate::read(seal.certificate().as_str()).is_ok());
}

#[test]
fn an_owner_has_a_name_of_one_line_and_a_time() {
    let key = Number::new(1).1;
    let from = at("2026-11-22T00:00:00Z");
    for name in ["", " ", "a\nb", "a\u{0}", &"x".repeat(1001)] {
        assert_eq!(
            Owner::new(key, name, from, None),
            Err(Flaw::Name(name.to_owned()))
        );
    }
    let until = at("2026-11-22T00:00:00.5Z");
    assert_eq!(
        Owner::new(key, "x", from, Some(until)),
        Err(Flaw::Period { from, until: from })
    );
    for never in ["1969-12-31T23:59:59Z", "2106-02-07T06:28:16Z"] {
        assert_eq!(
            Owner::new(key, "x", at(never), None),
            Err(Flaw::Time(at(never)))
        );
    }
}

#[test]
fn what_is_wanted_is_signed_on_the_way_and_nothing_else() {
    let hand = Number::new(1);
    let owner = owner(&hand, None).expect("good");
    let now = at("2026-11-22T00:00:00Z");
    let seal = Seal::new(&owner, Arc::new(hand.clone()), now).expect("good");
    let wanted = |path: &str, _: &[u8]| (path == "a.json").then(|| at("2026-11-22T00:00:00Z"));
    let file = |path| Artifact::new(SitePath::new(path).expect("plain"), FILE.to_vec());
    for (seal, paths) in [
        (Some(&seal), ["a.json", "a.json.asc", "a.txt"].as_slice()),
        (None, &["a.json", "a.txt"]),
    ] {
        let sink = Sealing::new(Memory::default(), seal, wanted);
        sink.put(file("a.json")).expect("taken");
        sink.put(file("a.txt")).expect("taken");
        let files = sink.into_inner().into_files();
        assert!(files.keys().map(AsRef::as_ref).eq(paths.iter().copied()));
        if let Some(text) = files.get(&SitePath::new("a.json.asc").expect("plain")) {
            let text = String::from_utf8_lossy(text);
            assert_eq!(owner_of(&hand).verify(&text, FILE, now), Ok(now));
        }
    }
}

fn owner_of(hand: &Number) -> Certificate {
    Certificate::make(&owner(hand, None).expect("good"), hand).expect("good")
}

#[test]
fn every_byte_of_a_certificate_and_of_a_signature_matters() {
    let hand = Number::new(1);
    let (_, text) = signed(&hand);
    let moved = owner(&hand, Some("2030-11-21T00:00:00Z")).expect("good");
    let certificate = Certificate::make(&moved, &hand).expect("good");
    let now = at("2027-12-01T00:00:00Z");
    let packets = dearmour(Kind::Key, certificate.as_str()).expect("ours");
    for at in 0..packets.len() {
        let mut changed = packets.clone();
        changed[at] ^= 1;
        let read = Certificate::read(&armour(Kind::Key, &changed));
        assert!(read.is_err(), "byte {at}: {read:?}");
    }
    let packets = dearmour(Kind::Signature, &text).expect("ours");
    for at in 0..packets.len() {
        let mut changed = packets.clone();
        changed[at] ^= 1;
        let changed = armour(Kind::Signature, &changed);
        assert!(
            certificate.verify(&changed, FILE, now).is_err(),
            "byte {at}"
        );
    }
}

proptest! {
    #[test]
    fn any_owner_is_read_back(
        seed in any::<u8>(), user in "[^\\p{C}]{0,30}x[^\\p{C}]{0,300}", from in 0i64..4_000_000_000, life in 1i64..290_000_000,
    ) {
        let hand = Number::new(seed);
        let [from, until] = [from, from + life].map(|at| Timestamp::from_second(at).expect("a time"));
        let owner = Owner::new(hand.1, &user, from, Some(until)).expect("good");
        let certificate = Certificate::make(&owner, &hand).expect("made");
        prop_assert_eq!(certificate.owner(), &owner);
    }

    #[test]
    fn any_file_is_signed_for_itself_alone(
        seed in any::<u8>(), file in prop::collection::vec(any::<u8>(), 0..200), at_byte in any::<usize>(), to in any::<u8>(),
    ) {
        let hand = Number::new(seed);
        let owner = owner(&hand, None).expect("good");
        let now = at("2027-01-01T00:00:00Z");
        let seal = Seal::new(&owner, Arc::new(hand.clone()), now).expect("good");
        let text = seal.sign(&file, now).expect("signed");
        prop_assert_eq!(seal.certificate().verify(&text, &file, now), Ok(now));
        let mut changed = file.clone();
        match changed.len() {
            0 => changed.push(to),
            length => changed[at_byte % length] ^= to | 1,
        }
        let why = seal.certificate().verify(&text, &changed, now);
        prop_assert!(matches!(why, Err(Flaw::Mismatch | Flaw::LineEnds)), "{:?}", why);
    }
}
