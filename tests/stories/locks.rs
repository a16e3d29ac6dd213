//! Owns the stories of what keeps derived ranges: where a lock is, where it goes, and who never sees it.
//! Must never reach the network: an address of the stories is a clone in the room.

use std::fs;
use std::process::Command;

use crate::derive::{RIGHT, lock, read, room};
use crate::repository::{NOW, advisory, place, run};

#[test]
fn a_lock_goes_with_its_draft_when_that_gets_its_id() {
    let (repository, _code) = room(RIGHT);
    let text = read(&repository, &place(1));
    let (_, draft) = text.split_once('\n').unwrap();
    let draft = draft.split("[[revision]]").next().unwrap();
    fs::remove_file(repository.path(&place(1))).unwrap();
    let repository = repository.file("advisories/drafts/flaw.toml", draft);
    repository
        .caveat("derive advisories/drafts/flaw.toml --clone ../code --write")
        .exits(0);
    let said = repository
        .caveat("assign --all --as-of 2026-11-20T12:00:00Z")
        .exits(0);
    assert_eq!(said.out, format!("{}\n", place(1)));
    assert!(repository.path(lock().to_str().unwrap()).exists());
    assert!(!repository.path("advisories/drafts/flaw.lock").exists());
    repository.caveat("check").exits(0);
}

#[test]
fn an_address_is_fetched_by_git_with_all_branches_and_tags() {
    let Ok(version) = Command::new("git").arg("--version").output() else {
        // Without git nothing can be fetched, and nobody is wrong.
        return;
    };
    assert!(version.status.success());
    let (repository, mut code) = room(RIGHT);
    let home = repository.path("../code");
    let instead = format!("url.file://{}.insteadOf", home.display());
    let fetching = || {
        let mut command = repository.command();
        command.arg("derive");
        let settings = [
            (instead.as_str(), "https://git.example.org/torch"),
            ("protocol.file.allow", "always"),
            ("safe.directory", "*"),
        ];
        command.env("GIT_CONFIG_COUNT", settings.len().to_string());
        for (at, (key, value)) in settings.iter().enumerate() {
            command.env(format!("GIT_CONFIG_KEY_{at}"), key);
            command.env(format!("GIT_CONFIG_VALUE_{at}"), value);
        }
        run(&mut command)
    };
    let said = fetching().exits(0);
    assert!(said.out.contains("by 6 tags"), "{}", said.out);
    let tip = code.git.refname_to_id("refs/heads/1.x").unwrap();
    let later = code.commit("1.x", Some(tip), "Later", "a\nfixed\n3\n");
    code.tag("v1.1.2", later);
    let said = fetching().exits(0);
    assert!(said.out.contains("by 7 tags"), "{}", said.out);
    fs::remove_dir_all(home).unwrap();
    fetching()
        .exits(2)
        .says("git cannot fetch `https://git.example.org/torch`");
    repository.caveat("derive --offline").exits(0);
}

#[test]
fn nothing_of_a_lock_is_in_a_build_and_least_of_all_of_a_hidden_one() {
    let (repository, _code) = room(RIGHT);
    let hidden = read(&repository, &place(1))
        + "\n[embargo]\nuntil = 2027-01-01T00:00:00Z\nagreed-with = [\"A\"]\n";
    let hidden = hidden.replace("2026-11-19T23:00:00Z", "2027-01-01T00:00:00Z");
    let other = place(2);
    let repository = repository
        .file(&place(1), &hidden)
        .file(&other, &advisory(2).replace("fix/2", "repair/2"));
    repository.caveat("derive --clone ../code --write").exits(0);
    let text = read(&repository, lock().to_str().unwrap());
    let commits = text
        .split("commit = \"")
        .skip(1)
        .map(|rest| rest[..40].to_owned());
    let commits: Vec<String> = commits.collect();
    assert!(commits.len() > 6);
    let repository = repository.commit(NOW);
    repository.caveat("build --out public").exits(0);
    for (path, bytes) in repository.tree("public") {
        let text = String::from_utf8_lossy(&bytes);
        let telling = commits.iter().any(|commit| text.contains(commit.as_str()));
        assert!(
            !telling && !path.contains("2026-0001") && !path.contains(".lock"),
            "{path}"
        );
    }
}

#[test]
fn a_lock_is_stale_when_the_commits_change_and_an_orphan_when_it_is_left_behind() {
    let (repository, _code) = room(RIGHT);
    repository.caveat("derive --clone ../code --write").exits(0);
    let text = read(&repository, &place(1));
    let fix = text.split("fixed-by = [\"").nth(1).unwrap()[..40].to_owned();
    let repository = repository.file(&place(1), &text.replace(&fix, &"ab".repeat(20)));
    repository
        .caveat("check")
        .exits(1)
        .says("error[derived-stale]");
    fs::rename(
        repository.path(lock().to_str().unwrap()),
        repository.path("advisories/2026/x_STORY-2026-0002.lock"),
    )
    .unwrap();
    repository
        .caveat("check")
        .exits(1)
        .says("error[derived-orphan]");
}
