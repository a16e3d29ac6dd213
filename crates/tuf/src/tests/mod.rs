//! Owns the feed that tests attack: its keys, its roots, its tree.
//! Must never be clever: what it publishes is made by the crate itself, what it forges is signed by hand.

mod attacks;
mod drafts;
mod flips;
mod forks;
mod freshness;
mod keyrings;
mod pointers;
mod publishing;
mod reading;
mod rotations;
mod signatures;

use std::collections::BTreeMap;

use ed25519_dalek::{Signer as _, SigningKey};
use jiff::{SignedDuration, Timestamp as Time};

use crate::json::{self, Value};
use crate::*;

/// A time in the year of the tests, `11-21T12:00:00Z` without its year.
pub(crate) fn time(text: &str) -> Time {
    format!("2026-{text}").parse().expect("a time")
}

pub(crate) const START: &str = "11-21T12:00:00Z";

/// A private key from a number.
pub(crate) fn secret(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32])
}

pub(crate) fn key(number: u8) -> Key {
    Key::from_bytes(secret(number).verifying_key().as_bytes()).expect("good")
}

/// A signer with the keys of these numbers.
pub(crate) struct Hand(pub(crate) Vec<u8>);

impl Signer for Hand {
    fn sign(&mut self, _: Role, asked: &Key, message: &[u8]) -> Result<Option<[u8; 64]>, Refusal> {
        let held = self.0.iter().find(|number| key(**number) == *asked);
        Ok(held.map(|number| secret(*number).sign(message).to_bytes()))
    }
}

pub(crate) fn holders(role: Role, numbers: &[u8], threshold: u64) -> Holders {
    let keys: Vec<_> = numbers.iter().map(|number| key(*number)).collect();
    Holders::new(role, &keys, threshold).expect("good")
}

/// Two of these for root; one for all that is published, one for the timestamp.
pub(crate) fn keyring(root: &[u8], publish: u8, freshness: u8) -> Keyring {
    Keyring {
        root: holders(Role::Root, root, 2),
        targets: holders(Role::Targets, &[publish], 1),
        snapshot: holders(Role::Snapshot, &[publish], 1),
        timestamp: holders(Role::Timestamp, &[freshness], 1),
    }
}

pub(crate) const ROOTS: [u8; 3] = [1, 2, 3];
pub(crate) const PUBLISH: u8 = 10;
pub(crate) const FRESHNESS: u8 = 20;

/// What readers are served, by name below `tuf/`.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

pub(crate) struct Feed {
    pub(crate) chain: Chain,
    pub(crate) state: Option<State>,
    pub(crate) tree: Tree,
    pub(crate) keys: Vec<u8>,
}

impl Feed {
    /// A feed with one edition.
    pub(crate) fn new() -> Self {
        let mut draft = Draft::first(keyring(&ROOTS, PUBLISH, FRESHNESS), time("12-31T00:00:00Z"))
            .expect("good");
        sign(&mut draft, &ROOTS);
        let mut feed = Self {
            chain: Chain::begin(draft.finish().expect("whole")).expect("good"),
            state: None,
            tree: Tree::new(),
            keys: vec![PUBLISH, FRESHNESS],
        };
        feed.publish(START, &[("all.zip", "one"), ("index.json", "[1]")]);
        feed
    }

