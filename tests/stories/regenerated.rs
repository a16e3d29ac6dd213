//! Owns the stories of records that are only written otherwise: revised in one go, and waking nobody.
//! Must never let what somebody changed pass as such.

use std::fs;

use crate::publish::{PUBLISH, published};
use crate::repository::{NOW, advisory, place};

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
