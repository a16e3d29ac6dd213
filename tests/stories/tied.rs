//! Owns the stories of advisories that have to do with each other: one is published without touching the other.
//! Must never judge by git: the gate is the only witness.

use std::fs;

use crate::publish::{PUBLISH, published};
use crate::repository::{NOW, advisory, place};

const TO_THE_FIRST: &str =
    "[[relation]]\ntype = \"incomplete-fix-of\"\nid = \"x_STORY-2026-0001\"\n";

/// The second advisory, published at two o'clock; `rest` are its last tables.
fn second(rest: &str) -> String {
    let text = advisory(2).replace("2026-11-19T23:00:00Z", "2026-11-20T02:00:00Z");
    text + rest
}

#[test]
fn a_follow_up_is_published_without_a_revision_of_the_first_and_both_pages_tell_of_it() {
    let repository = published();
    let before = fs::read(repository.path("public/osv/x_STORY-2026-0001.json")).unwrap();
    let repository = repository
        .file(&place(2), &second(TO_THE_FIRST))
        .commit_alone(NOW + 7200);
    repository
        .caveat(PUBLISH)
        .exits(0)
        .says("published 2 advisories");
    let after = fs::read(repository.path("public/osv/x_STORY-2026-0001.json")).unwrap();
    assert_eq!(before, after, "nobody revised it");
    let read = |path: &str| fs::read_to_string(repository.path(path)).unwrap();
    assert!(read("public/osv/x_STORY-2026-0002.json").contains("x_STORY-2026-0001"));
    assert!(read("public/advisories/x_STORY-2026-0001/index.html").contains("x_STORY-2026-0002"));
    assert!(read("public/advisories/x_STORY-2026-0002/index.html").contains("x_STORY-2026-0001"));
}

#[test]
fn a_duplicate_is_withdrawn_for_the_one_that_stays() {
    let repository = published()
        .file(&place(2), &second(""))
        .commit_alone(NOW + 7200);
    repository.caveat(PUBLISH).exits(0);
    let withdrawn = "[withdrawn]\nat = 2026-11-20T03:00:00Z\nreason = \"duplicate\"\nreplaced-by = [\"x_STORY-2026-0001\"]\n\
        [[revision]]\nat = 2026-11-20T03:00:00Z\nnote = \"The same flaw was told before.\"\n";
    let repository = repository
        .file(&place(2), &second(withdrawn))
        .commit_alone(NOW + 4 * 3600);
    repository
        .caveat(PUBLISH)
        .exits(0)
        .says("published 2 advisories");
    repository.caveat("verify public").exits(0);
}

#[test]
fn a_time_ahead_of_the_clock_publishes_no_embargoed_advisory() {
    let embargo =
        "[embargo]\nuntil = 2999-01-01T00:00:00Z\nagreed-with = [\"The distributions\"]\n";
    let repository = published()
        .file(
            &place(2),
            &second(embargo).replace("2026-11-20T02", "2999-01-01T00"),
        )
        .commit_alone(NOW + 7200);
    repository
        .caveat(&format!("{PUBLISH} --as-of 2999-01-02T00:00:00Z"))
        .exits(2)
        .says("x_STORY-2026-0002 is embargoed until 2999-01-01T00:00:00Z")
        .says("nothing was published");
    assert!(
        !repository
            .path("public/advisories/x_STORY-2026-0002")
            .exists()
    );
}

#[test]
fn a_redirect_from_a_file_of_the_site_is_refused_by_its_name() {
    for from in [
        "osv/all.zip",
        "keys/minisign.pub",
        "feed.atom",
        "advisories/x_STORY-2026-0001/",
    ] {
        let repository = published();
        let project = fs::read_to_string(repository.path("caveat.toml")).unwrap();
        let project =
            format!("{project}\n[[redirect]]\nfrom = \"{from}\"\nto = \"https://example.org/\"\n");
        let repository = repository.file("caveat.toml", &project).commit(NOW + 60);
        let outcome = repository.caveat("build --key ../key --out site").exits(2);
        outcome.says(from);
    }
}
