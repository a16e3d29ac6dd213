//! Owns the stories of publishers: what `caveat build` writes, and what it never writes.
//! Must never depend on what a page looks like.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::repository::{KEY, NOW, PROJECT, PUBLIC, Repository, advisory, place, run};

fn keyed() -> Repository {
    let repository = Repository::good().file("../key", KEY);
    fs::set_permissions(repository.path("../key"), fs::Permissions::from_mode(0o600)).unwrap();
    repository
}

#[test]
fn a_build_writes_every_view_of_an_advisory() {
    let repository = keyed();
    repository
        .caveat("build --out public --key ../key")
        .exits(0)
        .says("built 1 advisory into");
    let paths: Vec<String> = repository
        .tree("public")
        .into_iter()
        .map(|(path, _)| path)
        .collect();
    for expected in [
        "SHA256SUMS",
        "SHA256SUMS.minisig",
        "SHA256SUMS.sig",
        "advisories/x_STORY-2026-0001/index.html",
        "feed.atom",
        "index.html",
        "keys/allowed_signers",
        "mail/x_STORY-2026-0001/r1.announce.eml",
        "mail/x_STORY-2026-0001/r1.announce.txt",
        "notes/torch/2.0.1.md",
        "osv/PyPI/all.zip",
        "osv/PyPI/x_STORY-2026-0001.json",
        "osv/x_STORY-2026-0001.json",
        "packages/PyPI/torch/index.html",
    ] {
        assert!(
            paths.iter().any(|path| path == expected),
            "no {expected} in {paths:?}"
        );
    }
}

