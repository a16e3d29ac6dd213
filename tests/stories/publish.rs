//! Owns the stories of publishing: what passes the gate, what does not, and that readers never see half of either.
//! Must never look at what a page says.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::repository::{KEY, NOW, Outcome, PUBLIC, Repository, advisory, place};

pub(crate) const PUBLISH: &str = "publish --to public --key ../key";
/// Its end: what is added to an advisory that was published at 23:00 the day before.
pub(crate) const SECOND: &str = "\n[[revision]]\nat = 2026-11-20T01:00:00Z\nnote = \"Second.\"\n";

/// A project with a key and one advisory, published.
pub(crate) fn published() -> Repository {
    let repository = Repository::good()
        .file("../key", KEY)
        .file("keys/test.pub", PUBLIC)
        .commit(NOW + 1);
    fs::set_permissions(repository.path("../key"), fs::Permissions::from_mode(0o600)).unwrap();
    repository
        .caveat(PUBLISH)
        .exits(0)
        .says("the first publication there");
    repository
}

/// Changes the first advisory, with or without a revision, and publishes it two hours later. Git does not know what was.
fn edited(repository: Repository, from: &str, to: &str, revision: &str) -> (Repository, Outcome) {
    let text = advisory(1);
    assert!(text.contains(from), "{from}");
    let text = text.replace(from, to) + revision;
    let repository = repository.file(&place(1), &text).commit_alone(NOW + 7200);
    let outcome = repository.caveat(PUBLISH);
    (repository, outcome)
}

#[test]
fn what_readers_would_not_expect_is_refused_and_nothing_is_written() {
    let (repository, outcome) = edited(published(), "\"high\"", "\"low\"", SECOND);
    outcome
        .exits(1)
        .says("error[gate-severity]: x_STORY-2026-0001: its severity would be lower")
        .says("nothing was published");
    repository.caveat("verify public").exits(0);
    assert!(
        fs::read_to_string(repository.path("public/osv/x_STORY-2026-0001.json"))
            .unwrap()
            .contains("high")
    );
    let (_, outcome) = edited(
        repository,
        "\"high\"",
        "\"low\"",
        &(SECOND.to_owned() + "narrows = \"Only local users reach it.\"\n"),
    );
    outcome
        .exits(0)
        .says("note[gate-severity]")
        .says("= reason: Only local users reach it.")
        .says("published 1 advisory");
}

#[test]
fn a_change_without_a_revision_is_refused_and_the_revision_is_named() {
    let (repository, outcome) = edited(published(), "Code runs.", "Code runs at once.", "");
    outcome
        .exits(1)
        .says("error[gate-modified]")
        .says("caveat revise");
    let (_, outcome) = edited(repository, "Code runs.", "Code runs at once.", SECOND);
    outcome.exits(0).says("changed");
}

#[test]
fn no_advisory_is_lost() {
    let repository = published().file(&place(2), &advisory(2)).commit(NOW + 60);
    repository.caveat(PUBLISH).exits(0);
    fs::remove_file(repository.path(&place(1))).unwrap();
    let git = git2::Repository::open(repository.root()).unwrap();
    git.index()
        .unwrap()
        .remove_path(std::path::Path::new(&place(1)))
        .unwrap();
    let repository = repository.commit_alone(NOW + 120);
    repository
        .caveat(PUBLISH)
        .exits(1)
        .says("error[gate-id-lost]: x_STORY-2026-0001");
}

#[test]
fn an_older_commit_is_no_publication() {
    let repository = published().file(&place(2), &advisory(2)).commit(NOW + 60);
    repository.caveat(PUBLISH).exits(0);
    let back = repository.caveat(&format!("{PUBLISH} --rev HEAD~1"));
    back.exits(1)
        .says("error[gate-issued]")
        .says("error[gate-id-lost]");
}

#[test]
fn mails_and_notes_of_earlier_revisions_lead_on_by_themselves() {
    let second = SECOND.to_owned()
        + "changed = [{ field = \"affected[torch].versions\", from = \">= 1.0.0, < 2.0.1\", to = \">= 1.0.0, < 2.0.2\" }]\n";
    let (repository, outcome) = edited(published(), "< 2.0.1", "< 2.0.2", &second);
    outcome.exits(0).says("5 redirected");
    let redirects = fs::read_to_string(repository.path("public/_redirects")).unwrap();
    assert!(
        redirects.contains("/notes/torch/2.0.1.md /advisories/x_STORY-2026-0001/ 301\n"),
        "{redirects}"
    );
    assert!(redirects.contains(
        "/mail/x_STORY-2026-0001/r1.announce.eml /mail/x_STORY-2026-0001/r2.announce.eml 301\n"
    ));
    repository.caveat("verify public").exits(0);
}

#[test]
fn a_row_that_spells_a_package_of_the_project_leads_on_like_its_key() {
    let spelled = advisory(2).replace(
        "package = \"torch\"",
        "ecosystem = \"PyPI\"\nname = \"torch\"",
    );
    let repository = published().file(&place(2), &spelled).commit(NOW + 60);
    repository.caveat(PUBLISH).exits(0);
    let later = spelled.replace("< 2.0.2", "< 2.0.3")
        + SECOND
        + "changed = [{ field = \"affected[PyPI/torch].versions\", from = \">= 1.0.0, < 2.0.2\", to = \">= 1.0.0, < 2.0.3\" }]\n";
    let repository = repository.file(&place(2), &later).commit(NOW + 7200);
    repository.caveat(PUBLISH).exits(0).says("5 redirected");
    let redirects = fs::read_to_string(repository.path("public/_redirects")).unwrap();
    for moved in [
        "/notes/torch/2.0.2.md /advisories/x_STORY-2026-0002/ 301\n",
        "/releases/PyPI/torch/2.0.2/index.txt /",
    ] {
        assert!(redirects.contains(moved), "{redirects}");
    }
}