    pub(crate) fn press(&self, now: &str) -> Press<'_> {
        Press {
            chain: &self.chain,
            state: self.state.as_ref(),
            now: time(now),
            lifetimes: Lifetimes::default(),
        }
    }

    pub(crate) fn publish(&mut self, now: &str, files: &[(&str, &str)]) {
        let files = files
            .iter()
            .map(|(name, text)| ((*name).to_owned(), Fingerprint::of(text.as_bytes())));
        let edition = self
            .press(now)
            .publish(files.collect(), &mut Hand(self.keys.clone()));
        self.let_out(edition.expect("good"));
    }

    pub(crate) fn heartbeat(&mut self, now: &str) {
        let edition = self.press(now).heartbeat(&mut Hand(self.keys.clone()));
        self.let_out(edition.expect("good"));
    }

    fn let_out(&mut self, edition: Edition) {
        let name = |path: &str| path.strip_prefix(DIRECTORY).expect("below").to_owned();
        self.tree.extend(
            edition
                .files
                .into_iter()
                .map(|(path, bytes)| (name(&path), bytes)),
        );
        self.state = Some(edition.state);
    }

    /// A new root, signed by these.
    pub(crate) fn rotate(&mut self, keyring: Keyring, signers: &[u8]) {
        let mut draft =
            Draft::next(self.chain.newest(), keyring, time("12-31T00:00:00Z")).expect("good");
        sign(&mut draft, signers);
        self.chain
            .add(draft.finish().expect("whole"))
            .expect("good");
    }

    pub(crate) fn pinned(&self) -> &[u8] {
        self.chain.get(1).expect("there").1
    }

    /// What a client of the first root says, that remembers this.
    pub(crate) fn check(&self, memory: Option<&Memory>, now: &str) -> Outcome {
        check(&self.tree, self.pinned(), memory, When::Now(time(now)))
    }

    /// What a client must remember of the tree as it is.
    pub(crate) fn seen(&self, now: &str) -> Memory {
        let outcome = self.check(None, now);
        assert!(
            matches!(outcome.verdict, Verdict::Fresh { .. }),
            "{:?}",
            outcome.verdict
        );
        outcome.memory.expect("remembered")
    }

    /// A new client's reason to refuse the tree.
    pub(crate) fn reason(&self) -> Reason {
        reason(self.check(None, START))
    }
}

pub(crate) fn reason(outcome: Outcome) -> Reason {
    match outcome.verdict {
        Verdict::Invalid(reason) => {
            assert_eq!(outcome.targets, None, "nothing is vouched for");
            reason
        }
        other => panic!("{other:?}"),
    }
}

pub(crate) fn sign(draft: &mut Draft, numbers: &[u8]) {
    for number in numbers {
        let signature = secret(*number).sign(draft.message()).to_bytes();
        draft.sign(&key(*number), signature).expect("good");
    }
}

pub(crate) fn check(tree: &Tree, root: &[u8], memory: Option<&Memory>, when: When) -> Outcome {
    let check = Check {
        root,
        memory,
        when,
        max_stale: SignedDuration::ZERO,
    };
    let fetch = |name: &str, _| Ok::<_, std::convert::Infallible>(tree.get(name).cloned());
    let Ok(outcome) = check.run(fetch);
    outcome
}

/// A document with one thing changed, signed anew by these.
pub(crate) fn forged(
    file: &[u8],
    signers: &[u8],
    change: impl FnOnce(&mut BTreeMap<String, Value>),
) -> Vec<u8> {
    let Ok(Value::Map(mut fields)) = json::read(file) else {
        panic!("no document")
    };
    let Some(Value::Map(mut signed)) = fields.remove("signed") else {
        panic!("no document")
    };
    change(&mut signed);
    enveloped(Value::Map(signed), signers)
}

pub(crate) fn enveloped(signed: Value, signers: &[u8]) -> Vec<u8> {
    let message = signed.to_bytes();
    let mut numbers = signers.to_vec();
    numbers.sort_by_key(|number| key(*number).id());
    let one = |number: &u8| {
        let signature = secret(*number).sign(&message).to_bytes();
        Value::map([
            ("keyid", Value::text(&key(*number).id())),
            ("sig", Value::Text(hex::write(&signature))),
        ])
    };
    let signatures = Value::List(numbers.iter().map(one).collect());
    Value::map([("signatures", signatures), ("signed", signed)]).to_bytes()
}

/// The map at a path of keys.
pub(crate) fn inner<'a>(
    map: &'a mut BTreeMap<String, Value>,
    path: &[&str],
) -> &'a mut BTreeMap<String, Value> {
    path.iter().fold(map, |map, name| match map.get_mut(*name) {
        Some(Value::Map(inner)) => inner,
        other => panic!("{name}: {other:?}"),
    })
}
