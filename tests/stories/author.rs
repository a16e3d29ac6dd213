//! Owns the stories of those who write: from the first draft to the withdrawal, with git beside it.
//! Must never test how TOML is edited: those tests are beside the code.

use std::fs;

use git2::Repository as Git;
use git2::build::CheckoutBuilder;

use crate::repository::{NOW, Outcome, PROJECT, Repository, advisory, place, run};

/// After every time in the stories' advisories, and before any clock that runs them.
const THEN: &str = "2026-11-20T12:00:00Z";

fn project() -> String {
    let repository = "title = \"PyTorch\"\nrepository = \"https://git.example.org/torch\"\n";
    PROJECT.replace("title = \"PyTorch\"\n", repository)
}

fn draft(title: &str) -> String {
    let text = advisory(7).replace("Flaw number 7", title);
    let (_, rest) = text.split_once('\n').unwrap();
    rest.split("[[revision]]").next().unwrap().to_owned()
}

fn caveat(repository: &Repository, arguments: &[&str]) -> Outcome {
    run(repository.command().args(arguments))
}

fn read(repository: &Repository, path: &str) -> String {
    fs::read_to_string(repository.path(path)).unwrap()
}

fn assign(repository: &Repository, drafts: &str) -> Outcome {
    repository.caveat(&format!("assign {drafts} --as-of {THEN}"))
}

#[test]
fn a_draft_whose_needs_are_all_given_is_without_fault_and_in_form() {
    let repository = Repository::empty().file("caveat.toml", &project());
    let flags = "--severity high --package torch --alias CVE-2026-12345 --impact Code.";
    let mut arguments = vec!["new", "--title", "`torch.load` runs \"code\""];
    arguments.extend(flags.split(' '));
    arguments.extend(["--versions", "< 2.0.0", "--versions", ">= 3.0, < 3.1"]);
    arguments.extend([
        "--description",
        "The loader trusts the length that a file states.\n\nAnd '''where''' it says so.",
    ]);
    let said = caveat(&repository, &arguments).exits(0);
    assert_eq!(said.out, "advisories/drafts/torch-load-runs-code.toml\n");
    assert_eq!(said.err, "");
    repository
        .caveat("check")
        .exits(0)
        .says("checked 1 advisory: nothing to say");
    repository.caveat("fmt --check").exits(0);
    let text = read(&repository, said.out.trim());
    assert!(
        text.contains("url = \"https://git.example.org/torch\""),
        "{text}"
    );
}

#[test]
fn what_was_not_given_is_left_open_and_each_is_named() {
    let repository = Repository::empty().file("caveat.toml", &project());
    let said = repository.caveat("new --package torch").exits(0);
    assert_eq!(said.out, "advisories/drafts/torch.toml\n");
    let left = repository.caveat("check --format short").exits(1).err;
    for line in [
        "torch.toml:2:10: error[placeholder-text]",
        "torch.toml:3:12: error[severity-class]",
        "torch.toml:7:11: error[placeholder-text]",
        "torch.toml:8:16: error[placeholder-text]",
        "torch.toml:14:14: error[range]",
    ] {
        assert!(left.contains(line), "no {line} in\n{left}");
    }
    assert_eq!(left.lines().count(), 5, "{left}");
    repository.caveat("fmt --check").exits(0);
}

#[test]
fn a_draft_is_never_overwritten_and_unknown_words_are_refused() {
    let repository = Repository::empty().file("caveat.toml", PROJECT);
    repository
        .caveat("new --package torhc")
        .exits(2)
        .says("did you mean `torch`?");
    repository
        .caveat("new --severity hihg")
        .exits(2)
        .says("did you mean `high`?");
    repository
        .caveat("new --ecosystem PyPI")
        .exits(2)
        .says("--name");
    assert!(!repository.path("advisories").exists());
    repository
        .caveat("new --title Flaw --ecosystem npm --name left-pad")
        .exits(0);
    let before = repository.tree("advisories");
    repository
        .caveat("new --title flaw")
        .exits(2)
        .says("flaw.toml` exists already");
    assert_eq!(repository.tree("advisories"), before);
}

#[test]
fn drafts_get_the_next_ids_in_order_and_move() {
    let repository = Repository::good()
        .file("advisories/drafts/b.toml", &draft("B"))
        .file(
            "advisories/drafts/a.toml",
            &format!("# id = \"...\"\n# said of a\n{}", draft("A")),
        );
    let said = assign(&repository, "--all").exits(0);
    assert_eq!(said.out, format!("{}\n{}\n", place(2), place(3)));
    let text = read(&repository, &place(2));
    assert!(
        text.starts_with("id = \"x_STORY-2026-0002\"\n# said of a\ntitle = \"A\"\n"),
        "{text}"
    );
    assert!(
        text.ends_with(&format!(
            "[[revision]]\nat = {THEN}\nnote = \"First published.\"\n"
        )),
        "{text}"
    );
    assert_eq!(repository.tree("advisories").len(), 3);
    repository.caveat("check").exits(0);
}

