//! Owns the stories of OpenPGP: who is a trusted provider of CSAF, what changes with a document, what stops a publication.
//! Must never judge a signature: `crates/openpgp` and `tests/interop` do.

use std::fs;

use crate::publish::SECOND;
use crate::repository::{KEY, NOW, Outcome, PROJECT, PUBLIC, Repository, advisory, place, run};
use crate::trusted::{days, now};

/// A key for tests only, that of RFC 8032; its secret is there for all to see.
const SECRET: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n";
const OPENPGP: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea openpgp\n";
const ROLE: &str = "[role.publish]\nkeys = [\"publish-2026\"]\n";
const DOCUMENT: &str = "public/csaf/white/2026/x_story-2026-0001.json";
const POLICY: &str = "[policy]\n[[policy.severity]]\nid = \"high\"";
const CSAF: &str = "[csaf]\ncategory = \"vendor\"\n\n[policy]\n[[policy.severity]]\nid = \"high\"";

fn keyring() -> String {
    let until = now() + days(700);
    format!(
        "{ROLE}[role.openpgp]\nkeys = [\"openpgp-2026\"]\n[key.openpgp-2026]\nfrom = 2026-11-01T00:00:00Z\nuntil = {until}\n"
    )
}

/// Two advisories, CSAF, and a keyring with a key for it. Nothing is published.
fn signed() -> Repository {
    Repository::good()
        .file("caveat.toml", &PROJECT.replace(POLICY, CSAF))
        .file(&place(2), &advisory(2))
        .file("keys/publish-2026.pub", PUBLIC)
        .file("keys/openpgp-2026.pub", OPENPGP)
        .file("keys/keyring.toml", &keyring())
        .commit(NOW + 1)
}

fn publish(repository: &Repository, more: &str, openpgp: &str) -> Outcome {
    let mut command = repository.command();
    command.args(["publish", "--to", "public"]);
    command.args(more.split_whitespace());
    command.env("CAVEAT_KEY", KEY);
    run(command.env("CAVEAT_KEY_OPENPGP", openpgp))
}

