//! Owns the stories of versions that follow from the history of code: proposed, locked, checked.
//! Must never reach the network: every clone is in the room.

use std::fs;
use std::path::PathBuf;

use git2::Oid;

use crate::code::Code;
use crate::repository::{NOW, PROJECT, Repository, advisory, place};

pub(crate) const RIGHT: &str = "[\">= 1.0.0, < 1.1.1\", \">= 2.0.0, < 2.1.0\"]";

/// An advisory with these ranges, and the commits of the story.
fn written(ranges: &str, [flaw, fix]: [Oid; 2]) -> String {
    let commits = format!("introduced-by = [\"{flaw}\"]\nfixed-by = [\"{fix}\"]   # on main\n");
    advisory(1).replace(
        "versions = [\">= 1.0.0, < 2.0.1\"]\n",
        &format!("versions = {ranges} # by hand\n{commits}"),
    )
}

pub(crate) fn room(ranges: &str) -> (Repository, Code) {
    let home = "title = \"PyTorch\"\nrepository = \"https://git.example.org/torch\"\n";
    let repository = Repository::empty().file(
        "caveat.toml",
        &PROJECT.replace("title = \"PyTorch\"\n", home),
    );
    let (code, commits) = Code::story(&repository);
    (repository.file(&place(1), &written(ranges, commits)), code)
}

pub(crate) fn read(repository: &Repository, path: &str) -> String {
    fs::read_to_string(repository.path(path)).unwrap()
}

pub(crate) fn lock() -> PathBuf {
    PathBuf::from(place(1)).with_extension("lock")
}

#[test]
fn ranges_are_proposed_then_filled_in_and_locked() {
    let (repository, _code) = room("[\">= 1.0.0, < 2.1.0\"]");
    let said = repository
        .caveat("derive x_STORY-2026-0001 --clone ../code")
        .exits(1);
    for text in [
        "torch, by 6 tags as `v{version}`",
        "picked from",
        "first in v1.1.1",
        ">= 1.0.0, < 1.1.1",
        ">= 2.0.0, < 2.1.0",
        "declared otherwise: >= 1.0.0, < 2.1.0",
        "1.1.1, declared: v1.1.1",
    ] {
        assert!(said.out.contains(text), "no {text} in\n{}", said.out);
    }
    assert!(!repository.path(lock().to_str().unwrap()).exists());
    repository
        .caveat("derive --clone ../code --fill")
        .exits(0)
        .says("wrote advisories/2026");
    let filled = read(&repository, &place(1));
    assert!(
        filled.contains(&format!("versions = {RIGHT} # by hand")),
        "{filled}"
    );
    assert!(filled.contains("# on main"), "{filled}");
    repository.caveat("check").exits(0).says("nothing to say");
    repository
        .caveat("derive --clone ../code --check")
        .exits(0)
        .says("every lock is");
    repository.caveat("derive --clone ../code").exits(0);
}

#[test]
fn what_differs_from_the_lock_is_an_error_with_tag_commit_and_reason() {
    let (repository, _code) = room("[\">= 1.0.0, < 2.0.0\"]");
    repository.caveat("derive --clone ../code --write").exits(1);
    let said = repository.caveat("check").exits(1);
    for text in [
        "error[derived-disagrees]",
        "`2.0.0` has the flaw, and no range has it",
        "v2.0.0 (commit ",
        "contains the flaw's start ",
        "`1.1.1` is said to be affected",
        "contains the fix ",
        "x_STORY-2026-0001.lock",
    ] {
        assert!(said.err.contains(text), "no {text} in\n{}", said.err);
    }
    let text = read(&repository, &place(1)).replace(
        "# on main",
        "\ndiffers-from-git = \"2.0.0 was taken back before anybody had it.\"",
    );
    let repository = repository.file(&place(1), &text);
    repository.caveat("check").exits(0);
}

#[test]
fn new_and_moved_tags_make_a_lock_old_but_keep_nobody_from_building() {
    let (repository, mut code) = room(RIGHT);
    repository.caveat("derive --clone ../code --write").exits(0);
    let before = read(&repository, lock().to_str().unwrap());
    let tip = code.git.refname_to_id("refs/heads/1.x").unwrap();
    let later = code.commit("1.x", Some(tip), "Later", "a\nfixed\n3\n");
    code.tag("v1.1.2", later);
    code.tag("v1.1.1", later);
    let said = repository.caveat("derive --clone ../code --check").exits(1);
    let said = said
        .says("1 tag new: v1.1.2")
        .says("1 tag moved to another commit: v1.1.1");
    assert!(
        said.out.contains("tag v1.1.1 has moved: from"),
        "{}",
        said.out
    );
    repository.caveat("check").exits(0);
    assert_eq!(read(&repository, lock().to_str().unwrap()), before);
}

