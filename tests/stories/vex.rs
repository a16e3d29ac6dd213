//! Owns the stories of VEX: documents only where somebody speaks, one advisory to stdout, and paths that never end in nothing.
//! Must never judge a document: `crates/openvex`, `crates/csaf` and `tests/interop` do.

use std::fs;

use crate::embargo::secretive;
use crate::publish::{PUBLISH, published};
use crate::repository::{NOW, PROJECT, Repository, advisory, place};

const POLICY: &str = "[policy]\n[[policy.severity]]\nid = \"high\"";
const VEX: &str =
    "[csaf]\ncategory = \"vendor\"\n\n[vex]\nauthor = \"Story Team\"\nrole = \"Vendor\"\n\n";

fn project() -> String {
    PROJECT.replace(POLICY, &format!("{VEX}{POLICY}"))
}

fn read(repository: &Repository, path: &str) -> String {
    fs::read_to_string(repository.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn a_site_has_vex_where_caveat_toml_says_who_speaks() {
    let silent = Repository::good();
    silent.caveat("build --out public").exits(0);
    assert!(!silent.path("public/vex").exists());

    let repository = Repository::good()
        .file("caveat.toml", &project())
        .commit(NOW + 1);
    repository.caveat("build --out public").exits(0);
    let document = read(&repository, "public/vex/x_STORY-2026-0001.openvex.json");
    assert!(document.contains("\"author\": \"Story Team\""));
    assert!(
        read(&repository, "public/vex/index.json").contains("vex/x_STORY-2026-0001.openvex.json")
    );
    assert!(read(&repository, "public/llms.txt").contains("/vex/index.json"));
    let page = read(
        &repository,
        "public/advisories/x_STORY-2026-0001/index.html",
    );
    assert!(page.contains("x_STORY-2026-0001.openvex.json"));
    assert!(read(&repository, "public/csaf/white/index.txt").contains("-vex-"));
}

#[test]
fn one_advisory_is_shown_as_csaf_and_as_openvex_byte_for_byte() {
    let repository = Repository::good();
    for form in ["csaf", "vex"] {
        let told = repository
            .caveat(&format!("show x_STORY-2026-0001 --as {form}"))
            .exits(0);
        assert!(
            told.out.is_empty() && told.err.contains("caveat.toml has no ["),
            "{}",
            told.err
        );
    }
    let repository = repository.file("caveat.toml", &project()).commit(NOW + 1);
    repository.caveat("build --out public").exits(0);
    for (form, path) in [
        ("csaf", "public/csaf/white/2026/x_story-2026-0001.json"),
        ("vex", "public/vex/x_STORY-2026-0001.openvex.json"),
    ] {
        let told = repository
            .caveat(&format!("show x_STORY-2026-0001 --as {form}"))
            .exits(0);
        assert_eq!(told.out, read(&repository, path), "{form}");
    }
}

#[test]
fn an_author_is_needed() {
    let silent = project().replace("author = \"Story Team\"\n", "");
    let repository = Repository::good().file("caveat.toml", &silent);
    repository.caveat("check").exits(1).says("author");
}

#[test]
fn no_document_holds_a_word_of_what_is_embargoed() {
    let repository = secretive();
    let text = read(&repository, "caveat.toml");
    let repository = repository
        .file("caveat.toml", &format!("{text}\n{VEX}"))
        .commit(NOW + 1);
    repository.caveat("build --out public").exits(0);
    for tree in ["public/vex", "public/csaf"] {
        let files = repository.tree(tree);
        let all: String = files
            .iter()
            .map(|(path, bytes)| {
                format!("{path} {}", String::from_utf8_lossy(bytes)).to_lowercase()
            })
            .collect();
        assert!(all.contains("story-2026-0001"), "{tree}");
        for word in ["zanzibar", "7777777777", "story-2026-0002"] {
            assert!(!all.contains(word), "{word} in {tree}");
        }
    }
}

#[test]
fn a_withdrawal_takes_no_document_away() {
    let repository = published().file("caveat.toml", &project()).commit(NOW + 2);
    repository.caveat(PUBLISH).exits(0);
    let withdrawn = "[[revision]]\nat = 2026-11-20T01:00:00Z\nnote = \"Withdrawn: it is none.\"\n[withdrawn]\nat = 2026-11-20T01:00:00Z\nreason = \"not-a-vulnerability\"\nnote = \"It is meant so.\"\n";
    let text = format!("{}{withdrawn}", advisory(1));
    let repository = repository.file(&place(1), &text).commit(NOW + 7200);
    repository.caveat(PUBLISH).exits(0);
    let document = read(&repository, "public/vex/x_STORY-2026-0001.openvex.json");
    assert!(document.contains("\"not_affected\"") && !document.contains("\"affected\""));
    assert!(document.contains("It is meant so."));
}

#[test]
fn the_documents_of_a_package_that_nothing_names_any_more_lead_to_the_advisory() {
    let row = "[[affected]]\npackage = \"pack\"\nversions = [\"< 2.0.0\"]\n\n[[reference]]";
    let package = "[[package]]\nkey = \"pack\"\necosystem = \"npm\"\nname = \"pack\"\n\n[mail]";
    let two = advisory(2).replacen("[[reference]]", row, 1);
    let repository = published()
        .file("caveat.toml", &project().replacen("[mail]", package, 1))
        .file(&place(2), &two)
        .commit(NOW + 60);
    repository.caveat(PUBLISH).exits(0);
    let csaf = "csaf/white/2026/x_story-vex-pack-2026.json";
    assert!(repository.path(&format!("public/{csaf}")).exists());
    let told = "\n[[revision]]\nat = 2026-11-20T01:00:00Z\nnote = \"Not this package.\"\nnarrows = \"It never had the loader.\"\nchanged = [{ field = \"affected[pack]\", from = \"< 2.0.0\" }]\n";
    let repository = repository
        .file(&place(2), &(advisory(2) + told))
        .commit(NOW + 7200);
    repository.caveat(PUBLISH).exits(0).says("redirected");
    let leads = read(&repository, "public/_redirects");
    for line in [
        format!("/{csaf} /csaf/white/2026/x_story-2026-0002.json 301\n"),
        format!("/{csaf}.sha512 /csaf/white/2026/x_story-2026-0002.json.sha512 301\n"),
        "/vex/packages/pack.openvex.json /vex/x_STORY-2026-0002.openvex.json 301\n".to_owned(),
    ] {
        assert!(leads.contains(&line), "{line} in {leads}");
    }
}

#[test]
fn a_justification_is_one_of_five_and_only_for_what_is_not_affected() {
    let status = |state: &str, justification: &str| {
        let row = format!(
            "[[status]]\necosystem = \"npm\"\nname = \"other\"\nstate = \"{state}\"\njustification = \"{justification}\"\nreason = \"It reads no files.\"\n\n[[revision]]"
        );
        Repository::good().file(&place(1), &advisory(1).replacen("[[revision]]", &row, 1))
    };
    let check = |state, justification| status(state, justification).caveat("check --format short");
    let right = check("not-affected", "component_not_present");
    assert!(!right.err.contains("justif"), "{}", right.err);
    check("not-affected", "component-not-present")
        .exits(1)
        .says("is no justification");
    check("not-analysed", "component_not_present")
        .exits(1)
        .says("status");
}
