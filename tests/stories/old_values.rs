//! Owns the stories of old values: what was taken out of an advisory does not come back by a comparison.
//! Must never take a rule that is on for the reason why nothing came back.

use std::fs;

use crate::repository::{NOW, Outcome, PROJECT, Repository, advisory, place, run};

const AT: &str = "2026-11-20T12:00:00Z";
const CREDIT: &str = "\n[[credit]]\nname = \"Quentin Quarry\"\nrole = \"finder\"\nconsent = [\"advisory\"]\nagreed = 2026-10-02\n";
const NAMED: &str = "Code runs, as Quentin Quarry showed.";

fn credited() -> String {
    let home = "[[reference]]\ntype = \"report\"\nurl = \"https://example.org/quentin-quarry/report\"\n\n[[revision]]";
    let text = advisory(1).replace("[[revision]]", home);
    text.replace("Code runs.", NAMED)
        .replace("[[revision]]", &format!("{CREDIT}\n[[revision]]"))
}

/// Somebody was credited and named, and the author took both out of the file.
fn taken_back(project: &str, credit: &str) -> Repository {
    Repository::empty()
        .file("caveat.toml", project)
        .file(&place(1), &credited())
        .commit(NOW)
        .file(
            &place(1),
            &advisory(1).replace("[[revision]]", &format!("{credit}\n[[revision]]")),
        )
}

fn text(repository: &Repository) -> String {
    fs::read_to_string(repository.path(&place(1))).unwrap()
}

fn revise(repository: &Repository) -> Outcome {
    let mut command = repository.command();
    command.args([
        "revise",
        "x_STORY-2026-0001",
        "-m",
        "Credits changed.",
        "--editorial",
        "--at",
        AT,
    ]);
    run(&mut command)
}

fn lenient() -> String {
    PROJECT.to_owned() + "[[rule]]\ncode = \"credit-remembered\"\nlevel = \"off\"\n"
}

#[test]
fn a_name_that_was_taken_out_is_in_no_value_that_revise_lists() {
    let silent = CREDIT.replace("\"advisory\"", "");
    for (project, credit) in [
        (PROJECT.to_owned(), ""),
        (lenient(), ""),
        (lenient(), silent.as_str()),
    ] {
        let repository = taken_back(&project, credit);
        let said = repository
            .caveat("check --as-of 2026-11-21T00:00:00Z")
            .exits(1);
        let said = said.says("no revision tells readers of a change: impact, reference, credit");
        let old = said.err.contains("showed") || said.err.contains("quentin-quarry");
        assert!(!old, "{}", said.err);
        revise(&repository).exits(0);
        let text = text(&repository).replace(credit, "");
        assert!(!text.to_lowercase().contains("quarry"), "{text}");
        assert!(
            text.contains(
                "{ field = \"impact\" },\n  { field = \"reference\" },\n  { field = \"credit\" },"
            ),
            "{text}"
        );
        repository
            .caveat("check --as-of 2026-11-21T00:00:00Z")
            .exits(0);
    }
}

#[test]
fn a_name_that_another_advisory_still_credits_does_not_come_back_into_this_one() {
    let other = advisory(2).replace("[[revision]]", &format!("{CREDIT}\n[[revision]]"));
    let repository = taken_back(PROJECT, "").file(&place(2), &other);
    revise(&repository).exits(0);
    let text = text(&repository);
    assert!(!text.to_lowercase().contains("quarry"), "{text}");
    assert!(text.contains("field = \"impact\""), "{text}");
}

#[test]
fn an_amended_revision_lists_no_such_value_either() {
    let repository = taken_back(&lenient(), "");
    revise(&repository).exits(0);
    let mended = text(&repository).replace("Code runs.", "Any code runs.");
    let repository = repository.file(&place(1), &mended);
    repository
        .caveat("revise x_STORY-2026-0001 --amend")
        .exits(0);
    assert!(!text(&repository).to_lowercase().contains("quarry"));
    assert!(text(&repository).contains("Any code runs."));
}

#[test]
fn revise_refuses_what_check_would_refuse_because_git_remembers_a_name() {
    let repository = taken_back(PROJECT, "");
    let kept = advisory(1).replace("Code runs.", NAMED);
    let repository = repository.file(&place(1), &kept);
    revise(&repository)
        .exits(1)
        .says("[credit-remembered]")
        .says("nothing was written");
    assert_eq!(text(&repository), kept);
}

#[test]
fn a_comparison_names_nobody_who_was_taken_out() {
    let repository = taken_back(&lenient(), "");
    revise(&repository).exits(0);
    let repository = repository.commit(NOW + 86_400);
    for form in ["text", "markdown", "json"] {
        let said = repository
            .caveat(&format!("diff HEAD~1 --format {form}"))
            .exits(0)
            .out;
        assert!(!said.to_lowercase().contains("quarry"), "{said}");
        assert!(said.contains("impact"), "{said}");
    }
}

/// A published text and a list of aliases told of a flaw that is embargoed now.
fn told_too_much() -> Repository {
    let id = "aliases = [\"CVE-2026-7777777777\"]\nseverity =";
    let before = advisory(1)
        .replace("Code runs.", "Code runs, as in CVE-2026-7777777777.")
        .replace("severity =", id);
    let hidden = crate::embargo::embargoed();
    Repository::empty()
        .file("caveat.toml", PROJECT)
        .file(&place(1), &before)
        .commit(NOW)
        .file(&place(1), &advisory(1))
        .file(&place(2), &hidden)
}

#[test]
fn an_old_value_tells_nothing_of_what_is_embargoed_now() {
    let repository = told_too_much();
    let mut command = repository.command();
    command.args([
        "revise",
        "x_STORY-2026-0001",
        "-m",
        "Mended.",
        "--at",
        AT,
        "--narrows",
        "It was another flaw.",
    ]);
    run(&mut command).exits(0);
    let told = text(&repository);
    assert!(
        !told.contains("7777777777") && told.contains("{ field = \"aliases\" }"),
        "{told}"
    );
    let repository = repository.commit(NOW + 86_400);
    repository.caveat("check --as-of now").exits(0);
    repository
        .caveat("build --out ../public --as-of now")
        .exits(0);
    for form in ["text", "markdown", "json"] {
        let said = repository
            .caveat(&format!("diff HEAD~1 --format {form}"))
            .exits(0)
            .out;
        assert!(
            !said.contains("7777777777") && said.contains("aliases"),
            "{said}"
        );
    }
}

#[test]
fn the_title_of_what_came_under_an_embargo_is_not_repeated() {
    let hidden = crate::embargo::embargoed();
    let open = hidden
        .split("[embargo]")
        .next()
        .unwrap()
        .replace("2026-12-02T23", "2026-11-19T23");
    let repository = Repository::good().file(&place(2), &open).commit(NOW + 60);
    let git = git2::Repository::open(repository.root()).unwrap();
    let base = git.head().unwrap().peel_to_commit().unwrap().id();
    // Where git remembers it as public, `check` refuses the embargo.
    let repository = repository.file(&place(2), &hidden).commit_alone(NOW + 120);
    for form in ["text", "markdown", "json"] {
        let said = repository.caveat(&format!("diff {base} --format {form}"));
        let said = said.exits(1).out;
        assert!(said.contains("(withheld)"), "{said}");
        for word in ["Zanzibar", "7777777777"] {
            assert!(!said.contains(word), "{said}");
        }
    }
}
