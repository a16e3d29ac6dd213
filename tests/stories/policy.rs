//! Owns the stories of the policy: five real ones as models, and what `caveat policy` writes, compares and refuses.
//! Must never accept a file that differs from its snapshot; `make bless` makes new ones.

use std::fs;
use std::path::{Path, PathBuf};

use snapbox::{Data, assert_data_eq};

use crate::repository::{PROJECT, Repository};

/// The five policies that the product was made for.
const SEEDS: [&str; 5] = [
    "explainable-moe-debugger",
    "mithril",
    "neural-operator-foundation-lab",
    "neuraldbg",
    "torsh",
];
const AS_OF: &str = "--as-of 2026-11-20T00:00:00Z";

fn folder(seed: &str) -> PathBuf {
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/policies");
    policies.join(seed)
}

fn repository(seed: &str) -> Repository {
    let model = fs::read_to_string(folder(seed).join("caveat.toml")).unwrap();
    Repository::empty().file("caveat.toml", &model)
}

fn written(repository: &Repository, path: &str) -> String {
    fs::read_to_string(repository.path(path)).unwrap()
}

/// The same repository with another file in it.
fn plain() -> Repository {
    Repository::empty().file("caveat.toml", PROJECT)
}

#[test]
fn each_of_the_five_policies_is_without_error() {
    for seed in SEEDS {
        let said = repository(seed).caveat(&format!("check {AS_OF}")).exits(0);
        assert!(!said.err.contains("error"), "{seed}: {}", said.err);
    }
}

#[test]
fn each_of_the_five_policies_reads_as_it_always_did() {
    for seed in SEEDS {
        let repository = repository(seed);
        repository.caveat(&format!("policy {AS_OF}")).exits(0);
        let snapshot = |name: &str| Data::read_from(&folder(seed).join(name), None).raw();
        let markdown = written(&repository, "SECURITY.md");
        assert_data_eq!(markdown, snapshot("SECURITY.md"));
        let text = repository.caveat(&format!("policy --as security.txt {AS_OF}"));
        assert_data_eq!(text.exits(0).out, snapshot("security.txt"));
    }
}

#[test]
fn writing_twice_changes_nothing_and_a_change_of_either_side_is_found() {
    for seed in SEEDS {
        let repository = repository(seed);
        repository
            .caveat("policy")
            .exits(0)
            .says("wrote SECURITY.md");
        let once = written(&repository, "SECURITY.md");
        repository
            .caveat("policy")
            .exits(0)
            .says("SECURITY.md is up to date");
        assert_eq!(written(&repository, "SECURITY.md"), once);
        assert_eq!(repository.caveat("policy --check").exits(0).err, "");
        let line = 1 + once.lines().position(|line| line == "## Severity").unwrap();
        let drifted = once.replace("## Severity", "## Danger");
        let repository = repository.file("SECURITY.md", &drifted);
        let place = format!("SECURITY.md:{line}: not what caveat.toml says");
        let found = repository.caveat("policy --check").exits(1).says(&place);
        found.says("- ## Danger\n+ ## Severity");
        assert_eq!(written(&repository, "SECURITY.md"), drifted);
    }
}

#[test]
fn only_what_is_between_the_markers_is_written() {
    let around = "# Ours\r\n\n\u{feff}<!-- caveat:policy -->old\n<!-- /caveat:policy -->\n\n\ttail";
    let repository = plain().file("SECURITY.md", around);
    repository.caveat("policy").exits(0);
    let text = written(&repository, "SECURITY.md");
    assert!(text.starts_with("# Ours\r\n\n\u{feff}<!-- caveat:policy -->\n\n## Supported"));
    assert!(
        text.ends_with("\n<!-- /caveat:policy -->\n\n\ttail"),
        "{text}"
    );
    assert!(!text.contains("# Security policy") && !text.contains("old"));
}

