//! Owns the stories of CVE records: files only where somebody assigns ids, a container for whoever publishes, a record brought along.
//! Must never judge a record: `crates/cve` and `tests/interop` do.

use std::fs;

use crate::embargo::secretive;
use crate::publish::{PUBLISH, published};
use crate::repository::{NOW, PROJECT, Repository, advisory, place};

const CVE: &str = "[cve]\nassigner-org-id = \"c0ffee00-1234-4abc-8def-0123456789ab\"\nassigner-short-name = \"story\"\n";
const RECORD: &str = "public/cve/CVE-2026-12345.json";
const REVISED: &str =
    "\n[[revision]]\nat = 2026-11-20T01:00:00Z\nnote = \"It has a CVE id, as is usual.\"\n";
const WITHDRAWN: &str = "\n[[revision]]\nat = 2026-11-20T02:00:00Z\nnote = \"Withdrawn, since it was none.\"\n\n\
    [withdrawn]\nat = 2026-11-20T02:00:00Z\nreason = \"not-a-vulnerability\"\nnote = \"Nothing was wrong.\"\n";

fn project(more: &str) -> String {
    format!("{PROJECT}\n{CVE}{more}")
}

/// The advisory of that number, with a CVE id since its second revision.
fn named(number: u32) -> String {
    let aliases = format!(
        "severity = \"high\"\naliases = [\"CVE-2026-1234{}\"]",
        number + 4
    );
    advisory(number).replace("severity = \"high\"", &aliases) + REVISED
}

fn read(repository: &Repository, path: &str) -> String {
    fs::read_to_string(repository.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn a_site_has_records_where_caveat_toml_says_who_assigns_and_only_of_its_own_ids() {
    let silent = Repository::good()
        .file(&place(1), &named(1))
        .commit(NOW + 7200);
    silent.caveat("build --out public").exits(0);
    assert!(!silent.path("public/cve").exists());
    assert!(!read(&silent, "public/llms.txt").contains("CVE records"));

    let repository = silent.file("caveat.toml", &project("")).commit(NOW + 7201);
    repository.caveat("build --out public").exits(0);
    let record = read(&repository, RECORD);
    assert!(
        record.contains("\"state\": \"PUBLISHED\"") && record.contains("\"shortName\": \"story\"")
    );
    let page = read(
        &repository,
        "public/advisories/x_STORY-2026-0001/index.html",
    );
    assert!(page.contains("CVE-2026-12345.json"));
    assert!(read(&repository, "public/cve/index.json").contains("\"x_STORY-2026-0001\""));
    assert!(
        read(&repository, "public/llms.txt").contains("https://story.example.org/cve/index.json")
    );

    let shown = repository
        .caveat("show x_STORY-2026-0001 --as cve")
        .exits(0);
    let container: serde_json::Value = serde_json::from_str(&shown.out).unwrap();
    let whole: serde_json::Value = serde_json::from_str(&record).unwrap();
    assert_eq!(container, whole["containers"]["cna"]);

    let others = project("not-ours = [\"CVE-2026-12345\"]\n");
    let repository = repository.file("caveat.toml", &others).commit(NOW + 7202);
    repository.caveat("build --out other").exits(0);
    assert_eq!(read(&repository, "other/cve/index.json"), "[]\n");
    let slip = project("not-ours = [\"CVE-2026-54321\"]\n");
    let repository = repository.file("caveat.toml", &slip);
    repository
        .caveat("check")
        .exits(1)
        .says("error[cve-assigner]");
}

#[test]
fn a_withdrawn_id_is_rejected_where_it_is_and_no_record_that_is_out_goes_away() {
    let repository = published()
        .file("caveat.toml", &project(""))
        .file(&place(1), &named(1))
        .commit(NOW + 3700);
    repository.caveat(PUBLISH).exits(0);
    let before = read(&repository, RECORD);
    let withdrawn = named(1) + WITHDRAWN;
    let repository = repository.file(&place(1), &withdrawn).commit(NOW + 7300);
    repository.caveat(PUBLISH).exits(0);
    let after = read(&repository, RECORD);
    assert!(before.contains("\"PUBLISHED\"") && after.contains("\"REJECTED\""));
    assert!(after.contains("Withdrawn: Not a vulnerability. Nothing was wrong."));

    let repository = repository.file("caveat.toml", PROJECT).commit(NOW + 7400);
    let gone = repository.caveat(PUBLISH).exits(1);
    assert!(gone.err.contains("cve/CVE-2026-12345.json"), "{}", gone.err);
    assert_eq!(read(&repository, RECORD), after);
    let led = format!(
        "{PROJECT}\n[[redirect]]\nfrom = \"cve/CVE-2026-12345.json\"\nto = \"https://www.cve.org/CVERecord?id=CVE-2026-12345\"\n\
         [[redirect]]\nfrom = \"cve/index.json\"\nto = \"osv/all.json\"\n"
    );
    let repository = repository.file("caveat.toml", &led).commit(NOW + 7500);
    repository.caveat(PUBLISH).exits(0);
}

#[test]
fn no_record_holds_a_word_of_what_is_embargoed() {
    let repository = secretive();
    let text = read(&repository, "caveat.toml") + "\n" + CVE;
    let repository = repository.file("caveat.toml", &text).commit(NOW + 1);
    repository.caveat("build --out public").exits(0);
    let all: String = repository
        .tree("public/cve")
        .iter()
        .map(|(path, bytes)| format!("{path} {}", String::from_utf8_lossy(bytes)).to_lowercase())
        .collect();
    for word in ["zanzibar", "7777777777", "story-2026-0002"] {
        assert!(!all.contains(word), "{word}");
    }
    repository
        .caveat("show x_STORY-2026-0002 --as cve")
        .exits(2);
}

#[test]
fn what_is_shown_is_read_back_as_a_draft_that_says_the_same() {
    let repository = Repository::good()
        .file("caveat.toml", &project(""))
        .file(&place(1), &named(1))
        .commit(NOW + 7200);
    repository.caveat("build --out public").exits(0);
    repository
        .caveat("import cve public/cve/CVE-2026-12345.json --into back --unrated high")
        .exits(0)
        .says("wrote 1 advisory into");
    let back = read(&repository, "back/drafts/CVE-2026-12345.toml");
    for line in [
        "title = \"Flaw number 1\"",
        "aliases = [\"CVE-2026-12345\"]",
        "impact = \"Code runs.\"",
        "ecosystem = \"PyPI\"\nname = \"torch\"\nversions = [\">= 1.0.0, < 2.0.1\"]",
        "type = \"fix\"\nurl = \"https://example.org/fix/1\"",
    ] {
        assert!(back.contains(line), "no {line}:\n{back}");
    }
}

#[test]
fn a_rejected_record_and_a_stray_file_stop_nothing_else() {
    let stray = "{\"fetchTime\": \"2026-11-20T00:00:00Z\"}";
    let rejected = r#"{"dataType": "CVE_RECORD", "dataVersion": "5.1", "cveMetadata": {"cveId": "CVE-2026-1111", "state": "REJECTED"},
        "containers": {"cna": {"rejectedReasons": [{"lang": "en", "value": "None."}]}}}"#;
    let repository = Repository::good().file("in/CVE-2026-1111.json", rejected);
    repository
        .caveat("import cve in")
        .exits(0)
        .says("warning[cve-rejected]")
        .says("read 1 file, wrote 0 advisories");
    let repository = repository.file("in/delta.json", stray);
    repository
        .caveat("import cve in")
        .exits(1)
        .says("error[not-an-advisory]");
}
