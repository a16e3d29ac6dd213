//! Owns the stories of records that are only written otherwise: revised in one go, and waking nobody.
//! Must never let what somebody changed pass as such.

use std::fs;

use crate::publish::{PUBLISH, published};
use crate::repository::{NOW, Repository, advisory, place};

/// Entries that nobody moved.
fn unmoved(feed: &str) -> usize {
    feed.matches("<updated>2026-11-19T23:00:00Z").count()
}

#[test]
fn what_only_the_program_writes_otherwise_is_revised_in_one_go_and_quietly() {
    let repository = published().file(&place(2), &advisory(2)).commit(NOW + 60);
    repository.caveat(PUBLISH).exits(0);
    let feed = fs::read_to_string(repository.path("public/feed.atom")).unwrap();
    let text = fs::read_to_string(repository.path("caveat.toml")).unwrap();
    let other = text.replace("CC-BY-4.0", "CC0-1.0");
    let repository = repository.file("caveat.toml", &other).commit(NOW + 120);
    let refused = repository
        .caveat(PUBLISH)
        .exits(1)
        .says("x_STORY-2026-0001: its bytes change");
    refused
        .says("x_STORY-2026-0002: its bytes change")
        .says("caveat revise --regenerated");
    let revise = "revise --regenerated --against public -m Licence. --at 2026-11-20T00:03:00Z";
    repository
        .caveat(revise)
        .exits(0)
        .says("2 advisories revised");
    let repository = repository.commit(NOW + 240);
    repository.caveat(PUBLISH).exits(0);
    let seen = |path: &str| fs::read_to_string(repository.path(path)).unwrap();
    assert!(
        seen("public/osv/x_STORY-2026-0001.json")
            .contains("\"modified\": \"2026-11-20T00:03:00Z\"")
    );
    assert!(
        !repository
            .path("public/mail/x_STORY-2026-0001/r2.announce.eml")
            .exists()
    );
    assert_eq!(unmoved(&feed), unmoved(&seen("public/feed.atom")));
    repository
        .caveat(revise)
        .exits(0)
        .says("no record is written otherwise");
}

#[test]
fn what_somebody_changed_is_not_called_regenerated() {
    let repository = published();
    let text = advisory(1).replace("< 2.0.1", "< 2.0.2");
    let repository = repository.file(&place(1), &text);
    let revise = "revise --regenerated --against public -m Anew.";
    repository
        .caveat(revise)
        .exits(1)
        .says("[revision-unsaid]")
        .says("nothing was written");
    // Where git remembers nothing, what is out does.
    let repository = repository.commit_alone(NOW + 60);
    repository
        .caveat(revise)
        .exits(1)
        .says("revise it by itself")
        .says("nothing was written");
    assert_eq!(
        fs::read_to_string(repository.path(&place(1))).unwrap(),
        text
    );
    repository.caveat("revise --regenerated -m Anew.").exits(2);
}

/// Another licence, which every record has, and what a person did to the first advisory.
fn rewritten(from: &str, to: &str) -> Repository {
    let repository = published();
    let text = fs::read_to_string(repository.path("caveat.toml")).unwrap();
    let other = text.replace("CC-BY-4.0", "CC0-1.0");
    repository
        .file("caveat.toml", &other)
        .file(&place(1), &advisory(1).replacen(from, to, 1))
}

/// What a record does not have in a field of its own is seen by git.
#[test]
fn what_people_wrote_into_a_text_is_not_called_regenerated() {
    let edits = [
        ("description", "trusts the length", "trusts the name"),
        (
            "workaround",
            "[[affected]]",
            "workaround = \"Turn it off.\"\n[[affected]]",
        ),
        (
            "affected[torch].features",
            "versions = ",
            "features = [\"cuda\"]\nversions = ",
        ),
    ];
    for (field, from, to) in edits {
        let repository = rewritten(from, to);
        repository
            .caveat("revise --regenerated --against public -m Anew.")
            .exits(1)
            .says(&format!("no revision tells readers of a change: {field}"))
            .says("nothing was written");
        let text = fs::read_to_string(repository.path(&place(1))).unwrap();
        assert_eq!(text, advisory(1).replacen(from, to, 1));
    }
}

#[test]
fn where_git_does_not_know_what_readers_saw_nothing_is_called_regenerated() {
    let repository = rewritten("trusts the length", "trusts the name");
    let repository = repository.commit_alone(NOW + 120);
    // The only state that there is has the change in it: it began after readers saw the record.
    repository
        .caveat("revise --regenerated --against public -m Anew. --at 2026-11-20T00:03:00Z")
        .exits(1)
        .says("git does not have")
        .says("nothing was written");
}
