//! Owns the stories of people who begin: a new advisory repository, or one from the SECURITY.md they have.
//! Must never hold a text that is not ours: `seeds` reads those.

use std::fs;
use std::path::Path;

use crate::repository::{KEY, NOW, Repository};

pub(crate) const FLAGS: &str = "--as-of 2026-11-21T00:00:00Z --ecosystem PyPI --package tidepool --name Tidepool \
    --url https://advisories.tidepool-project.org --id-prefix x_TIDE";

fn ours(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/policies")
        .join(name);
    fs::read_to_string(path.join("SECURITY.md")).unwrap()
}

#[test]
fn a_clean_policy_gives_no_oddity_and_a_file_that_check_has_nothing_to_say_of() {
    let repository = Repository::empty().file("SECURITY.md", &ours("clean"));
    let outcome = repository
        .caveat(&format!("init --from SECURITY.md {FLAGS}"))
        .exits(0);
    assert!(!outcome.err.contains("adopt-"), "{}", outcome.err);
    let checked = repository.caveat("check").exits(0);
    assert!(!checked.err.contains("error["), "{}", checked.err);
}

#[test]
fn what_is_written_for_our_own_texts_is_what_was_looked_at() {
    for name in ["clean", "loose"] {
        let repository = Repository::empty().file("SECURITY.md", &ours(name));
        repository
            .caveat(&format!("init --from SECURITY.md {FLAGS}"))
            .exits(0);
        let written = fs::read_to_string(repository.path("caveat.toml")).unwrap();
        let place = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../tests/policies")
            .join(name)
            .join("caveat.toml");
        snapbox::assert_data_eq!(written, snapbox::Data::read_from(&place, None).raw());
    }
}

#[test]
fn what_is_in_no_value_is_told_and_kept_as_a_comment() {
    let text = "# Security\n\nWe acknowledge mail to <a@tidepool-project.org> within 2 days, unless it is August.\n";
    let repository = Repository::empty().file("SECURITY.md", text);
    repository
        .caveat(&format!("init --from SECURITY.md --format short {FLAGS}"))
        .exits(0)
        .says("note[adopt-partly-read]: of this, `unless it is August` was not taken over");
    let written = fs::read_to_string(repository.path("caveat.toml")).unwrap();
    assert!(
        written.contains("# not taken over: unless it is August (SECURITY.md:3)\n"),
        "{written}"
    );
}

#[test]
fn a_form_of_an_unknown_repository_asks_for_its_address() {
    let text = "## Reporting\n\nUse the private vulnerability reporting of the forge.\n";
    let repository = Repository::empty().file("SECURITY.md", text);
    repository
        .caveat(&format!("init --from SECURITY.md {FLAGS}"))
        .exits(0);
    repository
        .caveat("check --format short")
        .exits(1)
        .says("error[policy-contact-live]: this contact is live, but has no address");
}

#[test]
fn a_new_repository_is_checked_at_once() {
    let repository = Repository::empty();
    repository
        .caveat(&format!("init {FLAGS}"))
        .exits(0)
        .says("wrote caveat.toml, advisories/drafts/README.md");
    repository
        .caveat("check")
        .exits(0)
        .says("policy-contact-example");
    repository
        .caveat("init")
        .exits(2)
        .says("exists already; nothing was written");
}

#[test]
fn a_private_key_beside_its_public_half_is_committed_by_nobody_who_adds_all() {
    let room = Repository::empty();
    room.caveat(&format!("init {FLAGS}")).exits(0);
    let public = [
        "keys/.gitignore",
        "keys/README.md",
        "keys/feed-cert.pub",
        "keys/feed.pub",
        "keys/keyring.toml",
        "keys/reports.asc",
        "keys/root/1.root.json",
        "keys/root/draft.json",
    ];
    let mut room = room;
    for path in &public[2..] {
        room = room.file(path, "public\n");
    }
    for path in [
        "keys/feed",
        "keys/feed.pem",
        "keys/old/feed",
        "keys/root/ana",
    ] {
        room = room.file(path, KEY);
    }
    let room = room.commit(NOW);
    let git = git2::Repository::open(room.root()).unwrap();
    let index = git.index().unwrap();
    let paths = index
        .iter()
        .map(|entry| String::from_utf8(entry.path).unwrap());
    let committed: Vec<String> = paths.filter(|path| path.starts_with("keys/")).collect();
    assert_eq!(committed, public);
}

