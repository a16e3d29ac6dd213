//! Owns the stories of the page of a package that has had many advisories and releases.
//! Must never let a page grow with what there is: there is always one package that has more.

use std::fs;

use crate::repository::{NOW, PROJECT, Repository, advisory, place};

fn page(repository: &Repository, path: &str) -> String {
    repository.caveat("build --out public").exits(0);
    let path = format!("public/packages/PyPI/torch/{path}index.html");
    fs::read_to_string(repository.path(&path)).unwrap()
}

#[test]
fn a_package_leads_to_the_notes_and_mails_of_its_newest_releases() {
    let branches = (1..=35).map(|major| format!("\">= {major}.0.0, < {major}.1.0\""));
    let branches: Vec<String> = branches.collect();
    let many = |number: u32| {
        let text = advisory(number);
        let old = format!("\">= 1.0.0, < 2.0.{number}\"");
        text.replace(&old, &branches.join(", "))
    };
    let repository = Repository::empty()
        .file("caveat.toml", PROJECT)
        .file(&place(1), &many(1))
        .file(&place(2), &many(2))
        .commit(NOW);
    let page = page(&repository, "");
    let links = |part: &str| page.matches(part).count();
    assert_eq!(links("mail&#x2f;release&#x2f;torch&#x2f;"), 30);
    assert_eq!(links("notes&#x2f;torch&#x2f;"), 30);
    for kind in ["notes&#x2f;torch", "mail&#x2f;release&#x2f;torch"] {
        assert!(page.contains(&format!("{kind}&#x2f;35.1.0.")), "{page}");
        assert!(!page.contains(&format!("{kind}&#x2f;5.1.0.")), "{page}");
    }
    assert!(
        repository
            .path("public/mail/release/torch/5.1.0.announce.txt")
            .exists()
    );
}

#[test]
fn the_table_of_a_package_has_25_advisories_and_the_next_page_the_others() {
    let one = |repository: Repository, number| repository.file(&place(number), &advisory(number));
    let empty = Repository::empty().file("caveat.toml", PROJECT);
    let repository = (1..=26).fold(empty, one).commit(NOW);
    let rows = |path: &str| page(&repository, path).matches("<tbody").count();
    assert_eq!((rows(""), rows("page/1/")), (25, 25));
    assert_eq!(rows("page/2/"), 1);
}