#[test]
fn one_draft_with_a_fault_keeps_all_where_they_are() {
    let repository = Repository::good()
        .file("advisories/drafts/a.toml", &draft("A"))
        .file("advisories/drafts/b.toml", &draft("TODO"));
    let before = repository.tree("advisories");
    assign(&repository, "--all")
        .exits(1)
        .says("nothing was written")
        .says("`TODO`");
    assert_eq!(repository.tree("advisories"), before);
    let repository = repository
        .file("advisories/drafts/b.toml", "title = ")
        .bytes("advisories/drafts/c.toml", b"title = '\xff'\n");
    let said = assign(&repository, "--all")
        .exits(1)
        .says("nothing was written");
    said.says("error[syntax]").says("error[not-utf8]");
    assert!(repository.path("advisories/drafts/a.toml").exists());
    let repository = repository.file("advisories/drafts/b.toml", &advisory(9));
    assign(&repository, "advisories/drafts/b.toml")
        .exits(2)
        .says("has the id `x_STORY-2026-0009` already");
    assign(&repository, &place(1)).exits(2).says("is no draft");
    assign(&repository, "").exits(2).says("--all");
}

#[test]
fn a_number_that_was_ever_used_is_never_given_again() {
    let repository = Repository::good()
        .file(&place(4), &advisory(4))
        .commit(NOW)
        .file("advisories/drafts/a.toml", &draft("A"));
    fs::remove_file(repository.path(&place(4))).unwrap();
    let repository = repository.commit(NOW + 1);
    assert_eq!(
        assign(&repository, "--all").exits(0).out,
        format!("{}\n", place(5))
    );
}

#[test]
fn a_draft_under_embargo_is_published_on_the_day_that_it_ends() {
    let until = "2030-01-01T00:00:00Z";
    let text = draft("A") + &format!("[embargo]\nuntil = {until}\n");
    let repository = Repository::good().file("advisories/drafts/a.toml", &text);
    assign(&repository, "advisories/drafts/a.toml").exits(0);
    let text = read(&repository, &place(2));
    assert!(
        text.contains(&format!("[[revision]]\nat = {until}\n")),
        "{text}"
    );
    repository.caveat("check").exits(0);
}

#[test]
fn two_branches_that_give_the_same_id_conflict_when_they_are_merged() {
    let mut repository = Repository::good()
        .file("advisories/drafts/a.toml", &draft("A"))
        .file("advisories/drafts/b.toml", &draft("B"))
        .commit(NOW);
    let git = Git::open(repository.root()).unwrap();
    let base = git.head().unwrap().peel_to_commit().unwrap();
    let mut heads = Vec::new();
    for name in ["a", "b"] {
        git.branch(name, &base, false).unwrap();
        git.set_head(&format!("refs/heads/{name}")).unwrap();
        let mut options = CheckoutBuilder::new();
        git.checkout_head(Some(options.force().remove_untracked(true)))
            .unwrap();
        let said = assign(&repository, &format!("advisories/drafts/{name}.toml")).exits(0);
        assert_eq!(said.out, format!("{}\n", place(2)));
        repository = repository.commit(NOW + 1);
        heads.push(git.head().unwrap().peel_to_commit().unwrap());
    }
    let merged = git.merge_commits(&heads[0], &heads[1], None).unwrap();
    let conflicts = merged.conflicts().unwrap();
    let paths = conflicts.filter_map(|conflict| Some(conflict.unwrap().our?.path));
    assert!(
        paths
            .map(|path| String::from_utf8(path).unwrap())
            .any(|path| path == place(2))
    );
}

#[test]
fn a_revision_tells_readers_of_a_change() {
    let repository = Repository::good();
    let revise = |at: &str| {
        caveat(
            &repository,
            &[
                "revise",
                "x_STORY-2026-0001",
                "-m",
                "Name the fix.",
                "--at",
                at,
            ],
        )
    };
    revise("2026-11-19T23:00:00Z")
        .exits(2)
        .says("is not later than its last revision");
    revise("2096-01-01T00:00:00Z")
        .exits(1)
        .says("future-date")
        .says("nothing was written");
    revise("yesterday").exits(2).says("is no time");
    assert_eq!(read(&repository, &place(1)), advisory(1));
    revise(THEN).exits(0);
    let added = format!("\n[[revision]]\nat = {THEN}\nnote = \"Name the fix.\"\n");
    assert_eq!(read(&repository, &place(1)), advisory(1) + &added);
    repository.caveat("check").exits(0);
    repository
        .caveat("revise x_STORY-2026-0010 -m x")
        .exits(2)
        .says("did you mean `x_STORY-2026-0001`?");
}

#[test]
fn a_withdrawn_advisory_stays_and_says_why() {
    let repository = Repository::good().file(&place(2), &advisory(2));
    let withdraw = |id: &str, rest: &str| {
        repository.caveat(&format!("withdraw x_STORY-2026-{id} --at {THEN} {rest}"))
    };
    withdraw("0001", "--reason dupe").exits(2).says("duplicate");
    withdraw("0001", "--reason duplicate --replaced-by x_STORY-2026-0009")
        .exits(1)
        .says("withdrawn-successor");
    assert_eq!(read(&repository, &place(1)), advisory(1));
    withdraw(
        "0001",
        "--reason duplicate --replaced-by x_STORY-2026-0002 -m Twice.",
    )
    .exits(0);
    withdraw("0001", "--reason duplicate")
        .exits(2)
        .says("is withdrawn already");
    let text = read(&repository, &place(1));
    assert!(text.ends_with(&format!("[withdrawn]\nat = {THEN}\nreason = \"duplicate\"\nreplaced-by = [\"x_STORY-2026-0002\"]\nnote = \"Twice.\"\n")), "{text}");
    repository.caveat("check").exits(0);
    repository.caveat("fmt --check").exits(0);
}
