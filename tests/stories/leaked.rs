//! Owns the stories of private keys that were committed, and removed again: git remembers them.
//! Must never need a key that is not of tests alone.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::keys::{private, staffed};
use crate::repository::{KEY, NOW, PUBLIC, Repository};
use crate::trusted::git;

/// With a file that was there for one commit, beside others that change.
fn slipped(room: Repository, path: &str, text: &str) -> Repository {
    let room = room.commit(NOW).file(path, text).commit(NOW + 1);
    fs::remove_file(room.path(path)).unwrap();
    room.commit(NOW + 2)
        .file("advisories/README.md", "Later.\n")
        .commit(NOW + 3)
}

#[test]
fn a_private_key_that_was_removed_again_is_an_error_until_it_is_revoked() {
    let room = staffed();
    let secret = fs::read_to_string(private(&room, "publish-1")).unwrap();
    let room = slipped(room, "keys/publish-1", &secret);
    let key = private(&room, "publish-1");
    let publish = format!("publish --to public --key {}", key.display());
    for command in ["check", publish.as_str()] {
        let said = room
            .caveat(command)
            .exits(1)
            .says("error[private-key]: commit ")
            .says("has the private half of the key `publish-1`, which is trusted yet")
            .says("keys/publish-1")
            .says("`caveat keys revoke publish-1 --reason leaked --replace NEW`");
        assert!(!said.err.contains(secret.lines().nth(1).unwrap()));
    }
    assert!(!room.path("public").exists());
    room.caveat("keys revoke publish-1 --reason leaked --replace publish-2")
        .exits(0);
    room.caveat("check").exits(0);
    let room = room.commit(NOW + 4);
    let key = private(&room, "publish-2");
    let publish = format!("publish --to public --key {}", key.display());
    room.caveat(&publish).exits(0);
}

#[test]
fn a_key_in_a_folder_among_other_words_is_found_too() {
    let room = staffed();
    let secret = fs::read_to_string(private(&room, "ana")).unwrap();
    let text = format!("a backup of mine\n{secret}");
    let room = slipped(room, "keys/old/ana.txt", &text);
    room.caveat("check")
        .exits(1)
        .says("keys/old/ana.txt")
        .says("the key `ana`");
    // Nobody trusts it any more: what git remembers is no harm.
    room.caveat("keys rotate root dora --old ana").exits(0);
    room.caveat("check").exits(0);
}

#[test]
fn without_a_keyring_every_key_beside_it_is_trusted() {
    let room = Repository::good().file("keys/feed.pub", PUBLIC);
    let room = room.file("../key", KEY).commit(NOW);
    let mode = fs::Permissions::from_mode(0o600);
    fs::set_permissions(room.path("../key"), mode).unwrap();
    room.caveat("publish --to public --key ../key").exits(0);
    let room = slipped(room, "keys/feed", KEY);
    for command in ["check", "build --out site", "publish --to public"] {
        room.caveat(command)
            .exits(1)
            .says("the private half of keys/feed.pub")
            .says("`caveat keys generate NAME --role publish` begins a keyring");
    }
    room.caveat("keys generate next --role publish --out ../next")
        .exits(0);
    room.caveat("check").exits(0);
    // What is out is signed by the old key, which is known yet.
    let room = room.commit(NOW + 4);
    room.caveat("publish --to public --key ../next").exits(0);
}

#[test]
fn a_key_in_a_large_file_or_in_the_letters_of_another_system_is_found_too() {
    let large = format!("{KEY}{}", "x".repeat(1 << 20));
    let wide: String = KEY.chars().flat_map(|letter| [letter, '\0']).collect();
    for text in [large, wide] {
        let room = Repository::good().file("keys/feed.pub", PUBLIC);
        let room = slipped(room, "keys/leak.txt", &text);
        room.caveat("publish --to public")
            .exits(1)
            .says("keys/leak.txt");
    }
}

#[test]
fn a_clone_that_lacks_what_keys_once_held_publishes_nothing() {
    let room = Repository::good().file("keys/feed.pub", PUBLIC);
    let room = slipped(room, "keys/feed", KEY);
    let blob = git(&room.root(), &["rev-parse", "HEAD~2:keys/feed"]);
    let (two, rest) = blob.trim().split_at(2);
    // As a partial clone has it: the tree says that there was something.
    fs::remove_file(room.path(&format!(".git/objects/{two}/{rest}"))).unwrap();
    room.caveat("publish --to public")
        .exits(2)
        .says("does not have what `keys/feed` was in commit")
        .says("`git fetch --refetch --no-filter`");
    assert!(!room.path("public").exists());
    room.caveat("check").exits(0);
}

#[test]
fn a_private_key_that_lies_there_yet_is_told_once() {
    let room = Repository::good().file("keys/feed.pub", PUBLIC);
    let room = room.file("keys/feed", KEY).commit(NOW);
    let said = room.caveat("check").exits(1).err;
    assert_eq!(said.matches("error[private-key]").count(), 1, "{said}");
}

#[test]
fn what_is_remembered_of_commits_that_are_gone_is_forgotten() {
    let room = Repository::good().file("keys/feed.pub", PUBLIC);
    let room = slipped(room, "keys/feed", KEY);
    // From the beginning, from where that ended, and from there with one commit more.
    room.caveat("check").exits(1).says("keys/feed");
    room.caveat("check").exits(1).says("keys/feed");
    let room = room.file("advisories/README.md", "More.\n").commit(NOW + 4);
    room.caveat("check").exits(1).says("keys/feed");
    let room = room.commit_alone(NOW + 5);
    room.caveat("check").exits(0);
    let room = slipped(room, "keys/again", KEY);
    room.caveat("check").exits(1).says("keys/again");
}
