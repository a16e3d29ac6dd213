//! Owns the stories of authors who let the program mend what it can, and of branches that are judged by what they change.
//! Must never test one fix in depth: rules have tests of their own.

use std::fs;

use git2::{Repository as Git, Signature, build::CheckoutBuilder};
use snapbox::{assert_data_eq, str};

use crate::repository::{NOW, PROJECT, Repository, advisory, place};

/// Mended for certain: the stop, the id, the severity. Not for certain: the range.
fn faulty() -> String {
    advisory(1)
        .replace("Flaw number 1", "Flaw number 1.")
        .replace("\"high\"", "\"High\"  # a remark, kept")
        .replace(
            "impact =",
            "aliases = [\"cve-2026-12345\", \"CVE-2026-12345\"]\r\nimpact =",
        )
        .replace(">= 1.0.0, < 2.0.1", ">= 2.0.1, < 1.0.0")
}

fn text(repository: &Repository, path: &str) -> String {
    fs::read_to_string(repository.path(path)).unwrap()
}

#[test]
fn what_is_certain_is_mended_and_the_rest_reported() {
    let project = PROJECT.replace("name = \"torch\"", "name = \"Torch\"");
    let repository = Repository::empty()
        .file("caveat.toml", &project)
        .file(&place(1), &faulty());
    let said = repository.caveat("check --fix").exits(1);
    assert_data_eq!(
        said.err,
        str![[r#"
4 fixes made in advisories/2026/x_STORY-2026-0001.toml
1 fix made in caveat.toml
error[range]: `1.0.0` comes before `2.0.1`: this holds nothing
  --> advisories/2026/x_STORY-2026-0001.toml:10:14
   |
10 | versions = [">= 2.0.1, < 1.0.0"]
   |              ^^^^^^^^^^^^^^^^^
   |
   = help: the first affected version comes first, the fix after it

1 error
`caveat explain range` says more, as does https://story.example.org/rules/range/

"#]]
    );
    let expected = faulty()
        .replace("1.\"", "1\"")
        .replace("\"High\"", "\"high\"")
        .replace("\"cve-2026-12345\", ", "");
    assert_eq!(text(&repository, &place(1)), expected);
    assert_eq!(text(&repository, "caveat.toml"), PROJECT);
    assert_eq!(repository.tree("advisories").len(), 1);
}

#[test]
fn a_fix_is_shown_before_it_is_made() {
    let repository = Repository::empty()
        .file("caveat.toml", PROJECT)
        .file(&place(1), &advisory(1).replace("number 1\"", "number 1.\""));
    let said = repository.caveat("check").exits(0);
    assert_data_eq!(
        said.err,
        str![[r#"
warning[title-stop]: the title ends in a full stop
 --> advisories/2026/x_STORY-2026-0001.toml:2:9
  |
2 | title = "Flaw number 1."
  |         ^^^^^^^^^^^^^^^^
  |
  = help: a title is a phrase: leave the stop out
help: take it out
  |
2 - title = "Flaw number 1."
2 + title = "Flaw number 1"
  |

1 warning
`caveat explain title-stop` says more, as does https://story.example.org/rules/title-stop/

"#]]
    );
    assert!(text(&repository, &place(1)).contains("number 1.\""));
}

#[test]
fn only_what_is_asked_for_is_mended() {
    let stop = |number: u32| advisory(number).replace("\"\nseverity", ".\"\nseverity");
    let project = PROJECT.replace("name = \"torch\"", "name = \"Torch\"");
    let repository = Repository::empty()
        .file("caveat.toml", &project)
        .file(&place(1), &stop(1))
        .file(&place(2), &stop(2));
    repository
        .caveat(&format!("check --fix {}", place(2)))
        .exits(1)
        .says("1 fix made in advisories/2026/x_STORY-2026-0002.toml\nerror[package-list]");
    assert_eq!(text(&repository, "caveat.toml"), project);
    assert_eq!(text(&repository, &place(1)), stop(1));
    assert_eq!(text(&repository, &place(2)), advisory(2));
}

#[test]
fn with_nothing_to_mend_nothing_is_written() {
    let repository = Repository::good();
    let before = fs::metadata(repository.path(&place(1))).unwrap();
    let said = repository.caveat("check --fix").exits(0);
    assert_eq!(said.err, "checked 1 advisory: nothing to say\n");
    let after = fs::metadata(repository.path(&place(1))).unwrap();
    assert_eq!(before.modified().unwrap(), after.modified().unwrap());
}

#[test]
fn a_branch_hears_only_of_the_files_it_changes() {
    let bad = |number| advisory(number).replace("\"high\"", "\"hihg\"");
    let repository = Repository::good().file(&place(2), &bad(2)).commit(NOW);
    let git = Git::open(repository.root()).unwrap();
    let base = git.head().unwrap().peel_to_commit().unwrap();
    git.branch("base", &base, false).unwrap();
    let repository = repository
        .file(&place(3), &bad(3))
        .commit(NOW)
        .file(&place(4), &bad(4));
    let said = repository.caveat("check --changed base").exits(1);
    for (number, told) in [(2, false), (3, true), (4, true)] {
        assert_eq!(said.err.contains(&place(number)), told, "{}", said.err);
    }
    said.says("not shown: 1 finding in files that did not change");
}

#[test]
fn what_the_base_did_since_is_not_what_the_branch_changed() {
    let bad = advisory(2).replace("\"high\"", "\"hihg\"");
    let repository = Repository::good();
    let git = Git::open(repository.root()).unwrap();
    let fork = git.head().unwrap().peel_to_commit().unwrap();
    git.branch("work", &fork, false).unwrap();
    let main = git.head().unwrap().name().unwrap().to_owned();
    let repository = repository.file(&place(2), &bad).commit(NOW);
    let later = git.find_reference(&main).unwrap().peel_to_commit().unwrap();
    git.branch("base", &later, false).unwrap();
    git.set_head("refs/heads/work").unwrap();
    git.checkout_head(Some(CheckoutBuilder::new().force()))
        .unwrap();
    let repository = repository.file(&place(3), &bad.replace("0002", "0003"));
    let said = repository.caveat("check --changed base").exits(1);
    assert!(
        said.err.contains(&place(3)) && !said.err.contains(&place(2)),
        "{}",
        said.err
    );
}

#[test]
fn a_finding_between_two_files_is_told_to_whoever_changed_either() {
    let alias =
        |number: u32| advisory(number).replace("impact", "aliases = [\"CVE-2026-12345\"]\nimpact");
    let repository = Repository::good().file(&place(2), &alias(2)).commit(NOW);
    let repository = repository.file(&place(1), &alias(1));
    repository
        .caveat("check --changed HEAD")
        .exits(1)
        .says("--> advisories/2026/x_STORY-2026-0002.toml");
}

#[test]
fn an_unknown_base_is_refused_with_a_way_out() {
    Repository::good()
        .caveat("check --changed origin/main")
        .exits(2)
        .says("`origin/main` names no commit here; a shallow clone may lack it");
}

#[test]
fn a_base_without_common_history_is_refused_with_a_way_out() {
    let repository = Repository::good();
    let git = Git::open(repository.root()).unwrap();
    let head = git.head().unwrap().peel_to_commit().unwrap();
    let who = Signature::now("B", "b@example.org").unwrap();
    let tree = head.tree().unwrap();
    git.commit(Some("refs/heads/other"), &who, &who, "m", &tree, &[])
        .unwrap();
    repository
        .caveat("check --changed other")
        .exits(2)
        .says("`other` and HEAD have no commit in common here; a shallow clone is cut off");
}

#[test]
fn a_repository_without_a_commit_has_nothing_to_compare_with() {
    let repository = Repository::empty().file("caveat.toml", PROJECT);
    Git::init(repository.root()).unwrap();
    repository
        .caveat("check --changed main")
        .exits(2)
        .says("has no commit yet");
}
