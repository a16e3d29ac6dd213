//! Owns the stories of people who agree on a root, and of those who lost a key.
//! Must never sign with a key that the story did not make.

use std::fs;

use crate::keys::{private, staffed};
use crate::repository::{NOW, Outcome, Repository};

fn sign(room: &Repository, names: &[&str]) -> Outcome {
    let mut arguments = "keys root sign".to_owned();
    for name in names {
        arguments.push_str(&format!(" --key {}", private(room, name).display()));
    }
    room.caveat(&arguments)
}

/// The first root, signed by two of three.
fn rooted() -> Repository {
    let room = staffed();
    room.caveat("keys root draft").exits(0);
    sign(&room, &["ana", "ben"]).exits(0);
    room
}

fn status(room: &Repository) -> serde_json::Value {
    let json = room.caveat("keys root status --format json").exits(0).out;
    serde_json::from_str(&json).unwrap()
}

#[test]
fn a_root_goes_from_hand_to_hand_until_it_is_whole() {
    let room = staffed();
    room.caveat("keys root sign")
        .exits(2)
        .says("there is no draft");
    room.caveat("keys root draft").exits(0);
    room.caveat("keys root sign")
        .exits(2)
        .says("no key was named");
    sign(&room, &["publish-1"])
        .exits(2)
        .says("2 more of ana, ben, cleo");
    sign(&room, &["ana"]).exits(0).says("1 more of ben, cleo");
    sign(&room, &["ana"]).exits(2).says("1 more of ben, cleo");
    room.caveat("keys root draft").exits(2).says("--anew");
    assert_eq!(status(&room)["draft"]["signed"], serde_json::json!(["ana"]));
    sign(&room, &["cleo"])
        .exits(0)
        .says("keys/root/1.root.json");
    assert!(!room.path("keys/root/draft.json").exists());
    let told = status(&room);
    assert_eq!(told["version"], 1);
    assert_eq!(told["sha256-of-root-1"].as_str().map(str::len), Some(64));
    room.caveat("check").exits(0);
    let well = room.caveat("keys doctor").exits(0).out;
    assert!(well.contains("nothing is to be done"), "{well}");
}

#[test]
fn a_draft_that_the_keyring_left_behind_is_signed_by_nobody() {
    let room = staffed();
    room.caveat("keys root draft").exits(0);
    room.caveat("keys rotate publish publish-2").exits(0);
    sign(&room, &["ana"]).exits(2).says("--anew");
    room.caveat("keys root draft --anew").exits(0);
    let key = private(&room, "ana");
    let late = format!(
        "keys root sign --at 2099-01-01T00:00:00Z --key {}",
        key.display()
    );
    room.caveat(&late).exits(2).says("which is over");
}

#[test]
fn a_root_is_drafted_for_no_time_that_nobody_can_mean() {
    let room = staffed();
    let draft = |at: &str| room.caveat(&format!("keys root draft --anew --at {at}"));
    draft("2020-01-01T00:00:00Z")
        .exits(2)
        .says("would have ended at 20")
        .says("leave --at out");
    draft("2099-01-01T00:00:00Z")
        .exits(2)
        .says("more than 365 days ahead");
    assert!(!room.path("keys/root/draft.json").exists());
    draft("now").exits(0);
    let room = rooted();
    // When the first root was drafted: it is good for a year.
    let ends: jiff::Timestamp = status(&room)["expires"].as_str().unwrap().parse().unwrap();
    let at = |days: i64| ends + jiff::SignedDuration::from_hours(24 * (days - 365));
    let draft = |days: i64| room.caveat(&format!("keys root draft --anew --at {}", at(days)));
    draft(-30).exits(2).says("is before root 1, which ends at");
    draft(364).exits(0);
    // The newest root is over before another could be.
    let ring = room.path("keys/keyring.toml");
    let text = fs::read_to_string(&ring).unwrap();
    let longer = text.replace("threshold = 2", "threshold = 2\ndays = 900");
    fs::write(&ring, longer).unwrap();
    draft(366)
        .exits(2)
        .says("root 1 ends at")
        .says("name a time before it");
    let ends = format!("{text}\n[key.publish-1]\nuntil = {}\n", at(20));
    fs::write(&ring, ends).unwrap();
    draft(21)
        .exits(2)
        .says("too few keys of the role publish may sign")
        .says("`caveat keys rotate publish NEW` first");
    draft(19).exits(0);
}

#[test]
fn a_draft_that_was_left_from_before_is_named_and_thrown_away() {
    let room = rooted();
    room.caveat("keys root draft").exits(0);
    // Another line begins, and the draft of root 2 stays.
    fs::remove_file(room.path("keys/root/1.root.json")).unwrap();
    for command in ["keys root draft", "keys root sign"] {
        room.caveat(command)
            .exits(2)
            .says("does not follow the newest root")
            .says("`caveat keys root draft --anew`");
    }
    room.caveat("check").says("`caveat keys root draft --anew`");
    room.caveat("keys root draft --anew").exits(0);
    sign(&room, &["ana", "ben"])
        .exits(0)
        .says("keys/root/1.root.json");
    // Nobody is told to go on with what the keyring left behind.
    room.caveat("keys root draft").exits(0);
    room.caveat("keys rotate publish publish-2").exits(0);
    room.caveat("keys root draft")
        .exits(2)
        .says("does not say what keys/keyring.toml says");
}

