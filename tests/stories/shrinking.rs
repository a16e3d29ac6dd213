//! Owns the stories of lists that get shorter: what was on their last pages is elsewhere, and their addresses lead there.
//! Must never ask anybody for a `[[redirect]]` where the advisories tell enough.

use std::fs;

use crate::publish::{PUBLISH, published};
use crate::repository::{NOW, Repository, advisory, place};

/// One more than a page has.
const MANY: u32 = 41;

fn credited(number: u32) -> String {
    let credit = format!(
        "[[credit]]\nname = \"Finder {number}\"\nrole = \"finder\"\nconsent = [\"thanks\"]\n\n"
    );
    let text = advisory(number).replace(
        "severity = \"high\"",
        "severity = \"high\"\ncwe = [\"CWE-787\"]",
    );
    text.replace("[[revision]]", &format!("{credit}[[revision]]"))
}

/// What is left of it, and what its revision tells of that.
fn reduced(number: u32) -> String {
    let text = credited(number)
        .replace("\"high\"", "\"low\"")
        .replace("CWE-787", "CWE-125")
        .replace(&format!("< 2.0.{number}"), "< 2.0.1")
        .replace("consent = [\"thanks\"]\n", "")
        .replace(&format!("name = \"Finder {number}\"\n"), "");
    format!(
        r#"{text}
[[revision]]
at = 2026-11-20T01:00:00Z
note = "Less than it seemed."
narrows = "Only local users reach it."
changed = [
  {{ field = "severity", from = "high", to = "low" }},
  {{ field = "cwe", from = "CWE-787", to = "CWE-125" }},
  {{ field = "affected[torch].versions", from = ">= 1.0.0, < 2.0.{number}", to = ">= 1.0.0, < 2.0.1" }},
  {{ field = "credit" }},
]
"#
    )
}

fn many(text: impl Fn(u32) -> String) -> Repository {
    let start = published();
    let repository = (2..=MANY).fold(start, |room, number| {
        room.file(&place(number), &text(number))
    });
    let repository = repository.commit(NOW + 60);
    repository.caveat(PUBLISH).exits(0);
    repository
}

fn leads(repository: &Repository, from: &str, to: &str) {
    let all = fs::read_to_string(repository.path("public/_redirects")).unwrap();
    assert!(
        all.contains(&format!("/{from} /{to} 301\n")),
        "{from}: {all}"
    );
    let page = fs::read_to_string(repository.path(&format!("public/{from}index.html"))).unwrap();
    assert!(page.contains("This page has moved"), "{page}");
}

/// No page below a directory is over 60 kB, whatever is listed on it.
fn small(repository: &Repository, directory: &str) {
    for (path, bytes) in repository.tree(directory) {
        let page = path.rsplit('.').next() == Some("html");
        assert!(!page || bytes.len() < 60_000, "{path}: {}", bytes.len());
    }
}

#[test]
fn pages_that_a_list_needs_no_more_lead_to_the_list() {
    let repository = many(credited)
        .file(&place(42), &credited(42))
        .commit(NOW + 90);
    repository.caveat(PUBLISH).exits(0);
    for list in [
        "severity/high/",
        "weaknesses/CWE-787/",
        "packages/PyPI/torch/matrix/",
        "thanks/2026/",
    ] {
        let second = repository.path(&format!("public/{list}page/2/index.html"));
        assert!(second.exists(), "{list}");
    }
    small(&repository, "public");
    let release = repository.path("public/releases/PyPI/torch/1.0.0/index.html");
    let release = fs::read_to_string(release).unwrap();
    assert!(
        release.contains("2 more"),
        "what is left out is counted: {release}"
    );
    let repository = repository
        .file(&place(40), &reduced(40))
        .file(&place(41), &reduced(41))
        .file(&place(42), &reduced(42))
        .commit(NOW + 7200);
    repository.caveat(PUBLISH).exits(0).says("redirected");
    for list in [
        "severity/high/",
        "weaknesses/CWE-787/",
        "packages/PyPI/torch/matrix/",
    ] {
        leads(&repository, &format!("{list}page/1/"), list);
        leads(&repository, &format!("{list}page/2/"), list);
    }
    leads(&repository, "thanks/2026/", "thanks/");
    leads(&repository, "thanks/2026/page/2/", "thanks/");
    repository.caveat("verify public").exits(0);
}

#[test]
fn parts_of_the_list_of_packages_lead_to_it_once_it_is_short() {
    let row = |number: u32| {
        format!(
            "[[affected]]\necosystem = \"npm\"\nname = \"pack{number}\"\nversions = [\"< 2.0.0\"]\n"
        )
    };
    let named = |count: u32| {
        let rows: String = (0..count).map(row).collect();
        advisory(2).replace("[[reference]]", &format!("{rows}\n[[reference]]"))
    };
    let repository = published().file(&place(2), &named(100)).commit(NOW + 60);
    repository.caveat(PUBLISH).exits(0);
    small(&repository, "public");
    assert!(
        repository
            .path("public/packages/by/npm/p/index.html")
            .exists()
    );
    let told = "\n[[revision]]\nat = 2026-11-20T01:00:00Z\nnote = \"Another package of that name.\"\nnarrows = \"It never had the loader.\"\nchanged = [{ field = \"affected[npm/pack99]\", from = \"< 2.0.0\" }]\n";
    let repository = repository
        .file(&place(2), &(named(99) + told))
        .commit(NOW + 7200);
    repository.caveat(PUBLISH).exits(0).says("redirected");
    leads(&repository, "packages/by/npm/p/", "packages/");
    leads(&repository, "packages/by/PyPI/t/", "packages/");
}
