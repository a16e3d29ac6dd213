//! Owns the stories of people who bring advisories along: what `caveat import` writes, refuses and says.
//! Must never test one mapping in depth: the crate has tests of its own.

use std::fs;

use crate::repository::{PROJECT, Repository};

const RECORD: &str = r#"{"id": "x_STORY-2024-0007", "summary": "A flaw", "details": "What goes wrong.",
 "published": "2024-02-03T04:05:06Z", "modified": "2024-02-03T04:05:06Z", "aliases": ["CVE-2024-12345"],
 "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
 "affected": [{"package": {"ecosystem": "PyPI", "name": "torch"},
   "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.0"}]}]}]}"#;

const CRATE: &str = r##"```toml
[advisory]
id = "RUSTSEC-2024-0007"
package = "demo"
date = "2024-02-03"
keywords = ["parser"]

[versions]
patched = [">= 1.2.0"]
```

# A crafted file overwrites memory

The length is believed.
"##;

const OURS: &str = "advisories/2024/x_STORY-2024-0007.toml";

fn project() -> Repository {
    Repository::empty().file("caveat.toml", PROJECT)
}

fn text(repository: &Repository, path: &str) -> String {
    fs::read_to_string(repository.path(path)).unwrap()
}

#[test]
fn an_imported_record_of_this_feed_passes_check_as_it_is() {
    let repository = project().file("in/a.json", RECORD);
    repository
        .caveat("import osv in")
        .exits(0)
        .says("read 1 file, wrote 1 advisory into");
    assert!(text(&repository, OURS).contains("versions = [\"< 2.0\"]"));
    repository.caveat("check").exits(0);
}

#[test]
fn a_foreign_advisory_becomes_a_draft_and_every_doubt_is_said() {
    let repository = project().file("in/crates/demo/RUSTSEC-2024-0007.md", CRATE);
    repository
        .caveat("import rustsec in --unrated low")
        .exits(0)
        .says(
            "RUSTSEC-2024-0007.md:3:6: note[id-foreign]: `RUSTSEC-2024-0007` is no id of this feed",
        )
        .says("warning[severity-unrated]")
        .says("note[not-in-form]: `advisory.keywords` is kept in `extra`");
    let draft = text(&repository, "advisories/drafts/RUSTSEC-2024-0007.toml");
    assert!(
        draft.contains("aliases = [\"RUSTSEC-2024-0007\"]"),
        "{draft}"
    );
    assert!(
        draft.contains("[extra]\nkeywords = [\"parser\"]"),
        "{draft}"
    );
    repository.caveat("check").exits(0);
}

#[test]
fn one_bad_file_does_not_keep_the_others_out() {
    let repository = project()
        .file("in/a.json", RECORD)
        .file("in/b.json", "{\"id\": }")
        .file("in/c.txt", "not looked at");
    repository
        .caveat("import osv in")
        .exits(1)
        .says("b.json:1:8: error[syntax]")
        .says("read 2 files, wrote 1 advisory into");
    assert!(repository.path(OURS).exists());
}

#[test]
fn nothing_is_overwritten_unasked_and_the_same_again_is_no_fault() {
    let repository = project().file("in/a.json", RECORD);
    repository.caveat("import osv in").exits(0);
    repository.caveat("import osv in").exits(0);
    let repository = repository.file(OURS, "mine\n");
    repository
        .caveat("import osv in")
        .exits(1)
        .says("error[file-exists]: `2024/x_STORY-2024-0007.toml`");
    assert_eq!(text(&repository, OURS), "mine\n");
    repository.caveat("import osv in --force").exits(0);
    assert!(text(&repository, OURS).contains("A flaw"));
    let left = repository.tree("advisories");
    assert_eq!(left.len(), 1, "nothing is left beside it: {left:?}");
}

#[test]
fn two_sources_of_one_id_are_not_written_over_each_other() {
    let repository = project()
        .file("in/a.json", RECORD)
        .file("in/b.json", &RECORD.replace("A flaw", "Another"));
    repository
        .caveat("import osv in --force")
        .exits(1)
        .says("b.json:1:1: error[file-exists]")
        .says("another source file of this run has the same id");
    assert!(text(&repository, OURS).contains("A flaw"));
}

#[test]
fn the_place_and_the_class_are_the_callers_choice() {
    let repository = project().file("in/a.json", RECORD);
    repository
        .caveat("import osv in/a.json --into elsewhere")
        .exits(0);
    assert!(
        repository
            .path("elsewhere/2024/x_STORY-2024-0007.toml")
            .exists()
    );
    repository
        .caveat("import osv in --unrated urgent")
        .exits(2)
        .says("the policy has no severity `urgent`; one of: high, low");
    repository
        .caveat("import osv nowhere")
        .exits(2)
        .says("cannot read");
}