#[test]
fn another_line_that_begins_in_one_commit_is_told_how_to() {
    let room = rooted().commit(NOW);
    fs::remove_dir_all(room.path("keys/root")).unwrap();
    room.caveat("keys rotate publish publish-2").exits(0);
    room.caveat("keys root draft").exits(0);
    sign(&room, &["ben", "cleo"]).exits(0);
    room.caveat("check")
        .exits(1)
        .says("and is another now")
        .says("`git rm -r keys/root` in a commit of its own");
}

#[test]
fn a_rotation_is_followed_by_a_root_of_old_and_new_people() {
    let room = rooted();
    room.caveat("keys rotate root dora --old ben").exits(0);
    room.caveat("keys rotate publish publish-2").exits(0);
    room.caveat("keys doctor").exits(1);
    room.caveat("keys root draft").exits(0);
    sign(&room, &["dora", "cleo"])
        .exits(0)
        .says("1 more of ana, ben (says root 1)");
    sign(&room, &["ben"]).exits(0).says("keys/root/2.root.json");
    room.caveat("keys doctor").exits(0);
    room.caveat("check").exits(0);
}

#[test]
fn a_root_that_was_edited_or_taken_out_is_an_error() {
    let room = rooted();
    room.caveat("keys root draft").exits(0);
    sign(&room, &["ana", "ben"]).exits(0);
    let first = room.path("keys/root/1.root.json");
    let bytes = fs::read(&first).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    fs::write(
        &first,
        text.replacen("\"expires\":\"20", "\"expires\":\"21", 1),
    )
    .unwrap();
    room.caveat("check").exits(1).says("error[keyring-roots]");
    fs::remove_file(&first).unwrap();
    room.caveat("check").exits(1).says("root 1 is missing");
    fs::write(&first, bytes).unwrap();
    room.caveat("check").exits(0);
}

#[test]
fn a_root_that_was_published_is_compared_with_what_git_remembers() {
    let room = rooted().commit(NOW);
    room.caveat("keys root draft").exits(0);
    sign(&room, &["ana", "ben"]).exits(0);
    let room = room.commit(NOW + 1);
    room.caveat("check").exits(0);
    // The newest one goes, and what is left is still a line.
    let second = room.path("keys/root/2.root.json");
    let bytes = fs::read(&second).unwrap();
    fs::remove_file(&second).unwrap();
    room.caveat("check")
        .exits(1)
        .says("this root was published, and is gone");
    // Another one of the same version, as well signed.
    let ring = room.path("keys/keyring.toml");
    let text = fs::read_to_string(&ring).unwrap();
    fs::write(
        &ring,
        text.replace("threshold = 2", "threshold = 2\ndays = 300"),
    )
    .unwrap();
    room.caveat("keys root draft").exits(0);
    sign(&room, &["ben", "cleo"]).exits(0);
    room.caveat("check").exits(1).says("and is another now");
    let room = room.commit(NOW + 2);
    room.caveat("check").exits(1).says("git checkout");
    fs::write(&second, bytes).unwrap();
    room.commit(NOW + 3).caveat("check").exits(0);
}

#[test]
fn a_loss_below_the_threshold_is_mended_by_the_rest() {
    let room = rooted();
    room.caveat("keys revoke ben --reason lost").exits(0);
    let told = room.caveat("keys root status").exits(0).out;
    assert!(told.contains("2 others can, and it takes 2"), "{told}");
    room.caveat("keys root draft").exits(0);
    sign(&room, &["ana", "cleo"])
        .exits(0)
        .says("keys/root/2.root.json");
    let well = room.caveat("keys doctor").exits(0).out;
    assert!(well.contains("no root key is spare"), "{well}");
}

#[test]
fn a_loss_at_the_threshold_says_what_is_left_to_do() {
    let room = rooted();
    room.caveat("keys revoke ben --reason lost --replace dora")
        .exits(0);
    room.caveat("keys revoke cleo --reason lost --replace emil")
        .exits(0);
    let ill = room.caveat("keys doctor").exits(1).out;
    assert!(ill.contains("root 1 cannot be followed"), "{ill}");
    let told = room.caveat("keys root status").exits(0).out;
    assert!(
        told.contains("no root can follow it") && told.contains("new root 1"),
        "{told}"
    );
    // Another line begins, and is whole.
    fs::remove_dir_all(room.path("keys/root")).unwrap();
    room.caveat("keys root draft").exits(0);
    sign(&room, &["dora", "emil"])
        .exits(0)
        .says("keys/root/1.root.json");
    room.caveat("keys doctor").exits(0);
}
