//! Owns the proof that readers see the old tree or the new one, and that nothing else is ever lost.
//! Must never look at what a file says.

use std::fs;
use std::path::Path;

use caveat_artifact::{Artifact, Hashing, Sink as _, SitePath};
use caveat_sign::{SecretKey, Stamp, key_artifacts, sign};
use caveat_verify::verify_directory;
use tempfile::TempDir;

use crate::swap::open;
use crate::{Error, Staging, last_seen};

/// As every build does, with the key that it is signed with.
fn publish(out: &Path, files: &[(&str, &str)]) -> Result<(), Error> {
    let key = SecretKey::generate().expect("random");
    let sink = Hashing::new(Staging::beside(out, &[])?);
    let public = *key.public();
    for artifact in key_artifacts(&public, "example.org").expect("paths") {
        sink.put(artifact).expect("written");
    }
    for (path, text) in files {
        let path = SitePath::new(*path).expect("a path");
        sink.put(Artifact::new(path, text.as_bytes().to_vec()))
            .expect("written");
    }
    let (manifest, staging) = sink.finish();
    let stamp = Stamp {
        feed: "example.org".to_owned(),
        issued: "2026-11-20T00:00:00Z".to_owned(),
        ..Stamp::default()
    };
    staging.publish(sign(&manifest, &key, None, &stamp).expect("signed"))?;
    let verdict = verify_directory(out, "example.org", &public).expect("a verdict");
    assert_eq!(verdict.faults, []);
    Ok(())
}

fn names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).expect("readable");
    let mut names: Vec<String> = entries
        .map(|entry| {
            entry
                .expect("readable")
                .file_name()
                .into_string()
                .expect("text")
        })
        .collect();
    names.sort();
    names
}

#[test]
fn a_new_tree_takes_the_place_of_the_old_and_leaves_nothing_beside_it() {
    let room = TempDir::new().expect("a room");
    let out = room.path().join("deep/er/site");
    publish(&out, &[("a/b/c", "1"), ("gone", "1")]).expect("published");
    publish(&out, &[("a/b/c", "2")]).expect("published");
    assert_eq!(fs::read_to_string(out.join("a/b/c")).expect("there"), "2");
    assert!(!out.join("gone").exists());
    assert_eq!(names(out.parent().expect("a parent")), ["site"]);
}

#[test]
fn a_tree_that_is_dropped_was_never_there() {
    let room = TempDir::new().expect("a room");
    let out = room.path().join("site");
    let staging = Staging::beside(&out, &[]).expect("started");
    let path = SitePath::new("a").expect("a path");
    staging
        .put(Artifact::new(path, b"1".to_vec()))
        .expect("written");
    drop(staging);
    assert_eq!(names(room.path()), [] as [&str; 0]);
}

#[test]
fn two_builds_at_once_are_told_and_the_first_one_wins() {
    let room = TempDir::new().expect("a room");
    let out = room.path().join("site");
    let first = Staging::beside(&out, &[]).expect("started");
    assert!(matches!(Staging::beside(&out, &[]), Err(Error::Busy(_))));
    drop(first);
    publish(&out, &[("a", "1")]).expect("published");
    let second = Staging::beside(&out, &[]).expect("started");
    assert!(matches!(Staging::beside(&out, &[]), Err(Error::Busy(_))));
    drop(second);
    assert_eq!(names(room.path()), ["site"]);
    assert_eq!(fs::read_to_string(out.join("a")).expect("there"), "1");
}

#[test]
fn a_lock_ends_with_its_build_though_a_starting_process_still_holds_a_copy() {
    let room = TempDir::new().expect("a room");
    let locked = open(room.path()).expect("locked");
    let copy = locked.0.try_clone().expect("copied");
    assert!(matches!(open(room.path()), Err(Error::Busy(_))));
    drop(locked);
    open(room.path()).expect("free again");
    drop(copy);
}

#[test]
fn what_a_killed_build_left_behind_is_swept_away() {
    let room = TempDir::new().expect("a room");
    let left = room.path().join(".site.caveat-new/old");
    fs::create_dir_all(&left).expect("made");
    fs::write(left.join("file"), "x").expect("written");
    publish(&room.path().join("site"), &[("a", "1")]).expect("published");
    assert_eq!(names(room.path()), ["site"]);
    assert!(!room.path().join("site/old").exists());
}

#[test]
fn a_file_is_written_once() {
    let room = TempDir::new().expect("a room");
    let staging = Staging::beside(&room.path().join("site"), &[]).expect("started");
    let artifact = || Artifact::new(SitePath::new("a").expect("a path"), b"1".to_vec());
    staging.put(artifact()).expect("written");
    assert!(staging.put(artifact()).is_err());
}

