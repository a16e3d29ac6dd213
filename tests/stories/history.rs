//! Owns the stories of what git is a witness of: changes, revisions, and what is gone.
//! Must never test how two states are compared: those tests are beside the code.

use std::fs;

use git2::{BranchType, Repository as Git, ResetType, Signature, Time};

use crate::repository::{NOW, Outcome, PROJECT, Repository, advisory, place, run};

const AT: &str = "2026-11-20T12:00:00Z";

fn edited(repository: Repository, from: &str, to: &str) -> Repository {
    let text = fs::read_to_string(repository.path(&place(1))).unwrap();
    assert!(text.contains(from), "{text}");
    repository.file(&place(1), &text.replacen(from, to, 1))
}

fn check(repository: &Repository) -> Outcome {
    repository.caveat("check --as-of 2026-11-21T00:00:00Z")
}

fn revise(repository: &Repository, rest: &[&str]) -> Outcome {
    let mut command = repository.command();
    command.args(["revise", "x_STORY-2026-0001"]).args(rest);
    run(&mut command)
}

#[test]
fn a_change_is_refused_until_a_revision_tells_of_it() {
    let repository = edited(Repository::good(), "\"high\"", "\"low\"").commit(NOW + 60);
    check(&repository)
        .exits(1)
        .says("[revision-unsaid]: no revision tells readers of a change: severity")
        .says("`severity` was high, is low")
        .says("caveat revise x_STORY-2026-0001");
    repository.caveat("build --out public --as-of now").exits(1);
    revise(
        &repository,
        &[
            "-m",
            "Rated lower.",
            "--at",
            AT,
            "--narrows",
            "It needs a login.",
        ],
    )
    .exits(0);
    let text = fs::read_to_string(repository.path(&place(1))).unwrap();
    assert!(
        text.ends_with("note = \"Rated lower.\"\nchanged = [{ field = \"severity\", from = \"high\", to = \"low\" }]\nnarrows = \"It needs a login.\"\n"),
        "{text}"
    );
    check(&repository).exits(0);
}

#[test]
fn what_the_gate_would_refuse_is_said_before_it_is_merged() {
    let repository = edited(Repository::good(), "< 2.0.1", "< 2.0.0");
    let told = revise(&repository, &["-m", "Name the fix.", "--at", AT]).exits(0);
    told.says("[revision-narrows]");
    let said = check(&repository).exits(0);
    let said = said.says("warning[revision-narrows]: this revision tells fewer people to act");
    let said = said.says("2.0.0 up to, but not including, 2.0.1");
    said.says(
        "was 1.0.0 up to, but not including, 2.0.1, is 1.0.0 up to, but not including, 2.0.0",
    )
    .says("`narrows = \"reason\"`");
    let repository = edited(
        repository,
        "Name the fix.\"",
        "Name the fix.\"\nnarrows = \"2.0.0 has it.\"",
    );
    check(&repository).exits(0).says("nothing to say");
}

#[test]
fn what_changed_is_on_the_page_in_the_feed_in_the_mail_and_in_the_record() {
    let repository = edited(Repository::good(), "\"high\"", "\"low\"");
    revise(&repository, &["-m", "Rated lower.", "--at", AT]).exits(0);
    let repository = repository.commit(NOW + 86_400);
    repository
        .caveat("build --out ../public --as-of now")
        .exits(0);
    let read = |path: &str| fs::read_to_string(repository.path("../public").join(path)).unwrap();
    let page = read("advisories/x_STORY-2026-0001/index.html");
    assert!(
        page.contains("<del>high</del>") && page.contains("<ins>low</ins>"),
        "{page}"
    );
    let feed = read("feed.atom");
    assert!(feed.contains("severity: low (was: high)"), "{feed}");
    let mail = read("mail/x_STORY-2026-0001/r2.announce.txt");
    assert!(mail.contains("* severity: low (was: high)"), "{mail}");
    let record = read("osv/x_STORY-2026-0001.json");
    assert!(record.contains("\"from\": \"high\""), "{record}");
}

#[test]
fn an_editorial_revision_moves_no_feed_and_sends_no_mail() {
    let repository = edited(Repository::good(), "Code runs.", "Foreign code runs.");
    revise(
        &repository,
        &["-m", "Mend the wording.", "--at", AT, "--editorial"],
    )
    .exits(0);
    let repository = repository.commit(NOW + 86_400);
    repository
        .caveat("build --out ../public --as-of now")
        .exits(0);
    let public = repository.path("../public");
    let feed = fs::read_to_string(public.join("feed.atom")).unwrap();
    assert!(
        feed.contains("<updated>2026-11-19T23:00:00+00:00</updated>"),
        "{feed}"
    );
    assert!(!feed.contains("2026-11-20T12"), "{feed}");
    assert!(
        public
            .join("mail/x_STORY-2026-0001/r1.announce.eml")
            .exists()
    );
    assert!(
        !public
            .join("mail/x_STORY-2026-0001/r2.announce.eml")
            .exists()
    );
    let record = fs::read_to_string(public.join("osv/x_STORY-2026-0001.json")).unwrap();
    assert!(
        record.contains(&format!("\"modified\": \"{AT}\"")),
        "{record}"
    );
}

#[test]
fn a_rename_comments_and_another_form_are_no_change() {
    let old = "advisories/old/x_STORY-2026-0001.toml";
    let repository = Repository::empty()
        .file("caveat.toml", PROJECT)
        .file(old, &advisory(1))
        .commit(NOW);
    let text = advisory(1).replace(" = ", "  =  ");
    fs::remove_file(repository.path(old)).unwrap();
    let repository = repository
        .file(&place(1), &format!("# Moved.\n{text}"))
        .commit(NOW + 60);
    check(&repository).exits(0).says("nothing to say");
}