#[test]
fn the_same_commit_gives_the_same_bytes_elsewhere_under_another_clock_and_language() {
    let (one, two) = (keyed(), keyed());
    one.caveat("build --out public --key ../key").exits(0);
    let mut command = two.command();
    command.envs([
        ("TZ", "Pacific/Kiritimati"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("RAYON_NUM_THREADS", "1"),
    ]);
    run(command.args(["build", "--out", "elsewhere/site", "--key", "../key"])).exits(0);
    assert_eq!(one.tree("public"), two.tree("elsewhere/site"));
}

#[test]
fn a_build_is_of_the_commit_and_says_what_it_leaves_out() {
    let repository = keyed().file(&place(2), &advisory(2));
    repository
        .caveat("build --out public --key ../key")
        .exits(0)
        .says("1 uncommitted file not in this build");
    assert!(
        !repository
            .path("public/osv/x_STORY-2026-0002.json")
            .exists()
    );
}

#[test]
fn a_build_that_fails_leaves_the_old_one_untouched() {
    let repository = keyed();
    repository
        .caveat("build --out public --key ../key")
        .exits(0);
    let before = repository.tree("public");
    let repository = repository.file(&place(2), "nonsense").commit(NOW + 60);
    repository
        .caveat("build --out public --key ../key")
        .exits(1)
        .says("error[syntax]");
    assert_eq!(repository.tree("public"), before);
    let left: Vec<_> = fs::read_dir(repository.root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert!(
        !left
            .iter()
            .any(|name| name.to_string_lossy().contains("caveat-new")),
        "{left:?}"
    );
}

#[test]
fn drafts_and_embargoed_advisories_leave_no_trace() {
    let secret = "Xyzzyplugh";
    let embargoed = advisory(2)
        .replace("Flaw", secret)
        .replace("2026-11-19T23", "2026-12-02T23")
        + "[embargo]\nuntil = 2026-12-01T00:00:00Z\n";
    let draft = advisory(3)
        .replace("Flaw", secret)
        .replacen("id = ", "# ", 1);
    let repository = keyed();
    repository
        .caveat("build --out before --key ../key")
        .exits(0);
    let repository = repository
        .file(&place(2), &embargoed)
        .file(&format!("advisories/drafts/{secret}.toml"), &draft)
        .commit(NOW);
    repository.caveat("build --out after --key ../key").exits(0);
    assert_eq!(repository.tree("before"), repository.tree("after"));
    repository
        .caveat("build --out later --key ../key --as-of 2026-12-03T00:00:00Z")
        .exits(0);
    assert!(repository.path("later/osv/x_STORY-2026-0002.json").exists());
}

#[test]
fn a_key_that_readers_cannot_know_is_called_untrusted_and_one_in_keys_is_not() {
    let repository = keyed();
    repository
        .caveat("build --out public --key ../key")
        .exits(0)
        .says("the signing key is not in keys/");
    let page = fs::read_to_string(repository.path("public/index.html")).unwrap();
    assert!(page.contains("untrusted"), "{page}");
    let repository = repository.file("keys/feed.pub", PUBLIC).commit(NOW);
    let said = repository
        .caveat("build --out public --key ../key")
        .exits(0);
    assert!(!said.err.contains("warning"), "{}", said.err);
    let page = fs::read_to_string(repository.path("public/index.html")).unwrap();
    assert!(!page.contains("untrusted"), "{page}");
}

#[test]
fn without_a_key_one_is_made_outside_the_repository_and_used_again() {
    let repository = Repository::good();
    repository
        .caveat("build --out public")
        .exits(0)
        .says("local, untrusted build");
    let first = repository.tree("public");
    repository.caveat("build --out public").exits(0);
    assert_eq!(repository.tree("public"), first);
    let key = repository.path("../home/.local/state/caveat/local.key");
    assert_eq!(
        fs::metadata(key).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[test]
fn keys_come_from_the_environment_too_but_only_from_one_place() {
    let repository = keyed();
    repository.caveat("build --out one --key ../key").exits(0);
    run(repository
        .command()
        .env("CAVEAT_KEY", KEY)
        .args(["build", "--out", "two"]))
    .exits(0);
    run(repository
        .command()
        .env("CAVEAT_KEY_FILE", "../key")
        .args(["build", "--out", "three"]))
    .exits(0);
    assert_eq!(repository.tree("one"), repository.tree("two"));
    assert_eq!(repository.tree("one"), repository.tree("three"));
    let mut both = repository.command();
    both.env("CAVEAT_KEY", KEY)
        .env("CAVEAT_KEY_FILE", "../key")
        .args(["build", "--out", "four"]);
    run(&mut both)
        .exits(2)
        .says("both CAVEAT_KEY and CAVEAT_KEY_FILE are set");
}

#[test]
fn an_advisory_is_shown_in_one_form() {
    let repository = keyed();
    let shown = repository
        .caveat("show x_STORY-2026-0001 --as osv")
        .exits(0);
    repository
        .caveat("build --out public --key ../key")
        .exits(0);
    assert_eq!(
        shown.out,
        fs::read_to_string(repository.path("public/osv/x_STORY-2026-0001.json")).unwrap()
    );
    assert!(
        repository
            .caveat("show x_STORY-2026-0001 --as notes")
            .exits(0)
            .out
            .starts_with("### Security")
    );
    repository
        .caveat("show x_STORY-2026-0009")
        .exits(2)
        .says("is no published advisory");
}

#[test]
fn an_embargo_does_not_end_because_a_clock_was_ahead() {
    // 2096-12-01: a commit dated long after now, and an embargo that ends between.
    let text = advisory(2).replace("2026-11-19T23", "2096-11-19T23")
        + "\n[embargo]\nuntil = 2096-11-19T23:00:00Z\n";
    let repository = keyed().file(&place(2), &text).commit(4_004_208_000);
    repository
        .caveat("build --out public --key ../key")
        .exits(2)
        .says("x_STORY-2026-0002 is still embargoed");
    assert!(!repository.path("public").exists());
    repository
        .caveat("build --out public --key ../key --as-of 2026-11-21T00:00:00Z")
        .exits(0);
    assert!(
        !repository
            .path("public/osv/x_STORY-2026-0002.json")
            .exists()
    );
    for command in [
        "build --out public --key ../key",
        "affected PyPI/torch@1.5.0",
    ] {
        let said = repository.caveat(&format!("{command} --as-of 2096-11-20T00:00:00Z"));
        said.says("x_STORY-2026-0002 is embargoed until 2096-11-19T23:00:00Z");
    }
}

#[test]
fn an_embargo_lasts_until_the_first_revision_whatever_the_clock_of_the_commit_said() {
    let text = advisory(2).replace("2026-11-19T23", "2096-11-19T23")
        + "\n[embargo]\nuntil = 2026-11-20T23:00:00Z\n";
    let repository = keyed().file(&place(2), &text).commit(4_004_208_000);
    repository
        .caveat("build --out public --key ../key")
        .exits(2)
        .says("x_STORY-2026-0002 is still embargoed");
    assert!(!repository.path("public").exists());
}

#[test]
fn a_command_never_brings_a_version_of_an_unfixed_branch() {
    let text = advisory(1).replace("\">= 1.0.0, < 2.0.1\"", "\"< 1.4.1\", \">= 2.0.0\"");
    let repository = keyed().file(&place(1), &text);
    let said = repository
        .caveat("show x_STORY-2026-0001 --as html")
        .exits(0);
    assert!(said.out.contains("no fix is known for") && !said.out.contains("pip install"));
}

#[test]
fn notes_that_are_shown_are_those_that_are_built() {
    let text = advisory(2).replace("2.0.2", "2.0.1");
    let repository = keyed().file(&place(2), &text).commit(NOW);
    repository
        .caveat("build --out public --key ../key")
        .exits(0);
    let built = fs::read_to_string(repository.path("public/notes/torch/2.0.1.md")).unwrap();
    let shown = repository
        .caveat("show x_STORY-2026-0002 --as notes")
        .exits(0);
    assert_eq!(shown.out, built);
    assert!(built.contains("x_STORY-2026-0001") && built.contains("x_STORY-2026-0002"));
}

#[test]
fn who_does_not_use_the_feature_reads_that_it_takes_one() {
    let text = advisory(1).replace(
        "versions =",
        "features = [\"rpc\", \"distributed\"]\nversions =",
    );
    let repository = Repository::empty()
        .file("caveat.toml", PROJECT)
        .file(&place(1), &text)
        .commit(NOW);
    repository.caveat("build --out public").exits(0);
    let read = |path: &str| fs::read_to_string(repository.path(path)).unwrap();
    let page = read("public/advisories/x_STORY-2026-0001/index.html");
    let row = "<dt>Only with the feature</dt><dd><code>rpc</code> or <code>distributed</code></dd>";
    assert!(page.contains(row), "{page}");
    let mail = read("public/mail/x_STORY-2026-0001/r1.announce.txt");
    assert!(
        mail.contains("\n  Only with the feature rpc or distributed.\n"),
        "{mail}"
    );
}
