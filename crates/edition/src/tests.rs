//! Owns the proof that an edition lists all records once, and that what readers may still ask for stays.

use std::collections::BTreeMap;
use std::convert::Infallible;

use caveat_artifact::PathError;
use caveat_tuf::{
    Chain, Draft, Fingerprint, Holders, Key, Keyring, Lifetimes, Press, Refusal, Role, Signer,
    State,
};
use ed25519_dalek::{Signer as _, SigningKey};
use jiff::{SignedDuration, Timestamp};

use crate::*;

#[test]
fn an_index_of_many_has_all_parts_and_each_record_in_one() {
    let records = |count: usize| {
        let one = |number| {
            (
                format!("X-{number}"),
                Entry::of(b"{}", &"2026-11-22T00:00:00Z"),
            )
        };
        index((0..count).map(one).collect())
    };
    let whole = records(2000);
    assert_eq!(whole.keys().collect::<Vec<_>>(), ["index.json"]);
    let parts = records(2001);
    assert_eq!(parts.len(), 256);
    assert!(parts.contains_key("index-00.json") && parts.contains_key("index-ff.json"));
    let count = |bytes: &Vec<u8>| {
        let read: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
        read.as_object().expect("an object").len()
    };
    assert_eq!(parts.values().map(count).sum::<usize>(), 2001);
    // SHA-256 of "X-7" begins with this byte.
    let part = &parts[&format!("index-{}.json", &caveat_artifact::sha256(b"X-7")[..2])];
    let read: serde_json::Value = serde_json::from_slice(part).expect("JSON");
    assert_eq!(read["X-7"]["length"], 2);
    assert_eq!(read["X-7"]["sha256"], caveat_artifact::sha256(b"{}"));
}

#[test]
fn an_index_of_nothing_is_an_object_all_the_same() {
    let none = index(BTreeMap::new());
    assert_eq!(none["index.json"], b"{}\n");
}

struct Hand(SigningKey);

impl Signer for Hand {
    fn sign(&mut self, _: Role, _: &Key, message: &[u8]) -> Result<Option<[u8; 64]>, Refusal> {
        Ok(Some(self.0.sign(message).to_bytes()))
    }
}

type Tree = BTreeMap<String, Vec<u8>>;

/// A feed of one key.
struct Feed {
    chain: Chain,
    states: Vec<State>,
    tree: Tree,
}

fn time(text: &str) -> Timestamp {
    format!("2026-{text}T12:00:00Z").parse().expect("a time")
}

impl Feed {
    fn new() -> Self {
        let secret = SigningKey::from_bytes(&[7; 32]);
        let key = Key::from_bytes(secret.verifying_key().as_bytes()).expect("good");
        let holders = |role| Holders::new(role, &[key], 1).expect("good");
        let keyring = Keyring {
            root: holders(Role::Root),
            targets: holders(Role::Targets),
            snapshot: holders(Role::Snapshot),
            timestamp: holders(Role::Timestamp),
        };
        let mut draft = Draft::first(keyring, time("12-31")).expect("good");
        let signature = secret.sign(draft.message()).to_bytes();
        draft.sign(&key, signature).expect("fits");
        let chain = Chain::begin(draft.finish().expect("whole")).expect("good");
        let (states, tree) = (Vec::new(), Tree::new());
        Self {
            chain,
            states,
            tree,
        }
    }

    fn publish(&mut self, day: &str, text: &str) {
        let press = Press {
            chain: &self.chain,
            state: self.states.first(),
            now: time(day),
            lifetimes: Lifetimes::default(),
        };
        let files = BTreeMap::from([("all.zip".to_owned(), Fingerprint::of(text.as_bytes()))]);
        let mut hand = Hand(SigningKey::from_bytes(&[7; 32]));
        let edition = press.publish(files, &mut hand).expect("signed");
        let below = |(path, bytes): (String, Vec<u8>)| (path[4..].to_owned(), bytes);
        self.tree.extend(edition.files.into_iter().map(below));
        for path in edition.targets.values() {
            self.tree.insert(path[4..].to_owned(), text.into());
        }
        self.states.insert(0, edition.state);
    }

    fn kept(&self, day: &str, tree: &Tree) -> Vec<String> {
        let states = self.states.iter().cloned().map(Ok::<_, Infallible>);
        let room = Superseded::room(SignedDuration::from_hours(24 * 7));
        let Ok(old) = Superseded::among(states, time(day), room);
        let kept = old.kept(|name| Ok::<_, PathError>(tree.get(name).cloned()));
        let paths = kept.expect("paths").into_iter().map(|kept| kept.path);
        paths.map(|path| path.to_string()).collect()
    }
}

#[test]
fn what_a_timestamp_still_leads_to_stays_for_its_life_and_a_week() {
    let mut feed = Feed::new();
    for (day, text) in [("10-01", "one"), ("11-01", "two"), ("11-20", "three")] {
        feed.publish(day, text);
    }
    let kept = feed.kept("11-21", &feed.tree);
    let documents = [
        "tuf/2.snapshot.json",
        "tuf/2.targets.json",
        "tuf/3.snapshot.json",
        "tuf/3.targets.json",
    ];
    assert_eq!(kept[..4], documents);
    assert_eq!(kept.len(), 6, "{kept:?}");
    // The second one ended on 11-20, the first one on 11-01.
    assert_eq!(feed.kept("12-04", &feed.tree).len(), 6);
    assert_eq!(feed.kept("12-05", &feed.tree).len(), 3);
    assert_eq!(feed.kept("11-15", &feed.tree).len(), 9);
}

#[test]
fn a_list_that_is_not_what_was_signed_leads_to_nothing() {
    let mut feed = Feed::new();
    feed.publish("11-20", "one");
    let mut tree = feed.tree.clone();
    tree.get_mut("1.targets.json").expect("there").push(b' ');
    let kept = feed.kept("11-21", &tree);
    assert_eq!(kept, ["tuf/1.snapshot.json", "tuf/1.targets.json"]);
}

#[test]
fn what_an_old_client_would_refuse_is_not_proven() {
    let mut feed = Feed::new();
    feed.publish("11-20", "one");
    let first = feed.tree.clone();
    feed.publish("11-21", "two");
    let proof = |before: &Tree, after: &Tree| {
        let read = |tree: &Tree, name: &str| tree.get(name).cloned();
        let (before, after) = (
            |name: &str| read(before, name),
            |name: &str| read(after, name),
        );
        prove(&feed.chain, time("11-21"), before, after).map_err(|error| error.to_string())
    };
    assert_eq!(proof(&first, &feed.tree), Ok(time("11-28")));
    assert_eq!(proof(&Tree::new(), &feed.tree), Ok(time("11-28")));
    let said = proof(&feed.tree, &first).expect_err("behind");
    assert!(
        said.contains("knows what is out would call it behind"),
        "{said}"
    );
    let said = proof(&Tree::new(), &Tree::new()).expect_err("nothing");
    assert!(said.contains("invalid"), "{said}");
}