fn read(repository: &Repository, path: &str) -> String {
    fs::read_to_string(repository.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn a_key_for_openpgp_makes_a_trusted_provider_whose_documents_are_signed() {
    let repository = signed();
    publish(&repository, "", SECRET).exits(0);
    let metadata = read(&repository, "public/csaf/provider-metadata.json");
    assert!(metadata.contains("\"csaf_trusted_provider\""));
    assert!(metadata.contains("https://story.example.org/keys/openpgp.asc"));
    assert!(read(&repository, "public/keys/openpgp.asc").starts_with("-----BEGIN PGP PUBLIC KEY"));
    let tree = repository.tree("public");
    let signed = tree.iter().filter(|(path, _)| path.ends_with(".json.asc"));
    assert_eq!(signed.count(), 3);
    repository
        .caveat("verify public --key keys/publish-2026.pub")
        .exits(0);
    // The same commit and keys make the same bytes.
    let mut command = repository.command();
    command.args(["publish", "--to", "again"]);
    command.env("CAVEAT_KEY", KEY);
    run(command.env("CAVEAT_KEY_OPENPGP", SECRET)).exits(0);
    // What the time of day is in is signed otherwise.
    for part in ["csaf", "keys"] {
        let [one, other] =
            ["public", "again"].map(|tree| repository.tree(&format!("{tree}/{part}")));
        assert!(one == other, "{part}");
    }
}

#[test]
fn a_revision_changes_the_signatures_of_its_own_documents_alone() {
    let repository = signed();
    publish(&repository, "", SECRET).exits(0);
    let other = DOCUMENT.replace("0001", "0002");
    let signature = |path: &str| read(&repository, &format!("{path}.asc"));
    let (before, still) = (signature(DOCUMENT), signature(&other));
    let key = read(&repository, "public/keys/openpgp.asc");
    let revised = format!("{}{SECOND}", advisory(1));
    let repository = repository.file(&place(1), &revised).commit(NOW + 7200);
    publish(&repository, "", SECRET).exits(0);
    let signature = |path: &str| read(&repository, &format!("{path}.asc"));
    assert_ne!(signature(DOCUMENT), before);
    assert_eq!(signature(&other), still);
    assert_eq!(read(&repository, "public/keys/openpgp.asc"), key);
}

#[test]
fn without_the_private_half_nothing_is_published_and_a_rehearsal_says_what_would_be() {
    let repository = signed();
    publish(&repository, "", "")
        .exits(2)
        .says("`openpgp-2026` signs CSAF documents, and nobody here has its private half");
    assert!(!repository.path("public").exists());
    publish(&repository, "--dry-run", "")
        .exits(0)
        .says("the OpenPGP key is not here");
    publish(&repository, "", SECRET).exits(0);
    publish(&repository, "--dry-run", "").exits(0);
}

#[test]
fn a_key_without_a_beginning_and_one_that_ends_too_soon_stop_a_publication() {
    let stop = |keyring: &str, reason: &str| {
        let repository = signed().file("keys/keyring.toml", keyring).commit(NOW + 2);
        publish(&repository, "", SECRET).exits(2).says(reason);
        assert!(!repository.path("public").exists());
    };
    let good = keyring();
    let never = good.replace("from = 2026-11-01T00:00:00Z\n", "");
    stop(
        &never,
        "`[key.openpgp-2026]` in keys/keyring.toml needs `from`",
    );
    let (before, _) = good.rsplit_once("until").unwrap();
    let until = |left| format!("{before}until = {}\n", now() + days(left));
    stop(&until(20), "days, and what it signs should be good for 30");
    stop(&until(1200), "more than 1095 days ahead");
}

#[test]
fn signatures_are_not_taken_back_from_readers() {
    let repository = signed();
    publish(&repository, "", SECRET).exits(0);
    // Nor does a comparison with what is out say that they are.
    let said = repository.caveat("diff public --format json").out;
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    let gate = said["gate"].to_string();
    assert!(!gate.contains(".asc"), "{gate}");
    let before = repository.tree("public");
    let repository = repository.file("keys/keyring.toml", ROLE).commit(NOW + 2);
    publish(&repository, "", "")
        .exits(1)
        .says("keys/openpgp.asc");
    assert_eq!(repository.tree("public"), before);
}

#[test]
fn no_build_is_signed_so() {
    let repository = signed();
    repository.caveat("build --out public").exits(0);
    assert!(!repository.path(&format!("{DOCUMENT}.asc")).exists());
    let metadata = read(&repository, "public/csaf/provider-metadata.json");
    assert!(metadata.contains("\"csaf_provider\""));
}

#[test]
fn the_signature_of_a_document_that_leads_on_leads_on_too() {
    let row = "[[affected]]\npackage = \"pack\"\nversions = [\"< 2.0.0\"]\n\n[[reference]]";
    let package = "[[package]]\nkey = \"pack\"\necosystem = \"npm\"\nname = \"pack\"\n\n[mail]";
    let project = PROJECT.replace(POLICY, CSAF);
    let repository = signed()
        .file("caveat.toml", &project.replacen("[mail]", package, 1))
        .file(&place(3), &advisory(3).replacen("[[reference]]", row, 1))
        .commit(NOW + 60);
    publish(&repository, "", SECRET).exits(0);
    let old = "csaf/white/2026/x_story-vex-pack-2026.json.asc";
    assert!(repository.path(&format!("public/{old}")).exists());
    let told = "\n[[revision]]\nat = 2026-11-20T01:00:00Z\nnote = \"Not this package.\"\nnarrows = \"It never had the loader.\"\nchanged = [{ field = \"affected[pack]\", from = \"< 2.0.0\" }]\n";
    let repository = repository
        .file(&place(3), &(advisory(3) + told))
        .commit(NOW + 7200);
    publish(&repository, "", SECRET).exits(0);
    let leads = read(&repository, "public/_redirects");
    let line = format!("/{old} /csaf/white/2026/x_story-2026-0003.json.asc 301\n");
    assert!(leads.contains(&line), "{leads}");
}
