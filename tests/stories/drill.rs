//! Owns the story of people who hold the keys of a feed: all four ceremonies in a row, and readers of every age after each.
//! Must never know how the scripts do it: `tests/ceremonies/drill.sh` runs them as people do, and fails where a reader would.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::repository::{Outcome, run};

fn place(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

fn drill(room: &Path) -> Outcome {
    let mut command = Command::new("bash");
    command
        .arg(place("tests/ceremonies/drill.sh"))
        .args([Path::new(env!("CARGO_BIN_EXE_caveat")), room])
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin");
    run(&mut command).exits(0)
}

/// What is printed after a heading of the drill, and before the next.
fn told<'a>(outcome: &'a Outcome, ceremony: &str) -> &'a str {
    let parts = outcome.out.split("\n#### ");
    let parts = parts.filter(|part| part.starts_with(ceremony));
    parts.last().unwrap()
}

#[test]
fn old_and_new_readers_follow_three_rotations_a_theft_and_a_loss() {
    let room = TempDir::new().unwrap();
    let outcome = drill(room.path());
    assert!(
        outcome.out.ends_with("#### done: 6 ages\n"),
        "{}",
        outcome.out
    );
    let ages = [
        "first",
        "publisher",
        "person",
        "freshness",
        "compromise",
        "loss",
    ];
    for (at, now) in ages.iter().enumerate() {
        for before in &ages[..at] {
            let line = format!("\n{now}: who looked at {before} last takes it\n");
            assert!(outcome.out.contains(&line), "{line}\n{}", outcome.out);
        }
    }
    for ceremony in ["init.sh", "rotate.sh", "compromise.sh"] {
        let told = told(&outcome, ceremony);
        assert!(told.contains("== Look as a new reader"), "{told}");
    }
    for ceremony in ["rotate.sh", "compromise.sh"] {
        assert!(told(&outcome, ceremony).contains("== Look as an old reader"));
    }
    let theft = told(&outcome, "compromise.sh");
    assert!(
        theft.contains("the list of revoked keys names publish-b\n"),
        "{theft}"
    );
    let told = told(&outcome, "loss.sh");
    let told = told.split_once('\n').unwrap().1.trim();
    snapbox::assert_data_eq!(
        told.to_owned() + "\n",
        snapbox::Data::read_from(&place("tests/ceremonies/too-few.txt"), None).raw()
    );
    let (steps, private) = (
        room.path().join("trees/steps.tsv"),
        room.path().join("private"),
    );
    assert_eq!(fs::read_to_string(steps).unwrap().lines().count(), 9);
    no_key_is_printed(&private, &outcome);
}

fn no_key_is_printed(private: &Path, outcome: &Outcome) {
    let mut seen = 0;
    for entry in fs::read_dir(private).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        for line in text.lines().filter(|_| path.extension().is_none()) {
            let secret = line.len() > 40 && !line.starts_with("-----");
            seen += u32::from(secret);
            assert!(!secret || !outcome.out.contains(line), "{}", path.display());
            assert!(!secret || !outcome.err.contains(line), "{}", path.display());
        }
    }
    assert!(seen > 0, "keys were looked for");
}

#[test]
fn a_ceremony_asks_before_what_cannot_be_taken_back_and_nobody_answers_for_people() {
    let repository = crate::repository::Repository::good();
    let keys = TempDir::new().unwrap();
    let ana = keys.path().join("ana.pub");
    fs::write(&ana, crate::repository::PUBLIC).unwrap();
    let mut command = Command::new("bash");
    command
        .arg(place("docs/ceremonies/init.sh"))
        .arg("--private")
        .arg(keys.path())
        .arg(format!("ana={}", ana.display()))
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("HOME", keys.path())
        .current_dir(repository.root())
        .stdin(std::process::Stdio::null());
    run(&mut command).exits(2).says("nothing was done");
    assert!(!repository.path("keys").exists());
}

/// `rotate.sh` in a feed of its own, with a `caveat` that says no to one command and yes to all others.
fn rotated(repository: &crate::repository::Repository, no_to: &str) -> Command {
    let programs = repository.root().join("../programs");
    fs::create_dir_all(&programs).unwrap();
    let stub = programs.join("caveat");
    fs::write(
        &stub,
        format!("#!/bin/sh\ncase \"$*\" in\n{no_to}) echo no >&2; exit 5;;\nesac\n"),
    )
    .unwrap();
    fs::set_permissions(&stub, fs::Permissions::from_mode(0o700)).unwrap();
    let mut command = Command::new("bash");
    command
        .arg(place("docs/ceremonies/rotate.sh"))
        .args(["--yes", "--private", "../private", "publish", "publish-2"])
        .env_clear()
        .env(
            "PATH",
            format!("{}:/usr/local/bin:/usr/bin:/bin", programs.display()),
        )
        .env("HOME", &programs)
        .current_dir(repository.root());
    command
}

#[test]
fn a_ceremony_ends_where_a_command_of_it_fails() {
    let repository = crate::repository::Repository::good().commit(crate::repository::NOW);
    let outcome = run(&mut rotated(&repository, "'keys root status'")).exits(5);
    assert!(outcome.out.ends_with("$ caveat keys root status\n"));
    let mut again = rotated(&repository, "'keys rotate'*");
    let outcome = run(&mut again).exits(5);
    assert!(
        outcome
            .out
            .contains("== Again: `rotate.sh publish publish-2`"),
        "{}",
        outcome.out
    );
}

#[test]
fn a_ceremony_that_was_left_half_way_is_not_taken_for_another() {
    let repository = crate::repository::Repository::good().commit(crate::repository::NOW);
    let repository = repository.file("keys/publish-b.pub", crate::repository::PUBLIC);
    run(&mut rotated(&repository, "never"))
        .exits(2)
        .says("there is something in the work tree that is not committed");
    fs::write(
        repository.path(".git/caveat-ceremony"),
        "rotate.sh publish publish-b\n",
    )
    .unwrap();
    let begun =
        "`rotate.sh publish publish-b` was begun here, and not finished: run it again as it was";
    run(&mut rotated(&repository, "never"))
        .exits(2)
        .says(begun)
        .says("git reset -q -- keys; git checkout -q -- keys; git clean -d -f -- keys; rm .git/caveat-ceremony");
    // Also where all that it did is committed: its end is still to come.
    let repository = repository.commit(crate::repository::NOW + 1);
    run(&mut rotated(&repository, "never")).exits(2).says(begun);
    fs::write(repository.path(".git/index.lock"), "").unwrap();
    run(&mut rotated(&repository, "never"))
        .exits(2)
        .says("where no git runs, remove it");
}
