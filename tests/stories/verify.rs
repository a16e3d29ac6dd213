//! Owns the stories of readers: what `caveat verify` says about a copy.
//! Must never trust the copy's own word in a test of trust.

use std::fs;

use crate::repository::{KEY, PUBLIC, Repository, run};

fn published() -> Repository {
    let repository = Repository::good().file("../trusted.pub", PUBLIC);
    run(repository
        .command()
        .env("CAVEAT_KEY", KEY)
        .args(["build", "--out", "public"]))
    .exits(0);
    repository
}

#[test]
fn a_whole_copy_is_valid() {
    let repository = published();
    repository
        .caveat("verify public --key ../trusted.pub")
        .exits(0)
        .says("valid: ");
    repository
        .caveat("verify public")
        .exits(0)
        .says("consistent: ");
}

#[test]
fn every_file_that_is_missing_extra_or_changed_is_named() {
    let repository = published();
    let page = repository.path("public/advisories/x_STORY-2026-0001/index.html");
    let mut bytes = fs::read(&page).unwrap();
    bytes[10] ^= 1;
    fs::write(page, bytes).unwrap();
    fs::remove_file(repository.path("public/feed.atom")).unwrap();
    fs::write(repository.path("public/osv/x_STORY-2026-0666.json"), "{}").unwrap();
    std::os::unix::fs::symlink("index.html", repository.path("public/link")).unwrap();
    let said = repository
        .caveat("verify public --key ../trusted.pub")
        .exits(1);
    for expected in [
        "changed: advisories/x_STORY-2026-0001/index.html",
        "missing: feed.atom",
        "extra: osv/x_STORY-2026-0666.json",
        "not a file: link",
        "invalid: 4 faults",
    ] {
        assert!(
            said.err.contains(expected),
            "no {expected} in\n{}",
            said.err
        );
    }
}

#[test]
fn a_copy_whose_signatures_are_directories_is_signed_by_nobody() {
    let repository = published();
    for name in ["SHA256SUMS.sig", "SHA256SUMS.minisig"] {
        let path = repository.path(&format!("public/{name}"));
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
    }
    repository
        .caveat("verify public --key ../trusted.pub")
        .exits(1)
        .says("not a file: SHA256SUMS.sig")
        .says("not a file: SHA256SUMS.minisig")
        .says("invalid: ");
}

#[test]
fn a_changed_list_is_refused_by_both_signatures() {
    let repository = published();
    let path = repository.path("public/SHA256SUMS");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen('a', "b", 1)).unwrap();
    repository
        .caveat("verify public --key ../trusted.pub")
        .exits(1)
        .says("SHA256SUMS.sig: it does not fit")
        .says("SHA256SUMS.minisig: it does not fit");
}

#[test]
fn a_missing_signature_is_no_pass() {
    let repository = published();
    fs::remove_file(repository.path("public/SHA256SUMS.sig")).unwrap();
    repository
        .caveat("verify public --key ../trusted.pub")
        .exits(1)
        .says("missing: SHA256SUMS.sig");
}

#[test]
fn a_copy_signed_by_somebody_else_is_refused() {
    let repository = Repository::good().file("../trusted.pub", PUBLIC);
    repository.caveat("build --out public").exits(0);
    repository
        .caveat("verify public --key ../trusted.pub")
        .exits(1)
        .says("it was made with another key");
}

#[test]
fn a_copy_of_another_feed_is_refused() {
    let repository = published();
    repository
        .caveat("verify public --key ../trusted.pub --feed other.example.org")
        .exits(1)
        .says("it was made for the namespace");
}

#[test]
fn a_directory_without_a_list_has_no_verdict() {
    let repository = published();
    fs::remove_file(repository.path("public/SHA256SUMS")).unwrap();
    repository
        .caveat("verify public --key ../trusted.pub")
        .exits(2)
        .says("it has no SHA256SUMS");
}

#[test]
fn with_a_trusted_key_a_copy_without_its_own_is_invalid_not_a_puzzle() {
    let repository = published();
    fs::remove_file(repository.path("public/keys/feed.pub")).unwrap();
    repository
        .caveat("verify public --key ../trusted.pub")
        .exits(1)
        .says("invalid: 1 fault");
    repository.caveat("verify public").exits(1);
}

#[test]
fn what_is_no_file_is_never_opened() {
    for name in [
        "SHA256SUMS",
        "SHA256SUMS.sig",
        "SHA256SUMS.minisig",
        "keys/feed.pub",
    ] {
        for make in ["mkfifo", "ln -s /dev/zero", "mkdir"] {
            let repository = published();
            let path = repository.path("public").join(name);
            fs::remove_file(&path).unwrap();
            let mut words = make.split(' ');
            let made = std::process::Command::new(words.next().unwrap())
                .args(words)
                .arg(&path)
                .status();
            assert!(made.unwrap().success());
            repository
                .caveat("verify public --key ../trusted.pub --feed story.example.org")
                .exits(1);
            repository.caveat("verify public").exits(1);
        }
    }
}

#[test]
fn an_empty_directory_is_something_else_too() {
    let repository = published();
    fs::create_dir_all(repository.path("public/x/y")).unwrap();
    repository
        .caveat("verify public")
        .exits(1)
        .says("extra: x/");
}

#[test]
fn what_is_no_feed_is_said_so() {
    let repository = published();
    fs::create_dir(repository.path("empty")).unwrap();
    repository
        .caveat("verify empty")
        .exits(2)
        .says("is no published feed");
    repository
        .caveat("verify nowhere")
        .exits(2)
        .says("`./nowhere` is no directory");
}

#[test]
fn what_a_copy_says_cannot_drive_the_terminal() {
    let repository = published();
    let key = repository.path("public/keys/feed.pub");
    fs::write(key, PUBLIC.replace("ssh-ed25519", "ssh-\u{1b}[2K")).unwrap();
    let said = repository.caveat("verify public").exits(1);
    assert!(!said.err.contains('\u{1b}'), "{:?}", said.err);
}
