//! Owns the stories of the form of files: bringing them into it, and telling editors of it.
//! Must never test the form itself: those tests are beside the code.

use std::fs;

use crate::repository::{Repository, advisory, place};

fn read(repository: &Repository, path: &str) -> String {
    fs::read_to_string(repository.path(path)).unwrap()
}

#[test]
fn files_get_their_canonical_form_and_those_with_faults_are_left_alone() {
    let untidy = advisory(1).replace("title = ", "# of the title\ntitle=  ");
    let broken = "title = \n\n\n\nid=3";
    let repository = Repository::good()
        .file(&place(1), &untidy)
        .file("advisories/drafts/broken.toml", broken);
    let listed = format!("{}\n", place(1));
    let said = repository
        .caveat("fmt --check")
        .exits(1)
        .says("error[syntax]")
        .says("would change 1 of 2");
    assert_eq!(said.out, listed);
    assert_eq!(read(&repository, &place(1)), untidy);
    assert_eq!(
        repository.caveat(&format!("fmt {}", place(1))).exits(0).out,
        listed
    );
    assert_eq!(
        read(&repository, &place(1)),
        advisory(1).replace("title", "# of the title\ntitle")
    );
    repository.caveat("fmt").exits(1).says("changed 0 of 2");
    assert_eq!(read(&repository, "advisories/drafts/broken.toml"), broken);
    repository
        .caveat("fmt caveat.toml")
        .exits(2)
        .says("is no advisory file");
}

#[test]
fn the_schema_knows_the_project_where_there_is_one() {
    let inside = Repository::good().caveat("schema").exits(0).out;
    assert!(
        inside.contains("\"torch\"") && inside.contains("^x_STORY-"),
        "{inside}"
    );
    let outside = Repository::empty().caveat("schema").exits(0).out;
    assert!(
        !outside.contains("\"torch\"") && outside.contains("affected-if"),
        "{outside}"
    );
    let project = Repository::empty().caveat("schema project").exits(0).out;
    assert!(
        project.contains("id-prefix") && project.contains("oss-security"),
        "{project}"
    );
}
