//! Owns the proof that a crash leaves the old tree or the new one: a child that dies at every step of a publication.
//! Must never trust a tree that does not verify.

use std::collections::BTreeMap;
use std::fs;
use std::io::{IsTerminal as _, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::Ordering;

use caveat_artifact::{Artifact, Hashing, Manifest, Sink as _, SitePath};
use caveat_sign::{Bundle, Hand, Hands, Renewal, SecretKey, Stamp, key_artifacts, sign};
use caveat_tuf::{Chain, Draft, Holders, Key, Keyring, Lifetimes, Press, Role, State};
use caveat_verify::{SUMS, verify_directory};
use jiff::Timestamp;
use tempfile::TempDir;

use crate::Staging;
use crate::step::dying::LEFT;

/// A key for tests only; its secret is here for all to see.
const KEY: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";
const FEED: &str = "example.org";

fn key() -> SecretKey {
    SecretKey::parse(KEY).expect("a key")
}

fn time(day: u8) -> Timestamp {
    format!("2026-11-{day}T00:00:00Z").parse().expect("a time")
}

/// A line of one root, by the one key.
fn chain() -> Chain {
    let public = Key::from_bytes(key().public().as_bytes()).expect("good");
    let holders = |role| Holders::new(role, &[public], 1).expect("good");
    let keyring = Keyring {
        root: holders(Role::Root),
        targets: holders(Role::Targets),
        snapshot: holders(Role::Snapshot),
        timestamp: holders(Role::Timestamp),
    };
    let end = "2027-11-20T00:00:00Z".parse().expect("a time");
    let mut draft = Draft::first(keyring, end).expect("good");
    let signature = key().sign(draft.message()).expect("signed");
    draft.sign(&public, signature).expect("fits");
    Chain::begin(draft.finish().expect("whole")).expect("good")
}

fn press<'a>(chain: &'a Chain, state: Option<&'a State>, day: u8) -> Press<'a> {
    Press {
        chain,
        state,
        now: time(day),
        lifetimes: Lifetimes::default(),
    }
}

/// With the number of the signing.
fn stamp(day: u8, seq: u64) -> Stamp {
    Stamp {
        feed: FEED.to_owned(),
        issued: time(day).to_string(),
        seq: Some(seq),
        expires: None,
    }
}

/// The list of a tree of which every file says which tree it is of, signed as its edition.
fn bundle(manifest: &Manifest, tree: &str) -> (Bundle, State) {
    let (key, chain) = (key(), chain());
    let sign_as = |seq, day, state: Option<&State>| {
        let hand: &dyn Hand = &key;
        let mut hands = Hands {
            publish: &[hand],
            freshness: &[hand],
        };
        let bundle = sign(manifest, hand, None, &stamp(day, seq)).expect("signed");
        let files = BTreeMap::from([("index.json".to_owned(), b"{}\n".to_vec())]);
        let press = press(&chain, state, day);
        bundle
            .with_edition(&press, files, &mut hands)
            .expect("signed")
    };
    let old = sign_as(1, 20, None);
    if tree == "old" {
        old
    } else {
        sign_as(2, 21, Some(&old.1))
    }
}

/// Trees of which every file says which tree it is of.
fn write(out: &Path, tree: &str) -> (Staging, Bundle) {
    let sink = Hashing::new(Staging::beside(out, &[]).expect("started"));
    for artifact in key_artifacts(key().public(), FEED).expect("paths") {
        sink.put(artifact).expect("written");
    }
    for path in ["a", "b/c", "b/d/e", tree] {
        let path = SitePath::new(path).expect("a path");
        sink.put(Artifact::new(path, tree.as_bytes().to_vec()))
            .expect("written");
    }
    let (manifest, staging) = sink.finish();
    let bundle = bundle(&manifest, tree).0;
    (staging, bundle)
}

/// Says of the old tree that it is still the newest, a day later.
fn renew(out: &Path) {
    let sums = fs::read(out.join(SUMS)).expect("there");
    let manifest = Manifest::parse_sums(&sums).expect("a list");
    let (key, chain, state) = (key(), chain(), bundle(&manifest, "old").1);
    let hand: &dyn Hand = &key;
    let mut hands = Hands {
        publish: &[hand],
        freshness: &[hand],
    };
    let renewal = Renewal::timestamp(&press(&chain, Some(&state), 21), &mut hands);
    let files = manifest.files().len();
    let renewal =
        renewal.and_then(|renewal| renewal.with_minisign(&sums, files, hand, &stamp(20, 2)));
    let staging = Staging::over(out).expect("started");
    staging.renew(renewal.expect("signed")).expect("renewed");
}

/// Which tree is out; it is whole, whichever it is.
fn seen(out: &Path) -> Option<String> {
    if !out.exists() {
        return None;
    }
    let verdict = verify_directory(out, FEED, key().public()).expect("a verdict");
    assert_eq!(verdict.faults, []);
    let tree = fs::read_to_string(out.join("a")).expect("there");
    assert_eq!(fs::read_to_string(out.join("b/d/e")).expect("there"), tree);
    Some(tree)
}

/// Runs only as a child of the test below: its orders come by a pipe.
#[test]
#[ignore = "a child of another test"]
fn a_child_that_dies() {
    let mut orders = String::new();
    if std::io::stdin().is_terminal() {
        return;
    }
    std::io::stdin()
        .read_to_string(&mut orders)
        .expect("orders");
    let mut orders = orders.lines();
    let (Some(steps), Some(how), Some(out)) = (orders.next(), orders.next(), orders.next()) else {
        return;
    };
    LEFT.store(steps.parse().expect("a number"), Ordering::SeqCst);
    let out = Path::new(out);
    if how == "renewal" {
        return renew(out);
    }
    let (staging, bundle) = write(out, "new");
    if how == "two steps" {
        staging.publish_in_two_steps(bundle).expect("published");
    } else {
        staging.publish(bundle).expect("published");
    }
}

/// Whether the child came to its end.
fn child(steps: usize, how: &str, out: &Path) -> bool {
    let mut child = Command::new(std::env::current_exe().expect("this test"))
        .args(["crash::a_child_that_dies", "--exact", "--ignored"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("started");
    let orders = format!("{steps}\n{how}\n{}\n", out.display());
    let mut pipe = child.stdin.take().expect("a pipe");
    pipe.write_all(orders.as_bytes()).expect("given");
    drop(pipe);
    child.wait().expect("an end").success()
}

/// In memory where there is a place for it: a publication waits for the disk.
fn room() -> TempDir {
    let memory = TempDir::new_in("/dev/shm");
    memory.or_else(|_| TempDir::new()).expect("a room")
}

/// Lets the child die at its first step, its second, and so on: what was out each time, and after the next publisher.
fn deaths(how: &str, first: bool) -> Vec<Option<String>> {
    let mut all = Vec::new();
    for steps in 1.. {
        let room = room();
        let out = room.path().join("site");
        if !first {
            let (staging, bundle) = write(&out, "old");
            staging.publish(bundle).expect("published");
        }
        let ended = child(steps, how, &out);
        let found = seen(&out);
        if ended {
            assert_eq!(found.as_deref(), Some("new"));
            return all;
        }
        // Whoever comes next finds a tree to compare with, and nothing beside it is in the way.
        drop(Staging::beside(&out, &[]).expect("started"));
        let after = seen(&out);
        assert!(
            first || after.is_some(),
            "{how}: no tree after step {steps}"
        );
        assert!(found.is_none() || after == found);
        let left = fs::read_dir(room.path()).expect("readable").count();
        assert_eq!(left, usize::from(after.is_some()), "{how}: step {steps}");
        all.push(found);
    }
    all
}

#[test]
fn killed_at_every_write_readers_see_the_old_tree_or_the_new_one() {
    for first in [true, false] {
        let old = if first { None } else { Some("old".to_owned()) };
        let found = deaths("exchange", first);
        let new = Some("new".to_owned());
        assert!(found.len() > 15, "{found:?}");
        assert!(found.is_sorted_by_key(|seen| *seen == new), "{found:?}");
        assert!(
            found.iter().all(|seen| *seen == old || *seen == new),
            "{found:?}"
        );
        assert_eq!(found.last(), Some(&new));
    }
}

#[test]
fn without_an_exchange_the_next_publisher_brings_the_old_tree_back() {
    let found = deaths("two steps", false);
    let none = found.iter().filter(|seen| seen.is_none()).count();
    assert_eq!(none, 1, "{found:?}");
}

#[test]
fn killed_at_every_write_a_renewal_leaves_the_old_timestamp_or_the_new_one() {
    let mut found = Vec::new();
    for steps in 1.. {
        let room = room();
        let out = room.path().join("site");
        let (staging, bundle) = write(&out, "old");
        staging.publish(bundle).expect("published");
        let ended = child(steps, "renewal", &out);
        assert_eq!(seen(&out).as_deref(), Some("old"), "step {steps}");
        let timestamp = fs::read_to_string(out.join("tuf/timestamp.json")).expect("there");
        let new = timestamp.contains("\"version\":2}}");
        // Whoever comes next sweeps, and finds a tree that is ours.
        drop(Staging::beside(&out, &[]).expect("started"));
        let left = fs::read_dir(room.path()).expect("readable").count();
        assert_eq!(left, 1, "step {steps}");
        if ended {
            assert!(new);
            break;
        }
        found.push(new);
    }
    assert!(found.len() > 8 && found.is_sorted(), "{found:?}");
}
