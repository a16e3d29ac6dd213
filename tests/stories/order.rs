//! Owns the story of a page that is read from the top: what matters most stands first, everything has its place.
//! Must never look at how a page is drawn.

use std::fs;

use crate::repository::{NOW, Repository, advisory, place};

const ORDER: [&str; 13] = [
    "todo",
    "affected",
    "severity",
    "versions",
    "workarounds",
    "description",
    "exploitation",
    "timeline",
    "credits",
    "references",
    "revisions",
    "data",
    "class=\"printed\"",
];

#[test]
fn whoever_reads_from_the_top_learns_first_what_to_do() {
    let text = advisory(1)
        .replace(
            "impact =",
            "cvss = [\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"]\naffected-if = \"You load files of others.\"\nworkaround = \"Load your own files alone.\"\nimpact =",
        )
        .replace(
            "[[revision]]",
            "[[credit]]\nname = \"A. Finder\"\nrole = \"finder\"\nconsent = [\"advisory\"]\n\n[[revision]]",
        );
    let repository = Repository::good().file(&place(1), &text).commit_alone(NOW);
    repository.caveat("build --out public").exits(0);
    let page = "public/advisories/x_STORY-2026-0001/index.html";
    let page = fs::read_to_string(repository.path(page)).unwrap();
    let place = |what: &'static str| {
        let heading = format!("<h2 id=\"{what}\">");
        let found = page.find(&heading).or_else(|| page.find(what));
        (
            found.unwrap_or_else(|| panic!("{what} is not in\n{page}")),
            what,
        )
    };
    let mut places: Vec<(usize, &str)> = ORDER.into_iter().map(place).collect();
    places.sort_unstable();
    let found: Vec<&str> = places.into_iter().map(|(_, what)| what).collect();
    assert_eq!(found, ORDER);
}