#[test]
fn nothing_that_is_there_is_written_over() {
    let repository = Repository::empty().file(".gitignore", "mine\n");
    repository
        .caveat("init")
        .exits(0)
        .says(".gitignore is there already, and stays as it is");
    assert_eq!(
        fs::read_to_string(repository.path(".gitignore")).unwrap(),
        "mine\n"
    );
    let repository = Repository::empty().file("caveat.toml", "mine\n");
    repository.caveat("init").exits(2);
    assert_eq!(repository.tree(".").len(), 1, "nothing else was written");
}

#[test]
fn a_dry_run_prints_and_writes_nothing() {
    let repository = Repository::empty().file("SECURITY.md", &ours("loose"));
    let outcome = repository
        .caveat("init --from SECURITY.md --dry-run")
        .exits(0);
    assert!(outcome.out.contains("[policy.clock]"), "{}", outcome.out);
    assert_eq!(repository.tree(".").len(), 1);
}

#[test]
fn any_file_is_read_and_one_that_is_not_there_is_said() {
    let repository = Repository::empty().bytes("SECURITY.md", &[0, 159, 146, 150, 255, 10, 0]);
    repository
        .caveat("init --from SECURITY.md --dry-run")
        .exits(0)
        .says("adopt-encoding");
    repository
        .caveat("init --from nowhere.md")
        .exits(2)
        .says("cannot read");
}

#[test]
fn pipelines_are_written_into_a_repository_that_is_there_and_never_over_a_file() {
    let repository = Repository::good().file(".github/workflows/publish.yml", "mine\n");
    let outcome = repository.caveat("init --ci github").exits(0);
    let outcome = outcome
        .says(".github/workflows/publish.yml is there already, and stays as it is")
        .says("wrote ci/site.sh, .github/workflows/heartbeat.yml")
        .says("two lines to be filled in");
    assert!(!outcome.err.contains("caveat.toml"), "{}", outcome.err);
    let kept = fs::read_to_string(repository.path(".github/workflows/publish.yml")).unwrap();
    assert_eq!(kept, "mine\n");
    repository
        .caveat("init --ci github")
        .exits(0)
        .says("nothing was written");
    repository.caveat("check").exits(0);
}

#[test]
fn a_new_repository_may_begin_with_pipelines() {
    let repository = Repository::empty();
    repository
        .caveat(&format!("init --ci gitlab {FLAGS}"))
        .exits(0)
        .says("wrote caveat.toml")
        .says(".gitlab-ci.yml");
    assert!(!repository.path(".github").exists());
    repository.caveat("check").exits(0);
}

#[test]
fn no_pipeline_of_a_pull_request_holds_a_key_or_may_write() {
    let repository = Repository::good();
    repository.caveat("init --ci github").exits(0);
    for (name, bytes) in repository.tree(".github/workflows") {
        let text = String::from_utf8(bytes).unwrap();
        let pull_request = name == "pull-request.yml";
        assert!(text.contains("\npermissions: {}\n"), "{name}");
        assert!(!text.contains("pull_request_target:"), "{name}");
        assert_eq!(text.contains("\n  pull_request:\n"), pull_request, "{name}");
        let dangerous = ["secrets.", "CAVEAT_KEY", ": write", "secrets: inherit"];
        let found = dangerous.iter().find(|word| text.contains(**word));
        assert!(!pull_request || found.is_none(), "{name}: {found:?}");
    }
}
