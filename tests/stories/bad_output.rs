//! Owns the stories of places that cannot or must not be written: a clear sentence, exit code 2, and what was there untouched.
//! Must never accept half an output for an answer.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use crate::repository::{KEY, NOW, Repository, advisory, place, run};

#[test]
fn an_output_directory_inside_or_around_the_input() {
    let repository = Repository::good();
    repository
        .caveat("build --out advisories/public")
        .exits(2)
        .says("which is read from");
    repository
        .caveat("build --out ../repository")
        .exits(2)
        .says("which is read from");
    assert!(repository.path(&place(1)).exists() && !repository.path("advisories/public").exists());
}

#[test]
fn an_output_directory_with_somebody_elses_files() {
    let repository = Repository::good().file("precious/thesis.txt", "years of work");
    repository
        .caveat("build --out precious")
        .exits(2)
        .says("was not made by caveat");
    repository
        .caveat("build --out precious/thesis.txt")
        .exits(2)
        .says("is not a directory");
    symlink("precious", repository.path("link")).unwrap();
    repository
        .caveat("build --out link")
        .exits(2)
        .says("is a symbolic link");
    assert_eq!(
        fs::read_to_string(repository.path("precious/thesis.txt")).unwrap(),
        "years of work"
    );
}

#[test]
fn a_full_disk() {
    let repository = Repository::good();
    run(repository
        .command()
        .env("CAVEAT_KEY", KEY)
        .args(["build", "--out", "public"]))
    .exits(0);
    let before = repository.tree("public");
    let repository = repository.file(&place(2), &advisory(2)).commit(NOW + 60);
    // No file may grow beyond 512 bytes: to the program it looks like a disk that is full.
    let mut command = Command::new("sh");
    command
        .args([
            "-c",
            "ulimit -f 1; trap '' XFSZ; exec \"$0\" build --out public",
        ])
        .arg(env!("CARGO_BIN_EXE_caveat"));
    command
        .current_dir(repository.root())
        .env_clear()
        .env("CAVEAT_KEY", KEY)
        .env("PATH", "/usr/bin:/bin");
    run(&mut command).exits(2).says("cannot write");
    assert_eq!(repository.tree("public"), before);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_fault() {
    let repository = Repository::good();
    let mut command = Command::new("sh");
    command
        .args(["-c", "\"$0\" show x_STORY-2026-0001 --as html | head -c 1"])
        .arg(env!("CARGO_BIN_EXE_caveat"));
    command
        .current_dir(repository.root())
        .env_clear()
        .env("PATH", "/usr/bin:/bin");
    let said = run(&mut command).exits(0);
    assert!(said.err.is_empty(), "{}", said.err);
}

#[test]
fn a_refused_output_leaves_no_directory_behind() {
    let repository = Repository::good();
    repository
        .caveat("build --out keys/out")
        .exits(2)
        .says("is inside or around");
    assert!(!repository.path("keys").exists());
    repository
        .caveat("build --out new/sub/../../advisories/x")
        .exits(2);
    assert!(!repository.path("new").exists());
    repository
        .caveat("build --out .git/evil")
        .exits(2)
        .says("is inside or around");
}

#[test]
fn data_that_cannot_be_written_is_an_error() {
    let full = || {
        std::fs::File::options()
            .write(true)
            .open("/dev/full")
            .unwrap()
    };
    for arguments in [
        "show x_STORY-2026-0001",
        "explain",
        "man",
        "completions bash",
    ] {
        let repository = Repository::good();
        let mut command = repository.command();
        let status = command
            .args(arguments.split(' '))
            .stdout(full())
            .stderr(std::process::Stdio::null())
            .status();
        assert_eq!(status.unwrap().code(), Some(2), "{arguments}");
    }
    let many = Repository::empty().file("pairs", &"1.0 2.0\n".repeat(10_000));
    let mut command = many.command();
    let pairs = fs::File::open(many.path("pairs")).unwrap();
    let status = command
        .args(["compare", "PyPI", "-"])
        .stdin(pairs)
        .stdout(full())
        .status();
    assert_eq!(status.unwrap().code(), Some(2));
}

#[test]
fn the_key_of_this_machine_never_lies_in_the_repository() {
    let repository = Repository::good();
    let mut command = repository.command();
    command
        .env("HOME", repository.root())
        .args(["build", "--out", "../out"]);
    run(&mut command)
        .exits(2)
        .says("would lie in the repository");
    assert!(!repository.path(".local").exists());
}