#[test]
fn a_fix_that_no_release_has_must_be_told() {
    let (repository, code) = room("[\">= 1.0.0\"]");
    for tag in ["v2.1.0", "v1.1.1"] {
        code.git.tag_delete(tag).unwrap();
    }
    let said = repository.caveat("derive --clone ../code --write").exits(0);
    assert!(said.out.contains("unreleased: no tag has"), "{}", said.out);
    let repository = repository.commit(NOW);
    repository
        .caveat("build --out public")
        .exits(1)
        .says("no release has this fix");
    let text = read(&repository, &place(1)).replace("# on main", "\nfix-unreleased = true");
    let repository = repository.file(&place(1), &text);
    repository
        .caveat("revise x_STORY-2026-0001 -m Unreleased. --at 2026-11-20T00:00:00Z")
        .exits(0);
    let repository = repository.commit(NOW + 1);
    repository.caveat("build --out public").exits(0);
    let page = read(
        &repository,
        "public/advisories/x_STORY-2026-0001/index.html",
    );
    assert!(page.contains("no release has it yet"), "{page}");
}

#[test]
fn a_start_that_no_commit_shows_is_kept_and_told() {
    let (repository, _code) = room("[\">= 1.0.0, < 2.1.0\"]");
    let text = read(&repository, &place(1));
    let lines = text
        .lines()
        .filter(|line| !line.starts_with("introduced-by"));
    let text = lines.collect::<Vec<_>>().join("\n") + "\n";
    let repository = repository.file(&place(1), &text);
    let said = repository.caveat("derive --clone ../code --fill").exits(0);
    assert!(
        said.out
            .contains("declared from 1.0.0 on: no commit shows that start"),
        "{}",
        said.out
    );
    let filled = read(&repository, &place(1));
    assert!(filled.contains(&format!("versions = {RIGHT}")), "{filled}");
    repository
        .caveat("check")
        .exits(0)
        .says("warning[derived-start]");
}

#[test]
fn records_name_the_commits_that_carry_the_fix() {
    let (repository, _code) = room(RIGHT);
    // The scanner that stumbles over commits is one for PyPI.
    let project =
        read(&repository, "caveat.toml").replace("ecosystem = \"PyPI\"", "ecosystem = \"npm\"");
    let repository = repository.file("caveat.toml", &project);
    repository.caveat("derive --clone ../code --write").exits(0);
    let record = repository
        .caveat("show x_STORY-2026-0001 --as osv")
        .exits(0)
        .out;
    let git = record.split("\"repo\"").next().unwrap();
    assert_eq!(git.matches("\"fixed\"").count(), 4, "{record}");
}

#[test]
fn without_a_clone_the_cache_is_read_and_never_the_network() {
    let (repository, _code) = room(RIGHT);
    let said = repository
        .caveat("derive --offline")
        .exits(2)
        .says("there is no clone");
    assert!(
        said.err
            .contains("home/.cache/caveat/git.example.org/torch.git"),
        "{}",
        said.err
    );
    let cache = repository.path("../home/.cache/caveat/git.example.org");
    fs::create_dir_all(&cache).unwrap();
    fs::rename(repository.path("../code"), cache.join("torch.git")).unwrap();
    let said = repository.caveat("derive --offline --format json").exits(0);
    let told: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(told[0]["derived"][1], ">= 2.0.0, < 2.1.0");
    assert_eq!(told[0]["tagged"].as_array().unwrap().len(), 6);
}

#[test]
fn what_cannot_be_derived_is_said_and_nothing_is_written() {
    let (repository, code) = room(RIGHT);
    let text = read(&repository, &place(1));
    let fix = text.split("fixed-by = [\"").nth(1).unwrap()[..40].to_owned();
    repository
        .caveat("derive --clone ../nowhere --write")
        .exits(2)
        .says("there is no clone");
    repository
        .caveat("derive x_STORY-2026-0009")
        .exits(2)
        .says("did you mean");
    let gone = repository.file(&place(1), &text.replace(&fix, &"ab".repeat(20)));
    gone.caveat("derive --clone ../code --write")
        .exits(2)
        .says("is not in `");
    let lost = code.commit_nowhere();
    let lost = gone.file(&place(1), &text.replace(&fix, &lost.to_string()));
    lost.caveat("derive --clone ../code --write")
        .exits(2)
        .says("its branch is gone");
    fs::write(lost.path("../code/shallow"), format!("{fix}\n")).unwrap();
    let lost = lost.file(&place(1), &text);
    lost.caveat("derive --clone ../code --write")
        .exits(2)
        .says("git fetch --unshallow");
    assert!(!lost.path(lock().to_str().unwrap()).exists());
}
