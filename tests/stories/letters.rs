//! Owns the stories of letters as files: each its own, all or none, and nobody else's to open.
//! Must never write outside its room.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::mail::{PACKAGERS, embargoed, told};
use crate::repository::{PROJECT, Repository};

fn packagers(first: &str, second: &str) -> Repository {
    let project = PROJECT.replacen("[[rule]]", &format!("{PACKAGERS}[[rule]]"), 1);
    let project = project
        .replace("\"Debian\"", &format!("\"{first}\""))
        .replace("\"Harbour Linux\"", &format!("\"{second}\""));
    embargoed().file("caveat.toml", &project)
}

#[test]
fn two_receivers_never_share_a_letter() {
    let repository = packagers("De bian", "De-bian");
    for one in ["", "--to De-bian "] {
        told(&repository, &format!("{one}--out ../outbox"))
            .exits(2)
            .says("`De bian` and to `De-bian`");
    }
    assert!(!repository.path("../outbox").exists());
    let repository = packagers("日本", "中国");
    told(&repository, "--out ../outbox").exits(0);
    for name in ["日本", "中国"] {
        let letter = format!("../outbox/x_STORY-2026-0002.{name}.eml");
        assert!(repository.path(&letter).is_file(), "{name}");
    }
}

#[test]
fn letters_are_written_all_or_none_and_never_into_what_others_can_open() {
    let repository = embargoed();
    let place = |name: &str| repository.path(&format!("../outbox/{name}"));
    let mode = |path: &std::path::Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    fs::create_dir_all(place("x_STORY-2026-0002.Harbour-Linux.eml")).unwrap();
    mode(&repository.path("../outbox"), 0o755);
    told(&repository, "--out ../outbox")
        .exits(2)
        .says("chmod 700");
    mode(&repository.path("../outbox"), 0o700);
    told(&repository, "--out ../outbox")
        .exits(2)
        .says("cannot write");
    assert_eq!(
        fs::read_dir(repository.path("../outbox")).unwrap().count(),
        1
    );
    fs::remove_dir(place("x_STORY-2026-0002.Harbour-Linux.eml")).unwrap();
    let left = place(".x_STORY-2026-0002.Debian.eml.new");
    fs::write(&left, "left").unwrap();
    mode(&left, 0o644);
    told(&repository, "--out ../outbox").exits(0);
    let letter = fs::metadata(place("x_STORY-2026-0002.Debian.eml")).unwrap();
    assert_eq!(letter.permissions().mode() & 0o777, 0o600);
    assert!(!left.exists());
}
