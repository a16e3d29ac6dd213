//! Owns fixture repositories, each made commit by commit, with the answer that a person would give.
//! Must never need a program, or the git configuration of this machine.

use std::fs;

use caveat_derive::{Evidence, Refusal, locked, text};
use git2::Oid;
use tempfile::TempDir;

use super::History;
use super::fixture::{Fixture, Made, branched, facts};
use crate::Error;

fn text_id(id: Oid) -> String {
    id.to_string()
}

#[test]
fn a_merged_fix_counts_from_the_merge_and_not_from_its_date() {
    let mut code = Fixture::new();
    let a = code.commit("main", &[], "a", "flaw\n");
    let fix = code.commit("topic", &[a], "Fix", "fixed\n");
    let b = code.commit("main", &[a], "b", "flaw\nb\n");
    let merge = code.commit("main", &[b, fix], "Merge topic", "fixed\nb\n");
    for (name, at) in [("v1.0.0", a), ("v1.1.0", b), ("v1.2.0", merge)] {
        code.tag(name, at);
    }
    assert_eq!(code.ranges(&[], &[fix]), ["< 1.2.0"]);
}

#[test]
fn after_a_squash_only_the_commit_that_was_merged_counts() {
    let mut code = Fixture::new();
    let a = code.commit("main", &[], "a", "flaw\n");
    let topic = code.commit("topic", &[a], "Fix", "fixed\n");
    let squash = code.commit("main", &[a], "Fix (#1)", "fixed\nmore\n");
    code.tag("v1.0.0", a);
    code.tag("v1.1.0", squash);
    code.drop_branch("topic");
    assert_eq!(code.ranges(&[], &[squash]), ["< 1.1.0"]);
    let refused = code
        .try_derive(&facts(&[], &[topic]))
        .expect_err("its branch is gone");
    assert_eq!(refused, Refusal::Missing(text_id(topic)));
    assert!(code.history().expect("opened").has(&text_id(topic)));
    assert!(!code.history().expect("opened").has(&"ab".repeat(20)));
}

#[test]
fn a_pick_to_a_renamed_file_is_known_by_author_and_date_and_said_to_differ() {
    let mut code = Fixture::new();
    let [_, old, fix] = branched(&mut code);
    let files = [("other", "1\n2\n3\nflaw\n")];
    let message = "Rename";
    let renamed = code.make(&Made {
        branch: "1.x",
        parents: &[old],
        message,
        files: &files,
        written: None,
    });
    let files = [("other", "1\n2\n3\nfixed\n")];
    let written = Some(
        code.git
            .find_commit(fix)
            .expect("there")
            .author()
            .when()
            .seconds(),
    );
    let pick = code.make(&Made {
        branch: "1.x",
        parents: &[renamed],
        message: "Fix",
        files: &files,
        written,
    });
    code.tag("v1.0.1", pick);
    assert_eq!(code.ranges(&[], &[fix]), ["< 1.0.1", ">= 2.0.0, < 2.0.1"]);
    let evidence = code.derive(&[], &[fix]).events[1].evidence;
    assert!(matches!(evidence, Evidence::SameAuthor(_)) && !evidence.is_strong());
}

#[test]
fn picks_to_two_branches_are_known_by_what_they_change() {
    let mut code = Fixture::new();
    let [a, old, fix] = branched(&mut code);
    let other = code.commit("1.5.x", &[a], "Release 1.5", "1\n2\n3\nflaw\n");
    code.tag("v1.5.0", other);
    // Another date, and a number behind the subject: the change is the same.
    let one = code.commit("1.x", &[old], "[1.x] Fix (#7)", "1\n2\n3\nfixed\n");
    let two = code.commit("1.5.x", &[other], "Fix", "1\n2\n3\nfixed\n");
    code.tag("v1.0.1", one);
    code.tag("v1.5.1", two);
    let ranges = ["< 1.0.1", ">= 1.5.0, < 1.5.1", ">= 2.0.0, < 2.0.1"];
    assert_eq!(code.ranges(&[], &[fix]), ranges);
    let events = code.derive(&[], &[fix]).events;
    let strong = |event: &caveat_derive::Event| matches!(event.evidence, Evidence::SamePatch(_));
    assert_eq!(events.iter().filter(|event| strong(event)).count(), 2);
}

