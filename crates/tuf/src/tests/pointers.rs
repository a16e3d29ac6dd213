//! Owns what a thief of a key can point at: older documents, other bytes, other versions; and why each is refused.
//! Must never sign with a key that a thief of that one does not have.

use super::attacks::{LATER, TIMESTAMP, two_editions};
use super::*;

/// A timestamp of this version, signed by the freshness key, that points at another snapshot.
pub(super) fn point_at(feed: &mut Feed, version: u64, snapshot: u64, file: Fingerprint) {
    let forged = forged(&feed.tree[TIMESTAMP], &[FRESHNESS], |signed| {
        signed.insert("version".to_owned(), Value::Number(version));
        let meta = inner(signed, &["meta", "snapshot.json"]);
        meta.insert("version".to_owned(), Value::Number(snapshot));
        meta.extend(file.fields());
    });
    feed.tree.insert(TIMESTAMP.to_owned(), forged);
}

#[test]
fn a_new_timestamp_that_points_back_is_a_rollback() {
    let (mut feed, first, memory) = two_editions();
    point_at(&mut feed, 3, 1, Fingerprint::of(&first["1.snapshot.json"]));
    let back = Reason::Rollback {
        role: Role::Snapshot,
        seen: 2,
        offered: 1,
    };
    assert_eq!(reason(feed.check(Some(&memory), LATER)), back);
    assert!(
        matches!(feed.check(None, START).verdict, Verdict::Fresh { .. }),
        "who remembers nothing cannot know"
    );
}

#[test]
fn a_new_snapshot_that_points_back_is_a_rollback() {
    let (mut feed, first, memory) = two_editions();
    let snapshot = forged(&feed.tree["2.snapshot.json"], &[PUBLISH], |signed| {
        signed.insert("version".to_owned(), Value::Number(3));
        let meta = inner(signed, &["meta", "targets.json"]);
        meta.insert("version".to_owned(), Value::Number(1));
        meta.extend(Fingerprint::of(&first["1.targets.json"]).fields());
    });
    point_at(&mut feed, 3, 3, Fingerprint::of(&snapshot));
    feed.tree.insert("3.snapshot.json".to_owned(), snapshot);
    let back = Reason::Rollback {
        role: Role::Targets,
        seen: 2,
        offered: 1,
    };
    assert_eq!(reason(feed.check(Some(&memory), LATER)), back);
}

#[test]
fn old_bytes_under_a_new_name_are_not_what_was_signed_for() {
    let (mut feed, first, _) = two_editions();
    feed.tree
        .insert("2.targets.json".to_owned(), first["1.targets.json"].clone());
    // Both editions have files of equal length but for one digit.
    let reason = feed.reason();
    assert!(
        matches!(&reason, Reason::Length { file, .. } | Reason::Hash(file) if file == "2.targets.json"),
        "{reason}"
    );
    let (mut feed, first, _) = two_editions();
    feed.tree.insert(
        "2.snapshot.json".to_owned(),
        first["1.snapshot.json"].clone(),
    );
    assert_eq!(feed.reason(), Reason::Hash("2.snapshot.json".to_owned()));
}

#[test]
fn a_document_with_another_version_than_its_pointer_is_named() {
    let mut feed = Feed::new();
    let file = Fingerprint::of(&feed.tree["1.snapshot.json"]);
    point_at(&mut feed, 2, 7, file);
    let bytes = feed.tree["1.snapshot.json"].clone();
    feed.tree.insert("7.snapshot.json".to_owned(), bytes);
    let named = Reason::Version {
        file: "7.snapshot.json".to_owned(),
        expected: 7,
        found: 1,
    };
    assert_eq!(feed.reason(), named);
}
