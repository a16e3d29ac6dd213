//! Owns the stories of programs that ask what a publication would change, while faults keep it back.
//! Must never take silence for an answer.

use serde_json::Value;

use crate::publish::published;
use crate::repository::{NOW, Repository, advisory, place};

fn faulty() -> Repository {
    let text = advisory(1).replace("severity = \"high\"", "severity = \"hihg\"");
    published().file(&place(1), &text).commit(NOW + 7200)
}

fn json(repository: &Repository, command: &str) -> Value {
    let outcome = repository.caveat(command).exits(1);
    serde_json::from_str(&outcome.out).unwrap()
}

#[test]
fn a_program_is_told_of_the_faults_that_keep_a_publication_back() {
    let repository = faulty();
    for command in [
        "publish --to public --key ../key --format json",
        "diff HEAD~1 --format json",
    ] {
        let said = json(&repository, command);
        assert_eq!(said["faults"]["error"], 2, "{said:#}");
    }
}

#[test]
fn a_pull_request_is_told_how_many_there_are_and_not_of_what() {
    let outcome = faulty().caveat("diff HEAD~1 --format markdown").exits(1);
    let said = "### Nothing can be published: 2 errors\n\n`caveat check` says which.\n";
    assert_eq!(outcome.out, said);
}

#[test]
fn a_directory_that_is_no_tree_is_no_base() {
    let outcome = published().caveat("diff advisories").exits(2);
    outcome.says("is a directory without SHA256SUMS");
}
