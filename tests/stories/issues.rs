//! Owns the stories of issue templates: whoever begins a public issue is shown the private ways first.
//! Must never lose a line that people wrote.

use std::fs;

use crate::repository::{PROJECT, Repository};

const PLACE: &str = ".github/ISSUE_TEMPLATE/config.yml";

fn repository() -> Repository {
    let more = "[[policy.contact]]\nname = \"Forge \\\"private\\\"\"\nurl = \"https://github.com/story/torch/security/advisories/new\"\nurgent = true\n\
        [[policy.contact]]\nname = \"Phone\"\nstate = \"planned\"\n\
        [policy.report]\nnever = [\"public issues\", \"chat\"]\n";
    Repository::empty().file("caveat.toml", &(PROJECT.to_owned() + more))
}

fn written(repository: &Repository) -> String {
    fs::read_to_string(repository.path(PLACE)).unwrap()
}

#[test]
fn the_live_ways_are_links_in_their_order() {
    let repository = repository();
    repository.caveat("policy").exits(0);
    assert!(!repository.path(PLACE).exists());
    let said = repository.caveat("policy --issues").exits(0);
    said.says("SECURITY.md is up to date\nwrote .github/ISSUE_TEMPLATE/config.yml");
    assert_eq!(
        written(&repository),
        r##"# caveat:policy
# Written by `caveat policy` from caveat.toml: change it there.
contact_links:
  - name: "Report a vulnerability: Team"
    url: "https://story.example.org/policy/report/"
    about: "Write to security@story.example.org. Behind this link is what to include. Please not through public issues or chat."
  - name: "Report a vulnerability: Forge \"private\""
    url: "https://github.com/story/torch/security/advisories/new"
    about: "It stays confidential until there is a fix. For what cannot wait. Please not through public issues or chat."
# /caveat:policy
"##
    );
}

#[test]
fn once_it_is_there_it_is_checked_and_kept_up_to_date_without_being_named() {
    let repository = repository();
    let missing = repository.caveat("policy --check --issues").exits(1);
    missing
        .says("SECURITY.md: it does not exist; run `caveat policy`\n")
        .says("config.yml: it does not exist; run `caveat policy --issues`");
    repository.caveat("policy --issues").exits(0);
    assert_eq!(repository.caveat("policy --check").exits(0).err, "");
    let good = written(&repository);
    let around = format!("blank_issues_enabled: false\n{good}# ours\n");
    let repository = repository.file(PLACE, &around.replace("Team", "Gang"));
    repository
        .caveat("policy --check")
        .exits(1)
        .says("config.yml:5: not what caveat.toml says; run `caveat policy --issues`");
    repository.caveat("policy").exits(0).says("wrote .github");
    assert_eq!(written(&repository), around);
}

#[test]
fn a_file_that_is_not_ours_is_left_as_it_is() {
    let theirs = "contact_links:\n  - name: Chat\n";
    let repository = repository().file(PLACE, theirs);
    repository.caveat("policy").exits(0);
    repository.caveat("policy --check").exits(0);
    let security = fs::read_to_string(repository.path("SECURITY.md")).unwrap();
    let more = fs::read_to_string(repository.path("caveat.toml")).unwrap();
    let repository = repository.file("caveat.toml", &more.replace("\"chat\"", "\"mail lists\""));
    repository
        .caveat("policy --issues")
        .exits(2)
        .says("has no markers")
        .says("`# caveat:policy`");
    let twice = format!("{theirs}# caveat:policy\n# /caveat:policy\n");
    let repository = repository.file(PLACE, &twice);
    repository
        .caveat("policy")
        .exits(2)
        .says(&format!("{PLACE}:1: `contact_links` is also outside"));
    assert_eq!(written(&repository), twice);
    // All or nothing.
    let kept = fs::read_to_string(repository.path("SECURITY.md")).unwrap();
    assert_eq!(kept, security);
}

#[test]
fn another_repository_can_be_named() {
    let repository = repository();
    let place = "../torch/.github/ISSUE_TEMPLATE/config.yml";
    repository
        .caveat(&format!("policy --issues {place}"))
        .exits(0)
        .says(&format!("wrote {place}"));
    repository.caveat("policy --check").exits(0);
    assert!(repository.path(place).is_file());
}