#[test]
fn what_somebody_else_put_into_the_tree_is_never_lost() {
    let room = TempDir::new().expect("a room");
    let out = room.path().join("site");
    publish(&out, &[("a/b", "1")]).expect("published");
    for stranger in ["CNAME", ".git/HEAD", "a/c"] {
        let path = out.join(stranger);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(&path, "mine").expect("written");
        let error = publish(&out, &[("a/b", "2")]).expect_err("refused");
        assert!(
            error.to_string().contains(&format!("`{stranger}`")),
            "{error}"
        );
        assert_eq!(fs::read_to_string(&path).expect("there"), "mine");
        fs::remove_file(&path).expect("removed");
    }
    publish(&out, &[("a/b", "2")]).expect("empty directories are nobody's");
}

#[test]
fn a_list_that_nobody_signed_makes_no_tree_ours() {
    let room = TempDir::new().expect("a room");
    let out = room.path().join("site");
    fs::create_dir(&out).expect("made");
    fs::write(out.join("thesis"), "mine").expect("written");
    let sum = "0".repeat(64);
    fs::write(out.join("SHA256SUMS"), format!("{sum}  thesis\n")).expect("written");
    for name in ["SHA256SUMS.sig", "SHA256SUMS.minisig"] {
        fs::write(out.join(name), "").expect("written");
    }
    let refused = |out: &Path| publish(out, &[("a", "2")]).expect_err("refused");
    assert!(matches!(refused(&out), Error::NotOurs { .. }));
    // A key beside it changes nothing: its signatures are looked at.
    let other = room.path().join("other");
    publish(&other, &[("a", "1")]).expect("published");
    fs::create_dir(out.join("keys")).expect("made");
    fs::copy(other.join("keys/feed.pub"), out.join("keys/feed.pub")).expect("copied");
    assert!(matches!(refused(&out), Error::NotOurs { .. }));
    for name in ["SHA256SUMS.sig", "SHA256SUMS.minisig"] {
        fs::copy(other.join(name), out.join(name)).expect("copied");
    }
    let error = refused(&out);
    assert!(matches!(error, Error::NotOurs { .. }), "{error}");
    assert_eq!(
        fs::read_to_string(out.join("thesis")).expect("there"),
        "mine"
    );
}

#[test]
fn what_somebody_changed_in_the_tree_is_never_lost() {
    let room = TempDir::new().expect("a room");
    let out = room.path().join("site");
    publish(&out, &[("a/b", "1"), ("c", "1")]).expect("published");
    fs::write(out.join("a/b"), "by hand").expect("written");
    let error = publish(&out, &[("a/b", "2")]).expect_err("refused");
    assert!(matches!(error, Error::Edited { .. }));
    assert!(error.to_string().contains("`a/b`"), "{error}");
    assert_eq!(
        fs::read_to_string(out.join("a/b")).expect("there"),
        "by hand"
    );
    fs::remove_file(out.join("a/b")).expect("removed");
    std::os::unix::fs::symlink("c", out.join("a/b")).expect("linked");
    let error = publish(&out, &[("a/b", "2")]).expect_err("refused");
    assert!(matches!(error, Error::Stranger { .. }), "{error}");
    fs::remove_file(out.join("a/b")).expect("removed");
    publish(&out, &[("a/b", "2")]).expect("what is gone can be lost by nobody");
}

#[test]
fn a_tree_that_a_killed_swap_put_aside_is_still_what_readers_saw() {
    let room = TempDir::new().expect("a room");
    let (target, old) = (
        room.path().join("site"),
        room.path().join(".site.caveat-old"),
    );
    assert_eq!(last_seen(&target), target);
    fs::create_dir(&old).expect("made");
    assert_eq!(last_seen(&target), old);
    fs::create_dir(&target).expect("made");
    assert_eq!(last_seen(&target), target);
}

#[test]
fn what_a_killed_swap_left_behind_is_in_nobodys_way() {
    let room = TempDir::new().expect("a room");
    let (new, target) = (
        room.path().join(".site.caveat-new"),
        room.path().join("site"),
    );
    let old = room.path().join(".site.caveat-old");
    for directory in [&new, &target, &old] {
        fs::create_dir(directory).expect("made");
        fs::write(directory.join("x"), directory.to_string_lossy().as_bytes()).expect("written");
    }
    crate::swap::in_two_steps(&new, &target).expect("swapped");
    assert!(
        fs::read_to_string(target.join("x"))
            .expect("there")
            .ends_with("new")
    );
    assert_eq!(names(room.path()), [".site.caveat-new", "site"]);
}