#[test]
fn a_merge_that_was_picked_is_known_by_author_and_date() {
    let mut code = Fixture::new();
    let a = code.commit("main", &[], "a", "flaw\n");
    let old = code.commit("1.x", &[a], "Release 1", "flaw\n1\n");
    let topic = code.commit("topic", &[a], "Try", "fixed\n");
    let merge = code.commit("main", &[a, topic], "Merge pull request #3", "fixed\n");
    let author = code
        .git
        .find_commit(merge)
        .expect("there")
        .author()
        .when()
        .seconds();
    let pick = code.make(&Made {
        branch: "1.x",
        parents: &[old],
        message: "Merge pull request #3",
        files: &[("file", "fixed\n1\n")],
        written: Some(author),
    });
    for (name, at) in [
        ("v1.0.0", old),
        ("v1.0.1", pick),
        ("v2.0.0", a),
        ("v2.0.1", merge),
    ] {
        code.tag(name, at);
    }
    assert_eq!(code.ranges(&[], &[merge]), ["< 1.0.1", ">= 2.0.0, < 2.0.1"]);
}

#[test]
fn a_fix_that_was_reverted_and_made_again_leaves_a_gap() {
    let mut code = Fixture::new();
    let [_, _, fix] = branched(&mut code);
    let message = format!("Revert \"Fix\"\n\nThis reverts commit {fix}.\n");
    let revert = code.commit("main", &[fix], &message, "1\n2\n3\nflaw\n");
    let again = code.commit("main", &[revert], "Fix it better", "1\n2\n3\nbetter\n");
    code.tag("v2.0.2", revert);
    code.tag("v2.0.3", again);
    assert_eq!(
        code.ranges(&[], &[fix, again]),
        ["< 2.0.1", ">= 2.0.2, < 2.0.3"]
    );
}

#[test]
fn a_revert_without_a_hash_is_known_by_the_change_that_it_takes_back() {
    let mut code = Fixture::new();
    let [_, _, fix] = branched(&mut code);
    let revert = code.commit("main", &[fix], "Revert \"Fix\" (#9)", "1\n2\n3\nflaw\n");
    code.tag("v2.0.2", revert);
    assert_eq!(code.ranges(&[], &[fix]), ["< 2.0.1", ">= 2.0.2"]);
    let evidence = code.derive(&[], &[fix]).events[1].evidence;
    assert!(matches!(evidence, Evidence::TakesBack(_)), "{evidence:?}");
}

#[test]
fn a_shallow_clone_is_refused() {
    let mut code = Fixture::new();
    let [a, ..] = branched(&mut code);
    fs::write(code.git.path().join("shallow"), format!("{a}\n")).expect("written");
    assert!(matches!(code.history(), Err(Error::Shallow(_))));
}

#[test]
fn lines_that_cross_are_judged_by_what_they_contain() {
    let mut code = Fixture::new();
    let flaw = code.commit("main", &[], "a", "flaw\n");
    let c = code.commit("main", &[flaw], "c", "flaw\nc\n");
    let d = code.commit("dev", &[flaw], "d", "flaw\nd\n");
    let e = code.commit("main", &[c, d], "Merge dev", "flaw\nc\nd\n");
    let g = code.commit("dev", &[d, c], "Merge main", "flaw\nd\nc\n");
    let fix = code.commit("main", &[e], "Fix", "fixed\n");
    let both = code.commit("main", &[fix, g], "Merge dev again", "fixed\nd\n");
    for (name, at) in [
        ("v1.0.0", e),
        ("v1.1.0", fix),
        ("v1.2.0", g),
        ("v2.0.0", both),
    ] {
        code.tag(name, at);
    }
    assert_eq!(
        code.ranges(&[flaw], &[fix]),
        [">= 1.0.0, < 1.1.0", ">= 1.2.0, < 2.0.0"]
    );
}

#[test]
fn branches_of_one_clone_and_pull_requests_change_no_lock() {
    let mut code = Fixture::new();
    let [_, old, fix] = branched(&mut code);
    let lock = |code: &Fixture| {
        let facts = facts(&[], &[fix]);
        let derived = code.try_derive(&facts).expect("derived");
        let packages = vec![locked("npm", "demo", None, &facts, &derived)];
        text(&packages)
    };
    let before = lock(&code);
    let message = format!("Fix\n\n(cherry picked from commit {fix})\n");
    let local = code.commit("mine", &[old], &message, "1\n2\n3\nfixed\n");
    assert_eq!(lock(&code), before);
    code.git
        .reference("refs/pull/1/head", local, true, "fixture")
        .expect("a reference");
    code.drop_branch("mine");
    assert_eq!(lock(&code), before);
    assert_eq!(code.derive(&[], &[fix]).events.len(), 1);
}

#[test]
fn a_place_without_a_repository_is_named() {
    let room = TempDir::new().expect("a directory");
    assert!(matches!(History::open(room.path()), Err(Error::NoClone(_))));
    let code = Fixture::new();
    let path = format!("file://{}", code.room.path().join("code").display());
    assert!(History::open(path.as_ref()).is_ok());
}
