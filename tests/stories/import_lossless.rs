//! Owns the stories of facts that the form has no key for: from a foreign record through files, `fmt` and the gate into ours.
//! Must never be satisfied by a fact that is only in the file.

use std::fs;

use serde_json::{Value, json};

use crate::publish::{PUBLISH, SECOND};
use crate::repository::{KEY, NOW, PROJECT, PUBLIC, Repository};

const RECORD: &str = r#"{"id": "x_STORY-2024-0007", "summary": "A crafted file overwrites memory",
 "details": "The loader trusts the length that a file states.", "published": "2024-02-03T04:05:06Z", "modified": "2024-02-03T04:05:06Z",
 "aliases": ["CVE-2024-12345"], "upstream": ["CVE-2024-11111"],
 "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "source": "NVD"}],
 "affected": [{"package": {"ecosystem": "PyPI", "name": "torch", "purl": "pkg:pypi/torch?arch=any"},
   "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.0"}], "database_specific": {"cpe": "a"}}],
   "ecosystem_specific": {"os": ["windows"]}, "database_specific": {"tracker": 4711}}],
 "references": [{"type": "FIX", "url": "https://example.org/fix"}],
 "database_specific": {"severity": "CRITICAL", "reviewed": true, "score": 9.5, "who": {"by": ["a", "b"], "none": null}}}"#;

const OURS: &str = "advisories/2024/x_STORY-2024-0007.toml";
const OUT: &str = "public/osv/x_STORY-2024-0007.json";

fn imported() -> Repository {
    let repository = Repository::empty()
        .file("caveat.toml", PROJECT)
        .file("in/a.json", RECORD);
    repository
        .caveat("import osv in")
        .exits(0)
        .says("note[not-in-form]: our form has no place for `severity[0].source`: kept in `extra.source`")
        .says("warning[respelled]: `database_specific.who`: TOML has no `null`");
    fs::remove_dir_all(repository.path("in")).unwrap();
    repository
}

fn record(repository: &Repository) -> Value {
    serde_json::from_slice(&fs::read(repository.path(OUT)).unwrap()).unwrap()
}

#[test]
fn what_the_form_cannot_say_comes_out_where_osv_leaves_room() {
    let repository = imported();
    repository.caveat("check").exits(0);
    let repository = repository.commit(NOW);
    repository.caveat("build --out public").exits(0);
    let record = record(&repository);
    assert_eq!(record["upstream"], json!(["CVE-2024-11111"]));
    assert_eq!(
        record["affected"][0]["database_specific"],
        json!({"purl": "pkg:pypi/torch?arch=any", "tracker": 4711})
    );
    let ecosystem = &record["affected"][0]["ecosystem_specific"];
    assert_eq!(*ecosystem, json!({"os": ["windows"]}));
    let own = &record["database_specific"];
    assert_eq!(own["reviewed"], json!(true));
    assert_eq!(own["score"], json!(9.5));
    assert_eq!(own["who"], json!({"by": ["a", "b"]}));
    assert_eq!(own["severity"], json!("high"), "the class of this feed");
    assert_eq!(
        own["source"],
        json!({
            "affected[0].ranges[0].database_specific": {"cpe": "a"},
            "database_specific.severity": "CRITICAL",
            "severity[0].source": "NVD",
        })
    );
    let page =
        fs::read_to_string(repository.path("public/advisories/x_STORY-2024-0007/index.html"));
    let page = page.unwrap();
    assert!(page.contains("CVE-2024-11111") && !page.contains("4711"));
}

#[test]
fn order_and_spacing_change_nothing_of_it() {
    let repository = imported();
    let before = fs::read_to_string(repository.path(OURS)).unwrap();
    repository.caveat("fmt").exits(0);
    let after = fs::read_to_string(repository.path(OURS)).unwrap();
    for line in [
        "\"severity[0].source\" = \"NVD\"",
        "score = 9.5",
        "who = ",
        "tracker = 4711",
    ] {
        let kept = line == "who = " || before.contains(line) && after.contains(line);
        assert!(kept, "{line}\n{after}");
    }
    repository.caveat("fmt --check").exits(0);
    repository.caveat("check").exits(0);
}

#[test]
fn the_gate_and_diff_see_a_change_of_it() {
    let repository = imported()
        .file("../key", KEY)
        .file("keys/test.pub", PUBLIC)
        .commit(NOW);
    let key = repository.path("../key");
    fs::set_permissions(key, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    repository.caveat(PUBLISH).exits(0);
    let text = fs::read_to_string(repository.path(OURS)).unwrap();
    let changed = text.replace("tracker = 4711", "tracker = 4712");
    let repository = repository.file(OURS, &changed).commit_alone(NOW + 7200);
    repository
        .caveat(PUBLISH)
        .exits(1)
        .says("error[gate-modified]");
    let revised = changed + SECOND;
    let repository = repository.file(OURS, &revised).commit_alone(NOW + 7200);
    repository.caveat(PUBLISH).exits(0);
    assert_eq!(
        record(&repository)["affected"][0]["database_specific"]["tracker"],
        json!(4712)
    );
}

#[test]
fn secrets_are_looked_for_in_it() {
    let hidden = r#"title = "Nobody may know"
severity = "high"
aliases = ["CVE-2026-77777"]
impact = "Code runs."
description = "The loader trusts the length that a file states, and writes past its buffer."
[[affected]]
package = "torch"
versions = ["< 3.0"]
"#;
    let repository = imported().file("advisories/drafts/hidden.toml", hidden);
    let text = fs::read_to_string(repository.path(OURS)).unwrap();
    let repository = repository.file(OURS, &format!("{text}note = \"see CVE-2026-77777\"\n"));
    repository
        .caveat("check")
        .exits(1)
        .says("error[hidden-advisory]");
}
