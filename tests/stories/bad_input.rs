//! Owns the stories of input that is wrong: a clear sentence, exit code 2 or a fault with its place, and no output.
//! Must never accept a panic for an answer.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};

use crate::repository::{KEY, NOW, PROJECT, Repository, run};

fn refuses_to_build(repository: &Repository, sentence: &str) {
    repository
        .caveat("build --out public")
        .exits(2)
        .says(sentence);
    assert!(!repository.path("public").exists());
}

#[test]
fn a_place_without_a_project() {
    Repository::empty()
        .caveat("check")
        .exits(2)
        .says("there is no caveat.toml");
}

#[test]
fn a_project_outside_git() {
    let repository = Repository::empty().file("caveat.toml", PROJECT);
    refuses_to_build(&repository, "is not in a git repository");
}

#[test]
fn a_repository_without_a_commit() {
    let repository = Repository::empty().file("caveat.toml", PROJECT);
    git2::Repository::init(repository.root()).unwrap();
    refuses_to_build(&repository, "has no commit yet");
}

#[test]
fn a_bare_repository() {
    let repository = Repository::empty().file("caveat.toml", PROJECT);
    git2::Repository::init_bare(repository.root()).unwrap();
    refuses_to_build(&repository, "is a bare repository");
}

#[test]
fn a_project_that_was_never_committed() {
    let repository = Repository::empty()
        .file("README.md", "x")
        .commit(NOW)
        .file("caveat.toml", PROJECT);
    refuses_to_build(&repository, "has no `caveat.toml`; commit it first");
}

#[test]
fn an_unknown_revision() {
    Repository::good()
        .caveat("build --out public --rev nonsense")
        .exits(2)
        .says("names no commit");
}

#[test]
fn a_symbolic_link_among_the_advisories() {
    let repository = Repository::good();
    symlink(
        "/etc/passwd",
        repository.path("advisories/2026/x_STORY-2026-0002.toml"),
    )
    .unwrap();
    repository
        .caveat("check")
        .exits(2)
        .says("is a symbolic link");
    refuses_to_build(&repository.commit(NOW), "is a symbolic link");
}

#[test]
fn a_file_that_cannot_be_read() {
    let repository = Repository::good();
    let path = repository.path("advisories/2026/x_STORY-2026-0001.toml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    // Root reads everything: then there is nothing to refuse.
    if fs::read(&path).is_err() {
        repository
            .caveat("check")
            .exits(2)
            .says("cannot read")
            .says("x_STORY-2026-0001.toml");
    }
}

#[test]
fn any_bytes_as_an_advisory() {
    let all: Vec<u8> = (0..=255).cycle().take(5000).collect();
    let nested = "a = ".to_owned() + &"[".repeat(100_000);
    let files: [(&str, &[u8]); 6] = [
        ("bytes", &all),
        ("zeros", &[0; 4096]),
        ("empty", b""),
        ("nested", nested.as_bytes()),
        ("marked", b"\xef\xbb\xbftitle = 1\n"),
        (
            "wide",
            "title = \"\u{202e}\u{1F4A9}\"\r\n\u{2028}".as_bytes(),
        ),
    ];
    let mut repository = Repository::good();
    for (name, bytes) in files {
        repository = repository.bytes(&format!("advisories/drafts/{name}.toml"), bytes);
    }
    let said = repository.caveat("check --format short").exits(1);
    for (name, _) in files {
        assert!(
            said.err.contains(&format!("drafts/{name}.toml:")),
            "nothing on {name} in\n{}",
            said.err
        );
    }
    assert!(!said.err.contains("panicked"), "{}", said.err);
    repository.caveat("check").exits(1);
}

#[test]
fn a_file_of_many_megabytes() {
    let repository = Repository::good().bytes("advisories/drafts/big.toml", &vec![b'#'; 40 << 20]);
    repository
        .caveat("check")
        .exits(1)
        .says("this file is larger than the limit");
}

#[test]
fn a_key_that_is_none_or_is_open_to_others() {
    let repository = Repository::good().file("../open", KEY);
    fs::set_permissions(
        repository.path("../open"),
        fs::Permissions::from_mode(0o644),
    )
    .unwrap();
    repository
        .caveat("build --out public --key ../open")
        .exits(2)
        .says("can be read by others");
    run(repository
        .command()
        .env("CAVEAT_KEY", "ssh-ed25519 AAAA x")
        .args(["build", "--out", "public"]))
    .exits(2)
    .says("this is a public key");
}

#[test]
fn a_template_that_is_broken_names_its_file_and_line() {
    let repository = Repository::good()
        .file("site-templates/404.html", "one\n{{ nonsense }}\n")
        .commit(NOW);
    refuses_to_build(&repository, "site-templates/404.html:2:4: ");
    let repository = Repository::good()
        .file("site-templates/other.html", "")
        .commit(NOW);
    refuses_to_build(&repository, "overrides nothing");
}

#[test]
fn a_name_that_would_drive_a_terminal_is_refused_and_shown_harmless() {
    let repository =
        Repository::good().file("advisories/2026/a\n::error::x\u{1b}[31m.toml", "a = 1\n");
    let said = repository
        .caveat("check --format short")
        .exits(2)
        .says("has a control character");
    assert!(
        !said.err.contains('\u{1b}') && said.err.lines().count() == 1,
        "{:?}",
        said.err
    );
    let repository = repository.commit(NOW);
    repository
        .caveat("build --out public")
        .exits(2)
        .says("has a control character");
}

#[test]
fn the_lock_of_an_editor_is_nobodys_advisory() {
    let repository = Repository::good();
    std::os::unix::fs::symlink("a@b.1:2", repository.path("advisories/.#x.toml")).unwrap();
    repository.caveat("check").exits(0);
}

#[test]
fn a_private_key_is_found_in_any_file_that_is_read() {
    for path in [
        "advisories/README.md",
        "advisories/.hidden",
        "advisories/2026/k.pem",
        "keys/feed.pub",
        ".env",
        "site-templates/style.css",
    ] {
        let repository = Repository::good().file(path, &format!("x\n{KEY}"));
        repository
            .caveat("check")
            .exits(1)
            .says("holds a private key");
        repository.commit(NOW).caveat("build --out public").exits(1);
    }
}
