//! Owns the stories of authors: what `caveat check` says about what they wrote.
//! Must never test one rule in depth: rules have tests of their own.

use snapbox::{assert_data_eq, str};

use crate::repository::{PROJECT, Repository, advisory, place};

#[test]
fn a_good_repository_needs_no_git_to_be_checked() {
    let repository = Repository::empty()
        .file("caveat.toml", PROJECT)
        .file(&place(1), &advisory(1));
    repository
        .caveat("check")
        .exits(0)
        .says("checked 1 advisory: nothing to say");
}

#[test]
fn a_finding_points_at_the_place_and_says_what_to_do() {
    let text = advisory(1).replace(">= 1.0.0, < 2.0.1", ">= 2.0.0, < 1.0");
    let repository = Repository::empty()
        .file("caveat.toml", PROJECT)
        .file(&place(1), &text);
    let said = repository.caveat("check").exits(1);
    assert_data_eq!(
        said.err,
        str![[r#"
error[range]: `1.0` comes before `2.0.0`: this holds nothing
 --> advisories/2026/x_STORY-2026-0001.toml:9:14
  |
9 | versions = [">= 2.0.0, < 1.0"]
  |              ^^^^^^^^^^^^^^^
  |
  = help: the first affected version comes first, the fix after it

1 error
`caveat explain range` says more, as does https://story.example.org/rules/range/

"#]]
    );
}

#[test]
fn every_fault_of_every_file_is_said_in_one_run() {
    let repository = Repository::empty()
        .file("caveat.toml", PROJECT)
        .file(&place(1), "title = \nid = = 3\n")
        .file(&place(2), &advisory(1))
        .file(
            &place(3),
            &advisory(3)
                .replace("\"high\"", "\"hihg\"")
                .replace("torch", "torhc"),
        )
        .file(&place(4), &advisory(4).replace("impact", "imapct"))
        .file(&place(5), &advisory(5).replace("2026-11-19", "2096-11-19"))
        .file("advisories/2026/x.tml", "");
    let said = repository.caveat("check --format short").exits(1);
    for expected in [
        "x_STORY-2026-0001.toml:1:9: error[syntax]",
        "x_STORY-2026-0002.toml:1:6: error[file-name]",
        "x_STORY-2026-0003.toml:3:12: error[severity-class]",
        "x_STORY-2026-0003.toml:8:11: error[package-unknown]",
        "x_STORY-2026-0004.toml:4:1: error[unknown-key]",
        "x_STORY-2026-0005.toml:16:6: error[future-date]",
        "x.tml:1:1: warning[stray-file]",
    ] {
        assert!(
            said.err.contains(expected),
            "no {expected} in\n{}",
            said.err
        );
    }
}

#[test]
fn only_what_is_asked_for_is_reported() {
    let bad = |number| advisory(number).replace("\"high\"", "\"hihg\"");
    let repository = Repository::empty()
        .file("caveat.toml", PROJECT)
        .file(&place(1), &bad(1))
        .file(&place(2), &bad(2));
    let said = repository
        .caveat(&format!("check --format short {}", place(2)))
        .exits(1);
    assert_eq!(said.err.lines().count(), 1, "{}", said.err);
}

#[test]
fn colour_is_for_terminals_only() {
    let repository = Repository::empty().file("caveat.toml", "x = 1");
    assert!(!repository.caveat("check").exits(1).err.contains('\u{1b}'));
}

#[test]
fn a_private_key_in_the_repository_is_an_error() {
    let repository = Repository::good().file("keys/feed", crate::repository::KEY);
    repository
        .caveat("check")
        .exits(1)
        .says("error[private-key]: this file holds a private key");
}

#[test]
fn a_faulty_project_is_not_hidden_by_asking_about_one_directory() {
    let repository = Repository::empty()
        .file("caveat.toml", &PROJECT.replace("[policy]", "[polcy]"))
        .file(&place(1), &advisory(1));
    repository
        .caveat("check advisories/2026")
        .exits(1)
        .says("caveat.toml");
}
