//! Owns the stories of CSAF: a tree only where somebody publishes it, whose paths never change and which gives nothing away.
//! Must never judge a document: `crates/csaf` and `tests/interop` do.

use std::fs;

use crate::embargo::secretive;
use crate::publish::{PUBLISH, SECOND, published};
use crate::repository::{NOW, PROJECT, Repository, advisory, place};

const CSAF: &str = "[csaf]\ncategory = \"vendor\"\n\n[policy]\n[[policy.severity]]\nid = \"high\"";
const POLICY: &str = "[policy]\n[[policy.severity]]\nid = \"high\"";
const DOCUMENT: &str = "public/csaf/white/2026/x_story-2026-0001.json";

fn project() -> String {
    PROJECT.replace(POLICY, CSAF)
}

fn read(repository: &Repository, path: &str) -> String {
    fs::read_to_string(repository.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn a_site_has_csaf_where_caveat_toml_says_who_publishes_it() {
    let silent = Repository::good();
    silent.caveat("build --out public").exits(0);
    assert!(!silent.path("public/csaf").exists());
    assert!(!read(&silent, "public/.well-known/security.txt").contains("CSAF"));

    let repository = Repository::good()
        .file("caveat.toml", &project())
        .commit(NOW + 1);
    repository.caveat("build --out public").exits(0);
    assert!(read(&repository, DOCUMENT).contains("\"csaf_security_advisory\""));
    let address = "https://story.example.org/.well-known/csaf/provider-metadata.json";
    let told = read(&repository, "public/.well-known/security.txt");
    assert!(told.contains(&format!("\nCSAF: {address}\n")), "{told}");
    assert!(read(&repository, "public/llms.txt").contains(address));
    let page = read(
        &repository,
        "public/advisories/x_STORY-2026-0001/index.html",
    );
    assert!(page.contains("x_story-2026-0001.json"));
    let metadata = read(&repository, "public/csaf/provider-metadata.json");
    assert!(metadata.contains(address));
    assert_eq!(
        metadata,
        read(
            &repository,
            "public/.well-known/csaf/provider-metadata.json"
        )
    );
}

#[test]
fn a_revision_changes_a_document_where_it_is_and_no_tree_that_is_out_goes_away() {
    let repository = published().file("caveat.toml", &project()).commit(NOW + 2);
    repository.caveat(PUBLISH).exits(0);
    let before = read(&repository, DOCUMENT);
    assert!(before.contains("\"version\": \"1\""));

    let revised = format!("{}{SECOND}", advisory(1));
    let repository = repository.file(&place(1), &revised).commit(NOW + 7200);
    let changes = repository.caveat("diff HEAD~1 --format json");
    assert!(
        changes.out.contains("x_story-2026-0001.json"),
        "{}{}",
        changes.out,
        changes.err
    );
    repository.caveat(PUBLISH).exits(0);
    let after = read(&repository, DOCUMENT);
    assert!(after.contains("\"version\": \"2\"") && after.contains("\"Second.\""));
    let rows = read(&repository, "public/csaf/white/changes.csv");
    assert_eq!(
        rows,
        "\"2026/x_story-2026-0001.json\",\"2026-11-20T01:00:00Z\"\n\
         \"2026/x_story-vex-torch-2026.json\",\"2026-11-20T01:00:00Z\"\n"
    );

    let repository = repository.file("caveat.toml", PROJECT).commit(NOW + 7300);
    repository
        .caveat(PUBLISH)
        .exits(1)
        .says("csaf/white/2026/x_story-2026-0001.json");
    assert_eq!(read(&repository, DOCUMENT), after);
}

#[test]
fn an_advisory_that_is_lost_is_told_once_and_not_again_for_its_document() {
    let repository = published()
        .file("caveat.toml", &project())
        .file(&place(2), &advisory(2))
        .commit(NOW + 2);
    repository.caveat(PUBLISH).exits(0);
    fs::remove_file(repository.path(&place(2))).unwrap();
    let said = repository.commit(NOW + 3).caveat(PUBLISH).exits(1);
    assert!(said.err.contains("x_STORY-2026-0002"), "{}", said.err);
    assert!(!said.err.contains("x_story-2026-0002"), "{}", said.err);
}

#[test]
fn no_document_holds_a_word_of_what_is_embargoed() {
    let repository = secretive();
    let text = read(&repository, "caveat.toml");
    let csaf = format!("{text}\n[csaf]\ncategory = \"vendor\"\n");
    let repository = repository.file("caveat.toml", &csaf).commit(NOW + 1);
    repository.caveat("build --out public").exits(0);
    let all: String = repository
        .tree("public/csaf")
        .iter()
        .map(|(path, bytes)| format!("{path} {}", String::from_utf8_lossy(bytes)).to_lowercase())
        .collect();
    assert!(all.contains("csaf_security_advisory"));
    for word in ["zanzibar", "7777777777", "story-2026-0002"] {
        assert!(!all.contains(word), "{word}");
    }
}

#[test]
fn a_namespace_that_is_no_address_is_refused() {
    let odd = project().replace("\"vendor\"", "\"vendor\"\nnamespace = \"Example\"");
    let repository = Repository::good().file("caveat.toml", &odd);
    repository
        .caveat("check")
        .exits(1)
        .says("error[csaf-publisher]");
    let unknown = project().replace("\"vendor\"", "\"maker\"");
    let repository = repository.file("caveat.toml", &unknown);
    repository.caveat("check").exits(1).says("vendor");
}
