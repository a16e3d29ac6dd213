//! Owns the stories of versions of which more is known than "affected" or "fixed": not looked at, for some only, never released.
//! Must never send a reader to a version that nobody can get.

use std::fs;

use crate::repository::{NOW, PROJECT, Repository, advisory, place};

const SAID: &str = r#"[[affected.fix]]
version = "2.0.1"
upgrade-to = "2.0.2"

[[status]]
package = "torch"
versions = ["< 1.0.0"]
state = "not-analysed"
reason = "Out of support since 2020."

[[status]]
ecosystem = "npm"
name = "torchling"
state = "not-affected"
reason = "It has a loader of its own."

[[reference]]"#;

fn built(said: &str) -> Repository {
    let listed = "title = \"PyTorch\"\nreleases = [\"0.9.0\", \"1.0.0\", \"2.0.0\", \"2.0.2\"]";
    let project = PROJECT.replace("title = \"PyTorch\"", listed);
    let repository = Repository::empty()
        .file("caveat.toml", &project)
        .file(&place(1), &advisory(1).replace("[[reference]]", said))
        .commit(NOW);
    repository.caveat("build --out public").exits(0);
    repository
}

fn read(repository: &Repository, path: &str) -> String {
    fs::read_to_string(repository.path(&format!("public/{path}"))).unwrap()
}

#[test]
fn a_fix_that_was_never_released_leads_to_the_next_release_in_every_view() {
    let repository = built(SAID);
    let page = read(&repository, "advisories/x_STORY-2026-0001/index.html");
    assert!(page.contains("Upgrade PyTorch to 2.0.2 or later. 2.0.1 was never released"));
    assert!(page.contains("never released; upgrade to"));
    let mail = read(&repository, "mail/x_STORY-2026-0001/r1.announce.txt");
    assert!(
        mail.contains("Upgrade PyTorch to 2.0.2 or later."),
        "{mail}"
    );
    let notes = read(&repository, "notes/torch/2.0.2.md");
    assert!(notes.contains("or any version since, to 2.0.2."), "{notes}");
    assert!(!repository.path("public/notes/torch/2.0.1.md").exists());
    let record = read(&repository, "osv/x_STORY-2026-0001.json");
    assert!(record.contains("\"fixed\": \"2.0.1\""), "{record}");
    assert!(record.contains("\"upgrade_to\": \"2.0.2\""), "{record}");
    let release = read(&repository, "releases/PyPI/torch/2.0.0/index.html");
    assert!(
        release.contains(
            "2.0.2&#x2f;\">Upgrade to 2.0.2, or to a later version of the same branch.</a>"
        ),
        "{release}"
    );
}

#[test]
fn the_text_beside_a_package_says_what_its_page_says() {
    let feature = SAID.replacen(
        "[[affected.fix]]",
        "features = [\"jit\"]\n[[affected.fix]]",
        1,
    );
    let repository = built(&feature);
    let package = read(&repository, "packages/PyPI/torch/index.txt");
    assert!(package.contains("upgrade to 2.0.2"), "{package}");
    assert!(package.contains("Only with the feature jit."), "{package}");
    for path in [
        "packages/PyPI/torch/index.html",
        "releases/PyPI/torch/1.0.0/index.html",
    ] {
        let page = read(&repository, path);
        assert!(
            page.contains("Only with the feature <code>jit</code>"),
            "{page}"
        );
    }
    let release = read(&repository, "releases/PyPI/torch/1.0.0/index.txt");
    assert!(release.contains("Only with the feature jit."), "{release}");
}

#[test]
fn a_cve_id_that_nobody_asks_for_is_not_called_requested() {
    let asked = |state: &str| {
        let text = advisory(1).replace("severity =", &format!("cve = \"{state}\"\nseverity ="));
        let repository = Repository::empty().file("caveat.toml", PROJECT);
        let repository = repository.file(&place(1), &text).commit(NOW);
        repository.caveat("build --out public").exits(0);
        read(&repository, "advisories/x_STORY-2026-0001/index.txt").contains("requested")
    };
    assert!(asked("pending"));
    assert!(!asked("none"));
}

#[test]
fn what_nobody_looked_at_is_called_neither_affected_nor_safe() {
    let repository = built(SAID);
    let page = read(&repository, "advisories/x_STORY-2026-0001/index.html");
    assert!(page.contains("Not analysed") && page.contains("Out of support since 2020."));
    assert!(page.contains("Not affected") && page.contains("It has a loader of its own."));
    let mail = read(&repository, "mail/x_STORY-2026-0001/r1.announce.txt");
    let (clear, unknown) = mail.split_once("NOT ANALYSED").unwrap();
    assert!(!clear.contains("before 1.0.0"), "{mail}");
    assert!(unknown.contains("all versions before 1.0.0"), "{mail}");
    let release = read(&repository, "releases/PyPI/torch/0.9.0/index.html");
    assert!(release.contains("Not analysed"), "{release}");
    let matrix = read(&repository, "packages/PyPI/torch/matrix/index.html");
    assert!(matrix.contains("not analysed"));
    let answer = repository.caveat("affected PyPI/torch@0.9.0").exits(2);
    assert!(
        answer.out.contains("nobody looked at 0.9.0"),
        "{}",
        answer.out
    );
}

#[test]
fn no_command_brings_a_version_that_not_everybody_can_get() {
    let said = "[[affected.fix]]\nversion = \"2.0.1\"\navailability = \"Only for customers.\"\n\n[[reference]]";
    let repository = built(said);
    let page = read(&repository, "advisories/x_STORY-2026-0001/index.html");
    assert!(page.contains("2.0.1: Only for customers."), "{page}");
    assert!(!page.contains("pip install"), "{page}");
    let usual = built("[[reference]]");
    assert!(read(&usual, "advisories/x_STORY-2026-0001/index.html").contains("pip install"));
}
