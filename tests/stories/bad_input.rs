//! Owns the stories of things that go wrong: a clear sentence, exit code 2, and the old output untouched.
//! Must never accept a panic for an answer.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::process::Command;

use crate::repository::{KEY, NOW, PROJECT, Repository, advisory, place, run};

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
    refuses_to_build(&repository, "site-templates/404.html:2: ");
    let repository = Repository::good()
        .file("site-templates/other.html", "")
        .commit(NOW);
    refuses_to_build(&repository, "overrides nothing");
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
