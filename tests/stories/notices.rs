//! Owns the stories of what caveat.toml alone tells readers: releases that come, and names that stand for no flaw.
//! Must never find more on the page of an announcement than its time and its severity.

use std::fs;

use crate::publish::{PUBLISH, published};
use crate::repository::{NOW, PROJECT, Repository, advisory, place};

const AHEAD: &str =
    "[[announcement]]\nat = 2026-12-01T14:00:00Z\nseverity = \"high\"\n\n[[rule]]\ncode = \"cwe";

fn read(repository: &Repository, path: &str) -> String {
    fs::read_to_string(repository.path(&format!("public/{path}"))).unwrap()
}

#[test]
fn a_release_is_announced_by_its_time_and_severity_and_by_nothing_else() {
    let embargo = "[embargo]\nuntil = 2026-12-01T14:00:00Z\nagreed-with = [\"The distributions\"]\n\n[[revision]]";
    let secret = advisory(2)
        .replace("Flaw number 2", "Crafted tensors escape the arena")
        .replace("[[revision]]", embargo)
        .replace("2026-11-19T23:00:00Z", "2026-12-01T14:00:00Z");
    let repository = Repository::empty()
        .file(
            "caveat.toml",
            &PROJECT.replacen("[[rule]]\ncode = \"cwe", AHEAD, 1),
        )
        .file(&place(1), &advisory(1))
        .file(&place(2), &secret)
        .commit(NOW);
    repository.caveat("build --out public").exits(0);
    for page in ["announced/index.html", "index.html"] {
        let text = read(&repository, page);
        assert!(
            text.contains("<strong>2026-12-01</strong> 14:00</time> UTC"),
            "{text}"
        );
        for word in ["arena", "0002", "distributions"] {
            assert!(!text.contains(word), "{word} in {page}");
        }
    }
    repository
        .caveat("build --out public --as-of 2026-12-02T00:00:00Z")
        .exits(0);
    let page = read(&repository, "announced/index.html");
    assert!(page.contains("There is none."), "the address stays");
    let first = read(&repository, "index.html");
    assert!(
        first.contains("href=\"announced/\""),
        "and leads there: {first}"
    );
}

#[test]
fn the_reason_of_a_dispute_tells_no_title_of_what_is_embargoed() {
    let disputed = "[[disputed]]\nid = \"CVE-2026-54321\"\nstate = \"disputed\"\nreason = \"This is not that crafted tensors escape the arena of a worker.\"\n\n[[rule]]\ncode = \"cwe";
    let secret = advisory(2)
        .replace(
            "Flaw number 2",
            "Crafted tensors escape the arena of a worker",
        )
        .replace(
            "[[revision]]",
            "[embargo]\nuntil = 2026-12-01T14:00:00Z\nagreed-with = [\"F\"]\n\n[[revision]]",
        )
        .replace("2026-11-19T23:00:00Z", "2026-12-01T14:00:00Z");
    let repository = Repository::empty()
        .file(
            "caveat.toml",
            &PROJECT.replacen("[[rule]]\ncode = \"cwe", disputed, 1),
        )
        .file(&place(1), &advisory(1))
        .file(&place(2), &secret)
        .commit(NOW);
    let refused = repository.caveat("build --out public").exits(2);
    assert!(
        refused.err.contains("would give away its title"),
        "{}",
        refused.err
    );
    assert!(!repository.path("public").exists());
    repository
        .caveat("build --out public --as-of 2026-12-02T00:00:00Z")
        .exits(0);
}

#[test]
fn a_name_that_stands_for_no_flaw_has_its_reason_on_a_page() {
    let disputed = "[[disputed]]\nid = \"CVE-2026-54321\"\nstate = \"disputed\"\nreason = \"Whoever sets the option can run <code> anyway.\"\n\n[[rule]]\ncode = \"cwe";
    let repository = Repository::empty()
        .file(
            "caveat.toml",
            &PROJECT.replacen("[[rule]]\ncode = \"cwe", disputed, 1),
        )
        .file(&place(1), &advisory(1))
        .commit(NOW);
    repository.caveat("build --out public").exits(0);
    let page = read(&repository, "disputed/index.html");
    assert!(page.contains("can run &lt;code&gt; anyway."), "{page}");
    assert!(page.contains("CVE-2026-54321"));
    assert!(read(&repository, "index.html").contains("disputed/"));
}

#[test]
fn whoever_kept_the_address_of_a_notice_that_is_gone_finds_the_front_page() {
    let disputed = "[[disputed]]\nid = \"CVE-2026-54321\"\nstate = \"disputed\"\nreason = \"Whoever sets the option can run code anyway.\"\n\n";
    let told = PROJECT.replacen("[[rule]]\ncode = \"cwe", &format!("{disputed}{AHEAD}"), 1);
    let repository = published().file("caveat.toml", &told).commit(NOW + 30);
    repository.caveat(PUBLISH).exits(0);
    assert!(read(&repository, "disputed/index.html").contains("CVE-2026-54321"));
    let repository = repository.file("caveat.toml", PROJECT).commit(NOW + 60);
    repository.caveat(PUBLISH).exits(0);
    let leads = read(&repository, "_redirects");
    for page in ["announced", "disputed"] {
        assert!(leads.contains(&format!("/{page}/ / 301\n")), "{leads}");
        let page = read(&repository, &format!("{page}/index.html"));
        assert!(page.contains("This page has moved"), "{page}");
    }
}
