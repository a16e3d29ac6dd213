//! Owns the stories of advisories that promised too much: a fix that counts no more, versions that were overlooked.
//! Must never let whoever believed them find out by chance.

use std::fs;

use crate::repository::{NOW, Outcome, PROJECT, Repository, advisory, place, run};

const AT: &str = "2026-11-20T12:00:00Z";
const LATER: &str = "2026-11-21T00:00:00Z";
const WHY: &str = "It broke the loader and was backed out.";

fn rewritten(repository: Repository, from: &str, to: &str) -> Repository {
    let text = fs::read_to_string(repository.path(&place(1))).unwrap();
    assert!(text.contains(from), "{text}");
    repository.file(&place(1), &text.replacen(from, to, 1))
}

fn revise(repository: &Repository, rest: &[&str]) -> Outcome {
    let mut command = repository.command();
    command.args(["revise", "x_STORY-2026-0001", "--at", AT]);
    run(command.args(rest))
}

fn check(repository: &Repository) -> Outcome {
    repository.caveat(&format!("check --as-of {LATER}"))
}

/// The first advisory, whose fix was taken back.
fn reverted(rest: &[&str]) -> (Repository, Outcome) {
    let repository = rewritten(Repository::good(), "< 2.0.1", "< 2.0.2");
    let note = ["-m", "2.0.1 is affected, too."];
    let said = revise(&repository, &[&note[..], rest].concat());
    (repository, said)
}

#[test]
fn whoever_takes_a_fix_back_is_asked_for_the_reason() {
    let (repository, said) = reverted(&[]);
    let says = "[revision-fix-reverted]: `2.0.1` was called fixed, and is affected now";
    said.exits(0).says(says);
    check(&repository).exits(0).says(says);
    let (repository, said) = reverted(&["--fix-reverted", WHY]);
    said.exits(0);
    let text = fs::read_to_string(repository.path(&place(1))).unwrap();
    let line = format!("fix-reverted = \"{WHY}\"\n");
    assert!(text.ends_with(&line), "{text}");
    check(&repository).exits(0).says("nothing to say");
}

#[test]
fn the_reason_is_on_the_page_and_in_the_mail_and_stays() {
    let (repository, _) = reverted(&["--fix-reverted", WHY]);
    let repository = repository.commit(NOW + 86_400);
    repository
        .caveat(&format!("build --out ../public --as-of {LATER}"))
        .exits(0);
    for file in [
        "advisories/x_STORY-2026-0001/index.html",
        "advisories/x_STORY-2026-0001/index.txt",
        "mail/x_STORY-2026-0001/r2.announce.txt",
    ] {
        let text = fs::read_to_string(repository.path("../public").join(file)).unwrap();
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains(WHY), "{file}: {text}");
    }
    let line = format!("fix-reverted = \"{WHY}\"\n");
    let silent = rewritten(repository, &line, "");
    let says = "`fix-reverted` of the revision of 2026-11-20T12:00:00Z is not what it was";
    check(&silent).exits(1).says(says);
    let mended = rewritten(
        silent,
        "affected, too.\"\n",
        "affected, too.\"\nfix-reverted = \"The fix was backed out.\"\n",
    );
    check(&mended).exits(0);
}

#[test]
fn where_a_feed_never_widens_an_advisory_follows() {
    let project = PROJECT.replacen("[feed]\n", "[feed]\nwiden = \"follow-up\"\n", 1);
    let repository = Repository::empty()
        .file("caveat.toml", &project)
        .file(&place(1), &advisory(1))
        .commit(NOW);
    for widen in ["follow-up", "allow"] {
        let project = project.replace("follow-up", widen);
        let repository = Repository::empty().file("caveat.toml", &project);
        let said = repository.caveat("policy --as security-md").exits(0);
        let promise = said.out.contains("never names more versions later");
        assert_eq!(promise, widen == "follow-up", "{}", said.out);
    }
    let repository = rewritten(repository, ">= 1.0.0", ">= 0.9.0");
    revise(&repository, &["-m", "0.9 is affected, too."])
        .exits(1)
        .says("error[revision-widens]")
        .says("promised here")
        .says("`follow-up-of`");
    let relation = "[[relation]]\ntype = \"follow-up-of\"\nid = \"x_STORY-2026-0001\"\n";
    let second = advisory(2)
        .replace(">= 1.0.0, < 2.0.2", ">= 0.9.0, < 1.0.0")
        .replace("2026-11-19T23:00:00Z", AT);
    let repository = repository
        .file(&place(1), &advisory(1))
        .file(&place(2), &(second + relation));
    check(&repository).exits(0);
}
