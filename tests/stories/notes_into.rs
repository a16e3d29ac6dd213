//! Owns the stories of notes in a changelog: where they go, what stays, and what people wrote.
//! Must never compare a changelog but byte for byte.

use std::fs;

use crate::notes::{CHANGELOG, WRITE, full, into, kept};
use crate::repository::place;

#[test]
fn notes_go_below_the_heading_of_their_version() {
    let repository = into(CHANGELOG.as_bytes());
    repository.caveat(WRITE).exits(0).says("wrote CHANGELOG.md");
    let notes = repository.caveat("notes torch 2.0.1").exits(0).out;
    let hash = "6c7d0cb90c20397d4b47c778368a49a90dc98b25cad95bf21509e84a0b913d75";
    let part = format!(
        "\n <!-- caveat notes torch 2.0.1 sha256:{hash} -->\n\n{notes}\n <!-- /caveat notes -->\n"
    );
    let below = "- A thing.\n";
    let wanted = CHANGELOG.replace(below, &format!("{below}{part}"));
    assert_eq!(kept(&repository), wanted);
    repository
        .caveat(WRITE)
        .exits(0)
        .says("CHANGELOG.md is up to date");
    repository.caveat(&format!("{WRITE} --check")).exits(0);
}

#[test]
fn every_byte_outside_of_the_markers_stays() {
    let bare = CHANGELOG.trim_end();
    let last = "# Changelog\n\n## 2.0.1";
    for text in [
        CHANGELOG.to_owned(),
        CHANGELOG.replace('\n', "\r\n"),
        format!("\u{feff}{CHANGELOG}"),
        bare.to_owned(),
        last.to_owned(),
        format!("\u{feff}{}", last.replace('\n', "\r\n")),
        "## v2.0.1 (2026-11-19)\n\n* a  \n\n\n\n## v2.0.0\n".to_owned(),
        "Version 2.0.1\n-------------\n\n\tcode\n".to_owned(),
    ] {
        let repository = into(text.as_bytes());
        repository.caveat(WRITE).exits(0);
        let after = kept(&repository);
        let from = after
            .find(" <!-- caveat notes torch 2.0.1 sha256:")
            .unwrap();
        let end = "<!-- /caveat notes -->";
        let to = after.find(end).unwrap() + end.len();
        let line = if text.contains('\r') { "\r\n" } else { "\n" };
        let before = after[..from].strip_suffix(&line.repeat(2)).unwrap();
        assert_eq!(format!("{before}{}", &after[to..]), text);
        assert_eq!(after.contains("\r\n"), text.contains('\r'));
        assert!(!after.replace("\r\n", "").contains('\r'));
        repository.caveat(WRITE).exits(0).says("is up to date");
        assert_eq!(kept(&repository), after);
        // Git may change line ends; that is no edit.
        let turned = after.replace("\r\n", "\n");
        let repository = repository.file("CHANGELOG.md", &turned);
        repository.caveat(WRITE).exits(0).says("is up to date");
    }
}

#[test]
fn a_changelog_with_lines_that_end_in_cr_alone_is_left_alone() {
    let text = CHANGELOG.replace('\n', "\r");
    let repository = into(text.as_bytes());
    repository
        .caveat(WRITE)
        .exits(2)
        .says("its lines end in CR alone");
    assert_eq!(kept(&repository), text);
}

#[test]
fn a_section_of_the_authors_is_not_begun_a_second_time() {
    let own = CHANGELOG.replace(
        "- A thing.\n",
        "- A thing.\n\n### Security\n\n- Our own.\n\n### Removed\n\n- B\n",
    );
    let repository = into(own.as_bytes());
    repository
        .caveat("notes torch --into CHANGELOG.md")
        .exits(0);
    let text = kept(&repository);
    assert_eq!(text.matches("### Security").count(), 1, "{text}");
    let place = |word: &str| text.find(word).unwrap();
    assert!(place("- Our own.") < place("**high**") && place("**high**") < place("### Removed"));
    repository
        .caveat("notes torch --into CHANGELOG.md --check")
        .exits(0);
}

#[test]
fn what_somebody_changed_between_the_markers_is_kept() {
    let repository = into(CHANGELOG.as_bytes());
    repository.caveat(WRITE).exits(0);
    let edited = kept(&repository).replace("Code runs.", "Code might run.");
    let repository = repository.file("CHANGELOG.md", &edited);
    let place = "CHANGELOG.md:13: the notes of torch 2.0.1 were changed by hand since they were written; say --force";
    for command in [WRITE, "notes torch --into CHANGELOG.md"] {
        repository.caveat(command).exits(2).says(place);
        assert_eq!(kept(&repository), edited);
    }
    let check = repository.caveat(&format!("{WRITE} --check")).exits(1);
    check
        .says("CHANGELOG.md:18: not what the feed says")
        .says("-   Code might run.\n+   Code runs.");
    let check = repository
        .caveat("notes torch --into CHANGELOG.md --check")
        .exits(1);
    check.says("CHANGELOG.md:13: the notes of torch 2.0.1 were changed by hand");
    repository.caveat(&format!("{WRITE} --force")).exits(0);
    repository.caveat(&format!("{WRITE} --check")).exits(0);
}

#[test]
fn a_changed_advisory_is_drift_until_it_is_written_again() {
    let repository = into(CHANGELOG.as_bytes());
    repository.caveat(WRITE).exits(0);
    let repository = repository.file(
        &place(1),
        &full().replace("Code runs.", "Code runs as root."),
    );
    for command in [WRITE, "notes torch --into CHANGELOG.md"] {
        repository.caveat(&format!("{command} --check")).exits(1);
    }
    repository.caveat(WRITE).exits(0).says("wrote");
    assert!(kept(&repository).contains("Code runs as root."));
    // A withdrawn advisory is no fix any more, and its notes leave nothing behind.
    let gone = |number| fs::remove_file(repository.path(&place(number))).unwrap();
    gone(1);
    gone(2);
    repository
        .caveat("notes torch --into CHANGELOG.md --check")
        .exits(1)
        .says("these are notes of torch 2.0.1, which fixes no published advisory");
    repository
        .caveat("notes torch --into CHANGELOG.md")
        .exits(0);
    assert_eq!(kept(&repository), CHANGELOG);
}

#[test]
fn a_version_without_a_heading_gets_one_with_its_day() {
    let without = CHANGELOG.replace("## [2.0.1] - 2026-11-19\n\n### Fixed\n\n- A thing.\n\n", "");
    let repository = into(without.as_bytes());
    repository
        .caveat(&format!("{WRITE} --date 2026-11-31"))
        .exits(2)
        .says("--date");
    repository
        .caveat(&format!("{WRITE} --date 2026-11-20 --check"))
        .exits(2)
        .says("--check");
    assert_eq!(kept(&repository), without);
    let write = format!("{WRITE} --date 2026-11-20");
    repository.caveat(&write).exits(0).says("wrote");
    let text = kept(&repository);
    let above =
        "## [Unreleased]\n\n## [2.0.1] - 2026-11-20\n\n <!-- caveat notes torch 2.0.1 sha256:";
    let below = "\n\n <!-- /caveat notes -->\n\n## [2.0.0] - 2026-01-01\n";
    assert!(text.contains(above) && text.contains(below), "{text}");
    for again in [&*write, WRITE] {
        repository.caveat(again).exits(0).says("is up to date");
    }
    repository.caveat(&format!("{WRITE} --check")).exits(0);
}