#[test]
fn a_file_that_people_wrote_is_replaced_only_when_asked() {
    let repository = plain().file("SECURITY.md", "by hand\n");
    repository.caveat("policy").exits(2).says("has no markers");
    repository
        .caveat("policy --check")
        .exits(2)
        .says("has no markers");
    assert_eq!(written(&repository, "SECURITY.md"), "by hand\n");
    repository
        .caveat("policy --check --whole")
        .exits(1)
        .says("SECURITY.md:1");
    repository.caveat("policy --whole").exits(0);
    assert!(written(&repository, "SECURITY.md").starts_with("# Security policy\n"));
}

#[test]
fn markers_that_are_no_pair_are_refused_with_their_place() {
    let repository = plain().file("SECURITY.md", "a\n<!-- caveat:policy -->\nb\n");
    let place = "SECURITY.md:2: the policy begins here and never ends; nothing was written";
    repository.caveat("policy").exits(2).says(place);
    assert_eq!(
        written(&repository, "SECURITY.md"),
        "a\n<!-- caveat:policy -->\nb\n"
    );
}

#[test]
fn a_file_of_no_text_or_in_no_place_is_a_sentence() {
    let repository = plain().bytes("SECURITY.md", b"\xff\xfe");
    repository
        .caveat("policy")
        .exits(2)
        .says("is not UTF-8 text");
    repository
        .caveat("policy --into advisories/a/b.md")
        .exits(0);
    repository
        .caveat("policy --into .")
        .exits(2)
        .says("no file of at most 10 MB");
    repository
        .caveat("policy --whole --into caveat.toml")
        .exits(2)
        .says("is TOML, and `caveat policy` writes Markdown");
    assert_eq!(written(&repository, "caveat.toml"), PROJECT);
}

#[test]
fn markers_in_a_code_block_are_an_example() {
    let example = "Put in:\n\n```\n<!-- caveat:policy -->\n<!-- /caveat:policy -->\n```\n";
    let repository = plain().file("SECURITY.md", example);
    repository.caveat("policy").exits(2).says("has no markers");
    let text = format!("{example}\n<!-- caveat:policy -->\n<!-- /caveat:policy -->\n");
    let repository = repository.file("SECURITY.md", &text);
    repository.caveat("policy").exits(0);
    assert!(written(&repository, "SECURITY.md").starts_with(example));
    repository.caveat("policy --check").exits(0);
}

#[test]
#[cfg(unix)]
fn a_link_to_nothing_is_told_apart_from_no_file() {
    let repository = plain();
    std::os::unix::fs::symlink("gone/SECURITY.md", repository.path("SECURITY.md")).unwrap();
    for command in ["policy", "policy --whole", "policy --check"] {
        let said = repository.caveat(command).exits(2);
        said.says("is a link to a file that does not exist; nothing was written");
    }
    // Reading it would never end.
    let zero = plain();
    std::os::unix::fs::symlink("/dev/zero", zero.path("SECURITY.md")).unwrap();
    zero.caveat("policy --whole")
        .exits(2)
        .says("no file of at most 10 MB");
}

#[test]
fn a_missing_file_is_drift_and_another_name_can_be_given() {
    let repository = plain();
    repository
        .caveat("policy --check")
        .exits(1)
        .says("it does not exist");
    repository
        .caveat("policy --into POLICY.md")
        .exits(0)
        .says("wrote POLICY.md");
    repository
        .caveat("policy --check --into POLICY.md")
        .exits(0);
    assert!(!repository.path("SECURITY.md").exists());
}

#[test]
fn a_faulty_policy_is_written_nowhere_and_a_faulty_advisory_is_no_reason() {
    let repository = plain().file("advisories/2026/x_STORY-2026-0001.toml", "nonsense");
    repository.caveat("policy").exits(0);
    let before = written(&repository, "SECURITY.md");
    let faulty = PROJECT.replace("definition = \"Soon.\"", "definitoin = \"Soon.\"");
    let repository = repository.file("caveat.toml", &faulty);
    repository
        .caveat("policy")
        .exits(1)
        .says("error[unknown-key]");
    repository.caveat("policy --as json").exits(1);
    assert_eq!(written(&repository, "SECURITY.md"), before);
}