#[test]
fn an_address_that_is_gone_must_lead_on() {
    let repository = published();
    let old = fs::read_to_string(repository.path("caveat.toml")).unwrap();
    let renamed = old.replace("name = \"announce\"", "name = \"news\"");
    let repository = repository.file("caveat.toml", &renamed).commit(NOW + 60);
    let refused = repository.caveat(PUBLISH).exits(1);
    let refused =
        refused.says("error[gate-path]: `mail/x_STORY-2026-0001/r1.announce.eml` was published");
    // What it says can be copied.
    let rows = refused.err.split("[[redirect]] ").skip(1).map(|rest| {
        let row = rest.lines().next().unwrap().replace("\", ", "\"\n");
        format!("[[redirect]]\n{row}\n")
    });
    let led = renamed.clone() + &rows.collect::<String>();
    let repository = repository.file("caveat.toml", &led).commit(NOW + 120);
    repository.caveat(PUBLISH).exits(0).says("2 redirected");
    // Once it leads on, it leads on for ever.
    let repository = repository.file("caveat.toml", &renamed).commit(NOW + 180);
    repository.caveat(PUBLISH).exits(1).says("gate-path");
}

#[test]
fn a_page_that_moved_leads_on_without_script() {
    let moved = "[[redirect]]\nfrom = \"old/\"\nto = \"packages/\"\n[[redirect]]\nfrom = \"a b/\"\nto = \"nowhere/\"\n";
    let repository = published();
    let text = fs::read_to_string(repository.path("caveat.toml")).unwrap() + moved;
    let repository = repository.file("caveat.toml", &text).commit(NOW + 60);
    repository
        .caveat(PUBLISH)
        .exits(1)
        .says("error[gate-redirect]: `a%20b/` would lead to `nowhere/`");
    let repository = repository
        .file("caveat.toml", &text.replace("nowhere/", "about/"))
        .commit(NOW + 120);
    repository.caveat(PUBLISH).exits(0);
    let page = fs::read_to_string(repository.path("public/old/index.html")).unwrap();
    assert!(
        page.contains("url=https:&#x2f;&#x2f;story.example.org&#x2f;packages&#x2f;")
            || page.contains("url=https://story.example.org/packages/"),
        "{page}"
    );
    let redirects = fs::read_to_string(repository.path("public/_redirects")).unwrap();
    assert!(redirects.contains("/old/ /packages/ 301\n"), "{redirects}");
}

#[test]
fn a_rehearsal_writes_nothing_and_programs_read_what_the_gate_says() {
    let repository = published();
    let before = repository.tree("public");
    let text = advisory(1).replace("\"high\"", "\"low\"");
    let repository = repository.file(&place(1), &text).commit_alone(NOW + 60);
    let said = repository
        .caveat("publish --to public --key ../key --dry-run --format json")
        .exits(1);
    let said: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(
        (&said["published"], &said["first"]),
        (&false.into(), &false.into())
    );
    let codes: Vec<&str> = said["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["gate-modified", "gate-severity"]);
    assert!(
        said["told"].is_null(),
        "nobody is told of what is not published"
    );
    repository
        .caveat("publish --to elsewhere --key ../key --dry-run")
        .exits(0)
        .says("would publish");
    assert!(!repository.path("elsewhere").exists());
    assert_eq!(repository.tree("public"), before);
}

#[test]
fn a_package_that_is_dropped_leads_on_by_itself() {
    let npm = "[[affected]]\necosystem = \"npm\"\nname = \"torch\"\nversions = [\"< 3.0.0\"]\n\n[[reference]]";
    let both = advisory(2).replacen("[[reference]]", npm, 1);
    let repository = published().file(&place(2), &both).commit(NOW + 60);
    repository.caveat(PUBLISH).exits(0);
    let dropped = advisory(2)
        + SECOND
        + "changed = [{ field = \"affected[npm/torch]\", from = \"< 3.0.0\" }]\n";
    let repository = repository.file(&place(2), &dropped).commit(NOW + 7200);
    repository
        .caveat(PUBLISH)
        .exits(1)
        .says("error[gate-package]")
        .says("1 refusal;");
    let stated = dropped + "narrows = \"Another package of the same name.\"\n";
    let repository = repository.file(&place(2), &stated).commit(NOW + 7201);
    repository.caveat(PUBLISH).exits(0).says("redirected");
    let page = fs::read_to_string(repository.path("public/packages/npm/torch/index.html")).unwrap();
    assert!(page.contains("x_STORY-2026-0002"), "{page}");
    let redirects = fs::read_to_string(repository.path("public/_redirects")).unwrap();
    assert!(
        redirects.contains("/osv/npm/all.zip /osv/all.zip 301\n"),
        "{redirects}"
    );
    assert!(
        redirects.contains("/notes/npm/torch/3.0.0.md /advisories/x_STORY-2026-0002/ 301\n"),
        "{redirects}"
    );
}
