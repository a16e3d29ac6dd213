//! Owns the proof that a set of files is written as a whole or not at all, whichever step fails.
//! Must never need a broken disk for it.

use std::fs;
use std::path::Path;

use super::step::failing::LEFT;
use super::{Old, Sheet, write};
use crate::failure::Failure;

fn sheet(root: &Path, path: &str, text: &str, instead_of: Option<(&str, &str)>) -> Sheet {
    Sheet {
        path: root.join(path),
        bytes: text.into(),
        instead_of: instead_of.map(|(path, bytes)| Old {
            path: root.join(path),
            bytes: bytes.into(),
        }),
    }
}

/// Every file and directory with what is in it, by name.
fn lies(root: &Path) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(root).expect("a directory") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            let inner = lies(&path).into_iter();
            all.push((name.clone(), String::new()));
            all.extend(inner.map(|(path, text)| (format!("{name}/{path}"), text)));
        } else {
            all.push((name, fs::read_to_string(path).expect("text")));
        }
    }
    all.sort();
    all
}

fn pair(name: &str, text: &str) -> (String, String) {
    (name.to_owned(), text.to_owned())
}

#[test]
fn files_move_and_are_replaced_without_a_trace() {
    let place = tempfile::tempdir().expect("a directory");
    let root = place.path();
    fs::write(root.join("a"), "old").expect("written");
    let new = sheet(root, "c", "c", None);
    write(&[sheet(root, "b", "new", Some(("a", "old"))), new]).expect("written");
    write(&[sheet(root, "c", "d", Some(("c", "c")))]).expect("written");
    assert_eq!(lies(root), [pair("b", "new"), pair("c", "d")]);
}

#[test]
fn one_file_in_the_way_stops_the_whole_set() {
    let place = tempfile::tempdir().expect("a directory");
    let root = place.path();
    for name in ["a", "b", "taken"] {
        fs::write(root.join(name), name).expect("written");
    }
    let before = lies(root);
    let sheets = [
        sheet(root, "deep/new", "x", Some(("a", "a"))),
        sheet(root, "taken", "x", Some(("b", "b"))),
    ];
    assert!(matches!(write(&sheets), Err(Failure::Exists(_))));
    assert_eq!(lies(root), before);
}

#[test]
fn whichever_step_fails_every_file_is_as_it_was() {
    let place = tempfile::tempdir().expect("a directory");
    let root = place.path();
    for name in ["one", "two", "moves"] {
        fs::write(root.join(name), name).expect("written");
    }
    let before = lies(root);
    let sheets = [
        sheet(root, "one", "1", Some(("one", "one"))),
        sheet(root, "deep/er/new", "n", None),
        sheet(root, "moved", "m", Some(("moves", "moves"))),
        sheet(root, "two", "2", Some(("two", "two"))),
    ];
    let mut failed = 0;
    let after = loop {
        LEFT.set(failed + 1);
        let written = write(&sheets);
        LEFT.set(0);
        if written.is_ok() {
            break lies(root);
        }
        assert_eq!(lies(root), before, "after {failed} steps");
        failed += 1;
    };
    assert!(failed > 20, "{failed}");
    let texts: Vec<&str> = after.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts, ["", "", "n", "m", "1", "2"]);
}

#[test]
fn a_file_that_was_changed_meanwhile_is_not_written_over_and_neither_is_another() {
    let place = tempfile::tempdir().expect("a directory");
    let root = place.path();
    fs::write(root.join("a"), "old").expect("written");
    fs::write(root.join("b"), "somebody was here").expect("written");
    let before = lies(root);
    for path in ["b", "moved"] {
        let sheets = [
            sheet(root, "a", "new", Some(("a", "old"))),
            sheet(root, path, "new", Some(("b", "old"))),
        ];
        let refused = write(&sheets);
        assert!(matches!(refused, Err(Failure::ChangedMeanwhile(path)) if path.ends_with("b")));
        assert_eq!(lies(root), before);
    }
}

#[test]
fn a_replaced_file_keeps_its_mode() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = tempfile::tempdir().expect("a directory");
    let path = place.path().join("a");
    fs::write(&path, "old").expect("written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("set");
    write(&[sheet(place.path(), "a", "new", Some(("a", "old")))]).expect("written");
    let mode = fs::metadata(&path).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}
