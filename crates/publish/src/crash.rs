//! Owns the proof that a crash leaves the old tree or the new one: a child that dies at every step of a publication.
//! Must never trust a tree that does not verify.

use std::fs;
use std::io::{IsTerminal as _, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::Ordering;

use caveat_artifact::{Artifact, Hashing, Sink as _, SitePath};
use caveat_sign::{Bundle, SecretKey, Stamp, key_artifacts, sign};
use caveat_verify::verify_directory;
use tempfile::TempDir;

use crate::Staging;
use crate::step::dying::LEFT;

/// A key for tests only; its secret is here for all to see.
const KEY: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";
const FEED: &str = "example.org";

/// Trees of which every file says which tree it is of.
fn write(out: &Path, tree: &str) -> (Staging, Bundle) {
    let sink = Hashing::new(Staging::beside(out, &[]).expect("started"));
    let key = SecretKey::parse(KEY).expect("a key");
    for artifact in key_artifacts(&key.public().expect("good"), FEED).expect("paths") {
        sink.put(artifact).expect("written");
    }
    for path in ["a", "b/c", "b/d/e", tree] {
        let path = SitePath::new(path).expect("a path");
        sink.put(Artifact::new(path, tree.as_bytes().to_vec()))
            .expect("written");
    }
    let (manifest, staging) = sink.finish();
    let stamp = Stamp {
        feed: FEED.to_owned(),
        issued: "2026-11-20T00:00:00Z".to_owned(),
    };
    (staging, sign(&manifest, &key, &stamp).expect("signed"))
}

/// Which tree is out; it is whole, whichever it is.
fn seen(out: &Path) -> Option<String> {
    if !out.exists() {
        return None;
    }
    let key = SecretKey::parse(KEY)
        .and_then(|key| key.public())
        .expect("a key");
    let verdict = verify_directory(out, FEED, &key).expect("a verdict");
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
