//! Owns what may lie in a directory beside files: links, holes, and directories deeper than a path can name.
//! Must never follow, or read, what has no end.

use std::fs;
use std::path::Path;
use std::process::Command;

use caveat_verify::When;

use crate::feed::*;
use crate::reader::*;

#[test]
fn a_link_is_no_file_and_is_never_followed() {
    for path in [
        "index.html",
        "tuf/timestamp.json",
        "tuf/2.targets.json",
        "SHA256SUMS.sig",
        "x",
    ] {
        let feed = Feed::published();
        let directory = tempfile::tempdir().expect("a directory");
        feed.write(directory.path());
        let place = directory.path().join(path);
        let elsewhere = tempfile::NamedTempFile::new().expect("a file");
        if let Some(bytes) = feed.tree.get(path) {
            fs::write(elsewhere.path(), bytes).expect("written");
            fs::remove_file(&place).expect("removed");
        }
        std::os::unix::fs::symlink(elsewhere.path(), &place).expect("linked");
        let when = When::Now(later(2));
        let answer = asked(directory.path(), &anchors(&feed, Trust::Root), None, when);
        refused(&answer, &format!("not a file: {path}"));
    }
}

#[test]
fn nothing_is_read_through_a_link_to_another_directory() {
    let (feed, mut other) = (Feed::published(), Feed::new());
    other.name = "elsewhere.example.org".to_owned();
    other.records(&[("EX-1", "one")]);
    other.edition(later(1));
    let rooms = [(); 2].map(|()| tempfile::tempdir().expect("a directory"));
    let [here, there] = rooms.each_ref().map(tempfile::TempDir::path);
    feed.write(here);
    other.write(there);
    fs::remove_dir_all(here.join("keys")).expect("removed");
    std::os::unix::fs::symlink(there.join("keys"), here.join("keys")).expect("linked");
    let nobody = anchors(&feed, Trust::Nothing);
    let said = asked(here, &nobody, None, When::Now(later(2)));
    refused(&said, "keys/feed.pub: ");
    assert_eq!(said.feed, "", "it says what another directory is");
}

#[test]
fn a_list_a_signature_or_a_file_of_keys_without_an_end_is_not_read_to_its_end() {
    let feed = Feed::published();
    let root = anchors(&feed, Trust::Root);
    for path in [
        "SHA256SUMS",
        "SHA256SUMS.sig",
        "SHA256SUMS.minisig",
        "keys/feed.pub",
        "keys/revoked",
    ] {
        let directory = tempfile::tempdir().expect("a directory");
        feed.write(directory.path());
        let file = fs::File::options()
            .write(true)
            .open(directory.path().join(path))
            .expect("there");
        // Nothing but a hole: it takes no room.
        file.set_len(65 << 20).expect("longer");
        let said = asked(directory.path(), &root, None, When::Now(later(2)));
        let reason = match path {
            "keys/feed.pub" => "keys/feed.pub: ",
            _ => &format!("{path}: it is longer than "),
        };
        refused(&said, reason);
    }
}

#[test]
fn a_directory_deeper_than_a_path_can_be_long_is_a_fault_and_stops_nothing() {
    let mut feed = Feed::published();
    feed.put("index.html", "x");
    let directory = tempfile::tempdir().expect("a directory");
    feed.write(directory.path());
    // Only from inside can it be made.
    let made = Command::new("sh")
        .current_dir(directory.path())
        .args(["-c", "name=$(printf '%0250d' 0); for level in $(seq 20); do mkdir $name && cd -P ./$name || exit; done"])
        .status();
    assert!(made.expect("made").success());
    let root = anchors(&feed, Trust::Root);
    let said = asked(directory.path(), &root, None, When::Now(later(2)));
    remove(directory.path());
    refused_only(&said, &["changed: index.html", "extra: 000"]);
}

/// What no path can name is removed level by level.
fn remove(directory: &Path) {
    let gone = Command::new("rm").arg("-rf").arg(directory).status();
    assert!(gone.expect("removed").success());
    fs::create_dir(directory).expect("as it was found");
}
