//! Owns the stories of views that once said another thing than the record: tests/interop holds all of them against it.
//! Must never know how a view is made.

use std::fs;

use crate::occasions::{parsed, project};
use crate::repository::{NOW, PROJECT, Repository, advisory, place};

/// What a feed reader has of an advisory, as Atom and as JSON.
fn feeds(repository: &Repository) -> [String; 2] {
    repository.caveat("build --out ../site").exits(0);
    let read = |name: &str| fs::read_to_string(repository.path("../site").join(name)).unwrap();
    [read("feed.atom"), read("feed.json")]
}

#[test]
fn a_feed_says_what_a_flaw_is_called_elsewhere_and_names_who_agreed_and_nobody_else() {
    let text = advisory(1).replace(
        "impact =",
        "aliases = [\"CVE-2026-31337\", \"GHSA-2222-3333-4444\"]\nimpact =",
    );
    let people = "[[credit]]\nname = \"A. <Finder>\"\nrole = \"remediation-developer\"\nconsent = [\"advisory\"]\n\
        [[credit]]\nname = \"B. Hidden\"\nrole = \"finder\"\nconsent = [\"thanks\"]\n";
    let repository = Repository::empty()
        .file("caveat.toml", PROJECT)
        .file(&place(1), &(text + people))
        .commit(NOW);
    for feed in feeds(&repository) {
        let plain = feed.replace("&lt;", "<").replace("&gt;", ">");
        let plain = plain.replace("&amp;", "&");
        assert!(
            plain.contains("<p>Also known as: CVE-2026-31337, GHSA-2222-3333-4444</p>"),
            "{plain}"
        );
        let credits = "<p>Credits:</p><ul><li>A. &lt;Finder&gt; (remediation developer)</li><li>one person who is not named here</li></ul>";
        let credits = [
            credits.to_owned(),
            credits.replace("&lt;", "<").replace("&gt;", ">"),
        ];
        assert!(credits.iter().any(|one| plain.contains(one)), "{plain}");
        assert!(!plain.contains("B. Hidden"), "{plain}");
    }
}

#[test]
fn a_feed_tells_the_releases_of_a_distribution_apart() {
    let text = advisory(1).replace(
        "package = \"torch\"",
        "ecosystem = \"Debian:13\"\nname = \"apt\"",
    );
    let repository = Repository::empty()
        .file("caveat.toml", PROJECT)
        .file(&place(1), &text)
        .commit(NOW);
    let [atom, json] = feeds(&repository);
    assert!(atom.contains("term=\"Debian:13/apt\""), "{atom}");
    assert!(json.contains("\"Debian:13/apt\""), "{json}");
}

#[test]
fn branches_in_a_subject_cannot_be_read_as_one() {
    let branches = "\"< 1.1.0\", \">= 1.2.0, < 1.4.0\", \"= 1.5.0\"";
    let text = advisory(1).replace("\">= 1.0.0, < 2.0.1\"", branches);
    let repository = Repository::empty()
        .file("caveat.toml", &project())
        .file(&place(1), &text)
        .commit(NOW);
    let said = repository
        .caveat("mail x_STORY-2026-0001 --to oss-security")
        .exits(0);
    assert_eq!(
        parsed(&said).subject(),
        Some("x_STORY-2026-0001: PyTorch < 1.1.0 or >= 1.2.0, < 1.4.0 or = 1.5.0: Flaw number 1")
    );
}