#[test]
fn a_policy_cannot_end_its_own_part_of_the_file() {
    let guidance = "[[policy.guidance]]\ntitle = \"A\"\ntext = \"<!-- /caveat:policy -->\"\n";
    let repository = Repository::empty().file("caveat.toml", &(PROJECT.to_owned() + guidance));
    let said = repository.caveat("policy");
    assert_ne!(said.code, 0, "{}", said.out);
    assert!(!repository.path("SECURITY.md").exists());
}

#[test]
fn every_view_is_printed_and_the_same_as_in_a_build() {
    let repository = repository("torsh").commit(crate::repository::NOW);
    repository.caveat("build --out public").exits(0);
    for (view, path) in [
        ("json", "public/policy.json"),
        ("security.txt", "public/.well-known/security.txt"),
    ] {
        let printed = repository
            .caveat(&format!("policy --as {view} {AS_OF}"))
            .exits(0);
        assert_eq!(printed.out, written(&repository, path), "{view}");
    }
    let page = repository
        .caveat(&format!("policy --as html {AS_OF}"))
        .exits(0);
    assert!(
        page.out.contains("<h1>Security policy</h1>"),
        "{}",
        page.out
    );
    repository.caveat("policy").exits(0);
    let whole = repository.caveat("policy --as security-md").exits(0);
    assert_eq!(whole.out, written(&repository, "SECURITY.md"));
}

#[test]
fn a_review_that_is_overdue_leaves_security_txt_out_and_says_so() {
    let model = fs::read_to_string(folder("mithril").join("caveat.toml")).unwrap();
    let late = model.replace("next-review = 2027-05-01", "next-review = 2026-11-19");
    let repository = Repository::empty()
        .file("caveat.toml", &late)
        .commit(crate::repository::NOW);
    let said = repository.caveat("build --out public");
    let why = "there is no security.txt in this build: the policy was to be looked at again by 2026-11-19";
    said.exits(0).says(why);
    assert!(!repository.path("public/.well-known").exists());
    assert!(repository.path("public/policy/index.html").exists());
}

/// A key that was made for tests alone.
const ASC: &str = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n\
    mDMEawGUihYJKwYBBAHaRw8BAQdA/cofB+BOmeEMi0C0ldEFdmlT5YrCKdegsHb90oT9AcI=\n\
    -----END PGP PUBLIC KEY BLOCK-----\n";

#[test]
fn the_key_of_the_policy_is_published_where_it_says_and_no_other() {
    let key = "[[policy.key]]\nfingerprint = \"9698421FE1B4994B98CFCC776D676F69EF54C06A\"\n\
        url = \"https://story.example.org/keys/team.asc\"\n";
    let repository = Repository::empty()
        .file("caveat.toml", &(PROJECT.to_owned() + key))
        .file("keys/team.asc", ASC)
        .file("keys/old.asc", ASC)
        .commit(crate::repository::NOW);
    repository.caveat("build --out public").exits(0);
    assert_eq!(written(&repository, "public/keys/team.asc"), ASC);
    assert!(!repository.path("public/keys/old.asc").exists());
    repository.caveat("verify public").exits(0);
    repository.caveat("policy").exits(0);
    let other = written(&repository, "caveat.toml").replace("9698421F", "00000000");
    let repository = repository.file("caveat.toml", &other);
    for command in ["check", "policy"] {
        let said = repository.caveat(command).exits(1);
        let said = said.says("error[policy-key-file]: `keys/team.asc` is another key");
        said.says("the key 9698421FE1B4994B98CFCC776D676F69EF54C06A");
    }
}

#[test]
fn a_second_policy_where_forges_look_first_is_named() {
    let repository = Repository::good().file(".github/SECURITY.md", "# Security\n");
    for command in ["policy", "policy --check"] {
        repository
            .caveat(command)
            .exits(0)
            .says("`caveat policy --into .github/SECURITY.md`");
    }
}