#[test]
fn a_published_advisory_that_is_gone_is_missed_and_a_draft_is_not() {
    let repository = Repository::empty()
        .file("caveat.toml", PROJECT)
        .file(&place(1), &advisory(1))
        .file(&place(2), &advisory(2))
        .file("advisories/drafts/a.toml", &advisory(3))
        .commit(NOW);
    fs::remove_file(repository.path(&place(2))).unwrap();
    fs::remove_file(repository.path("advisories/drafts/a.toml")).unwrap();
    let repository = repository.commit(NOW + 60);
    let said = check(&repository).exits(1).says("[advisory-gone]");
    assert_eq!(
        said.err.matches("advisory-gone]").count(),
        1,
        "{}",
        said.err
    );
    assert!(said.err.contains("x_STORY-2026-0002"), "{}", said.err);
}

#[test]
fn what_was_mended_on_a_branch_before_it_was_merged_was_never_public() {
    let repository = Repository::good();
    let git = Git::open(repository.root()).unwrap();
    let main = git.head().unwrap().peel_to_commit().unwrap();
    let repository = repository
        .file(&place(2), &advisory(2))
        .commit(NOW + 60)
        .file(
            &place(2),
            &advisory(2).replace("Code runs.", "Any code runs."),
        )
        .commit(NOW + 120);
    let branch = git.head().unwrap().peel_to_commit().unwrap();
    let who = Signature::new("A", "a@example.org", &Time::new(NOW + 180, 0)).unwrap();
    let parents = [&main, &branch];
    let tree = branch.tree().unwrap();
    let merge = git
        .commit(None, &who, &who, "merge", &tree, &parents)
        .unwrap();
    check(&repository).exits(1).says("revision-unsaid");
    git.reset(
        &git.find_object(merge, None).unwrap(),
        ResetType::Hard,
        None,
    )
    .unwrap();
    check(&repository).exits(0);
    let squashed = git
        .commit(None, &who, &who, "squash", &tree, &[&main])
        .unwrap();
    git.reset(
        &git.find_object(squashed, None).unwrap(),
        ResetType::Hard,
        None,
    )
    .unwrap();
    check(&repository).exits(0);
}

#[test]
fn commits_that_origin_does_not_have_yet_may_still_be_mended() {
    let origin = Repository::good();
    let room = Repository::empty();
    let clone = Git::clone(origin.root().to_str().unwrap(), room.root()).unwrap();
    assert!(clone.find_branch("origin/HEAD", BranchType::Remote).is_ok());
    let room = room
        .file(&place(2), &advisory(2))
        .commit(NOW + 60)
        .file(
            &place(2),
            &advisory(2).replace("Code runs.", "Any code runs."),
        )
        .commit(NOW + 120);
    check(&room).exits(0);
    let room = edited(room, "\"high\"", "\"low\"").commit(NOW + 180);
    check(&room).exits(1).says("revision-unsaid");
}

#[test]
fn a_shallow_clone_says_what_was_not_checked() {
    let repository = edited(Repository::good(), "\"high\"", "\"low\"").commit(NOW + 60);
    let git = Git::open(repository.root()).unwrap();
    let head = git.head().unwrap().peel_to_commit().unwrap().id();
    // What `git clone --depth 1` leaves.
    fs::write(git.path().join("shallow"), format!("{head}\n")).unwrap();
    check(&repository)
        .exits(0)
        .says("not checked: changes before commit")
        .says("unshallow");
}

#[test]
fn the_last_revision_is_amended_only_while_nobody_saw_it() {
    let repository = edited(Repository::good(), "\"high\"", "\"low\"");
    let lower = ["-m", "Rated lower.", "--at", AT, "--narrows", "A login."];
    revise(&repository, &lower).exits(0);
    let repository = edited(repository, "Code runs.", "Any code runs.");
    check(&repository).exits(0).says("does not name: impact");
    revise(&repository, &["--amend"])
        .exits(0)
        .says("lists 2 changed fields");
    check(&repository).exits(0).says("nothing to say");
    let repository = repository.commit(NOW + 86_400);
    revise(&repository, &["--amend"])
        .exits(2)
        .says("readers saw the revision");
    let first = Repository::good();
    revise(&first, &["--amend"])
        .exits(2)
        .says("only its first revision");
}

#[test]
fn a_withdrawn_advisory_stands_again_with_the_reason() {
    let repository = Repository::good();
    repository
        .caveat(&format!(
            "withdraw x_STORY-2026-0001 --reason not-reproducible -m Never. --at {AT}"
        ))
        .exits(0);
    let repository = repository.commit(NOW + 86_400);
    repository
        .caveat("reinstate x_STORY-2026-0001 -m Reproduced. --at 2026-11-21T00:00:00Z")
        .exits(0);
    let text = fs::read_to_string(repository.path(&place(1))).unwrap();
    assert!(
        text.contains("changed = [{ field = \"withdrawn\", from = \"not-reproducible\" }]\nreinstates = \"Reproduced.\""),
        "{text}"
    );
    assert!(!text.contains("[withdrawn]"), "{text}");
    let repository = repository.commit(NOW + 90_000);
    repository
        .caveat("reinstate x_STORY-2026-0001 -m Again.")
        .exits(2)
        .says("is not withdrawn");
}
