//! Owns a feed with keys that are numbers, and documents signed by hand.
//! Must never be clever: good trees are made by the crate.

use std::collections::BTreeMap;

use caveat_tuf::{
    Chain, DIRECTORY, Draft, Edition, Fingerprint, Holders, Key, Keyring, Lifetimes, Press,
    Refusal, Role, Signer, State,
};
use ed25519_dalek::{Signer as _, SigningKey};
use jiff::{SignedDuration, Timestamp as Time};

/// Files by path below the site.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// The only error of this program is a fault of it.
fn good<T, E: std::fmt::Debug>(result: Result<T, E>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("{error:?}"),
    }
}

fn secret(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32])
}

pub(crate) fn key(number: u8) -> Key {
    good(Key::from_bytes(secret(number).verifying_key().as_bytes()))
}

struct Hand<'a>(&'a [u8]);

impl Signer for Hand<'_> {
    fn sign(&mut self, _: Role, asked: &Key, message: &[u8]) -> Result<Option<[u8; 64]>, Refusal> {
        let held = self.0.iter().find(|number| key(**number) == *asked);
        Ok(held.map(|number| secret(*number).sign(message).to_bytes()))
    }
}

/// Two of these for root; one for what is published, one for the timestamp.
pub(crate) fn keyring(root: &[u8], publish: u8, freshness: u8) -> Keyring {
    let holders = |role, numbers: &[u8], threshold| {
        let keys: Vec<_> = numbers.iter().map(|number| key(*number)).collect();
        good(Holders::new(role, &keys, threshold))
    };
    Keyring {
        root: holders(Role::Root, root, 2),
        targets: holders(Role::Targets, &[publish], 1),
        snapshot: holders(Role::Snapshot, &[publish], 1),
        timestamp: holders(Role::Timestamp, &[freshness], 1),
    }
}

#[derive(Clone)]
pub(crate) struct Feed {
    chain: Chain,
    state: Option<State>,
    keys: Vec<u8>,
    ends: Time,
    pub(crate) tree: Tree,
    pub(crate) bundle: String,
}

impl Feed {
    /// Roots 1, 2 and 3; key 10 publishes, key 20 keeps fresh.
    pub(crate) fn new(now: Time) -> Self {
        let ends = good(now.checked_add(SignedDuration::from_hours(24 * 365)));
        let mut draft = good(Draft::first(keyring(&[1, 2, 3], 10, 20), ends));
        sign(&mut draft, &[1, 2]);
        Self {
            chain: good(Chain::begin(good(draft.finish()))),
            state: None,
            keys: vec![10, 20],
            ends,
            tree: Tree::new(),
            bundle: String::new(),
        }
    }

    pub(crate) fn root(&self) -> Vec<u8> {
        self.chain
            .get(1)
            .map(|(_, bytes)| bytes.to_vec())
            .unwrap_or_default()
    }

    fn press(&self, now: Time) -> Press<'_> {
        Press {
            chain: &self.chain,
            state: self.state.as_ref(),
            now,
            lifetimes: Lifetimes::default(),
        }
    }

    /// Publishes a bundle and an index.
    pub(crate) fn publish(&mut self, now: Time, bundle: &str) {
        let files = [
            ("all.zip", bundle.to_owned()),
            ("index.json", format!("[\"{bundle}\"]")),
        ];
        for (name, text) in &files {
            let path = caveat_tuf::target_path(name, &Fingerprint::of(text.as_bytes()));
            self.tree
                .insert(format!("{DIRECTORY}{path}"), text.clone().into_bytes());
        }
        let listed = files
            .iter()
            .map(|(name, text)| ((*name).to_owned(), Fingerprint::of(text.as_bytes())));
        self.publish_files(now, listed.collect());
        bundle.clone_into(&mut self.bundle);
    }

    /// Publishes a list; says how long its metadata is.
    pub(crate) fn publish_files(
        &mut self,
        now: Time,
        files: BTreeMap<String, Fingerprint>,
    ) -> usize {
        let edition = good(self.press(now).publish(files, &mut Hand(&self.keys)));
        let bytes = edition.files.iter().map(|(_, bytes)| bytes.len()).sum();
        self.let_out(edition);
        bytes
    }

    pub(crate) fn heartbeat(&mut self, now: Time) {
        let edition = good(self.press(now).heartbeat(&mut Hand(&self.keys)));
        self.let_out(edition);
    }

    fn let_out(&mut self, edition: Edition) {
        self.tree.extend(edition.files);
        self.state = Some(edition.state);
    }

    /// A new root, signed by these.
    pub(crate) fn rotate(&mut self, root: &[u8], publish: u8, freshness: u8, signers: &[u8]) {
        let bytes = self.next_root(root, publish, freshness, signers);
        good(self.chain.add(bytes));
        self.keys = vec![publish, freshness];
    }

    /// The next root, whether enough have signed or not.
    pub(crate) fn next_root(
        &self,
        root: &[u8],
        publish: u8,
        freshness: u8,
        signers: &[u8],
    ) -> Vec<u8> {
        let mut draft = good(Draft::next(
            self.chain.newest(),
            keyring(root, publish, freshness),
            self.ends,
        ));
        sign(&mut draft, signers);
        draft.to_bytes()
    }

    /// This tree with a file in it.
    pub(crate) fn with(&self, name: &str, bytes: impl Into<Vec<u8>>) -> Tree {
        let mut tree = self.tree.clone();
        tree.insert(format!("{DIRECTORY}{name}"), bytes.into());
        tree
    }

    /// A file as text.
    pub(crate) fn text(&self, name: &str) -> String {
        let bytes = self.tree.get(&format!("{DIRECTORY}{name}")).cloned();
        good(String::from_utf8(bytes.unwrap_or_default()))
    }
}

fn sign(draft: &mut Draft, numbers: &[u8]) {
    for number in numbers {
        let signature = secret(*number).sign(draft.message()).to_bytes();
        good(draft.sign(&key(*number), signature));
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value & 15)]);
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(*byte)])
        .collect()
}

/// A document with its signed part changed, and signed anew.
pub(crate) fn forged(file: &str, signers: &[u8], change: impl FnOnce(&str) -> String) -> String {
    let (_, signed) = file.split_once(",\"signed\":").unwrap_or_default();
    let signed = change(&signed[..signed.len() - 1]);
    let mut signers: Vec<_> = signers
        .iter()
        .map(|number| (key(*number).id(), *number))
        .collect();
    signers.sort();
    let one = |(id, number): &(caveat_tuf::KeyId, u8)| {
        let signature = secret(*number).sign(signed.as_bytes()).to_bytes();
        let hex = hex(&signature);
        format!("{{\"keyid\":\"{id}\",\"sig\":\"{hex}\"}}")
    };
    let signatures: Vec<_> = signers.iter().map(one).collect();
    format!(
        "{{\"signatures\":[{}],\"signed\":{signed}}}",
        signatures.join(",")
    )
}
