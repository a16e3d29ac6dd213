//! Owns the stories of a site in German: no page of it falls back into English unmarked.
//! Must never hold a German sentence: those are the catalogue's.

use std::fs;

use crate::repository::{NOW, PROJECT, Repository, advisory, place};

const MORE: &str = r#"
[site]
language = "de"
[policy.document]
version = "1"
updated = 2026-11-01
next-review = 2027-10-01
[policy.clock]
acknowledge = "48 h"
assess = "5 d"
[policy.report]
wanted = ["What goes wrong, and where"]
[[policy.guidance]]
title = "How to load the models of others"
text = "Load only what is from people that you know."
"#;

/// Words that stand in English sentences and in no German ones.
const ENGLISH: &str = "a by for from is known of or that the these this to which with \
    advisories advisory affected always error fixed late level missed more none package packages \
    period plain published reports rule rules severity since table upgrade warning weakness withdrawn \
    year years";

/// Pages of each kind that has to be in German.
const PAGES: [&str; 13] = [
    "about",
    "bulletins",
    "bulletins/2025",
    "policy",
    "policy/guidance",
    "policy/guidance/how-to-load-the-models-of-others",
    "policy/report",
    "policy/severity",
    "reports",
    "reports/2025",
    "reports/2026",
    "rules",
    "rules/cwe-missing",
];

/// A feed that has something to say on each of its pages.
fn german() -> Repository {
    let timeline = "[timeline]\nreported = 2026-11-01T09:00:00Z\nacknowledged = 2026-11-10T09:00:00Z\n\
        fixed = 2026-11-11T09:00:00Z\nexploited = 2026-11-12T09:00:00Z\n\n\
        [late-reason]\nacknowledge = \"The letter was with the others.\"\n\n[[revision]]";
    let people = "[[credit]]\nname = \"Ada\"\nrole = \"finder\"\nconsent = [\"annual-report\"]\n\
        [[credit]]\nname = \"Xyzzy\"\nrole = \"reporter\"\nconsent = [\"advisory\"]\n\n[[reference]]";
    let first = advisory(1)
        .replace("[[revision]]", timeline)
        .replace("[[reference]]", people);
    let gone = advisory(3)
        + "[[revision]]\nat = 2026-11-19T23:30:00Z\nnote = \"Withdrawn: it works as documented.\"\n\
           [withdrawn]\nat = 2026-11-19T23:30:00Z\nreason = \"not-a-vulnerability\"\n";
    let old = advisory(4)
        .replace("x_STORY-2026", "x_STORY-2025")
        .replace("2026-11-19T23", "2025-03-01T10");
    let project = PROJECT.replace("Story Advisories", "Beispiel").replace(
        "[policy]\n",
        "[policy]\nbulletin = \"year\"\nmaturity = \"This is young.\"\n",
    );
    Repository::empty()
        .file("caveat.toml", &(project + MORE))
        .file(&place(1), &first)
        .file(&place(2), &advisory(2))
        .file(&place(3), &gone)
        .file("advisories/2025/x_STORY-2025-0004.toml", &old)
        .commit(NOW)
}

/// Is what stands in this element in no language, or said to be English?
fn aside(tag: &str) -> bool {
    let name = tag.split_whitespace().next().unwrap_or_default();
    // The title of a page may be that of an advisory, and holds no marks.
    tag == "title"
        || ["code", "pre", "script", "style"].contains(&name)
        || tag.contains(" lang=\"en\"")
        || tag.contains(" translate=\"no\"")
}

/// What a page says in its own language: text, and the attributes that are read out.
fn said(page: &str) -> String {
    let (mut said, mut open): (String, Vec<(&str, bool)>) = (String::new(), Vec::new());
    for part in page.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap();
        let quiet = open.last().is_some_and(|(_, quiet)| *quiet);
        let name = tag.split_whitespace().next().unwrap_or_default();
        if let Some(name) = tag.strip_prefix('/') {
            let end = open.iter().rposition(|(open, _)| *open == name);
            open.truncate(end.unwrap());
        } else if !tag.starts_with('!') {
            for label in ["aria-label=\"", "alt=\"", "placeholder=\""] {
                let value = tag.split(label).nth(1).filter(|_| !quiet && !aside(tag));
                said += value.map_or("", |value| value.split('"').next().unwrap_or_default());
                said.push(' ');
            }
            let void = [
                "meta", "link", "br", "img", "input", "rect", "path", "circle",
            ];
            if !void.contains(&name) {
                open.push((name, quiet || aside(tag)));
            }
        }
        if !open.last().is_some_and(|(_, quiet)| *quiet) {
            said += text;
        }
        said.push(' ');
    }
    said
}

/// The English words among those.
fn english(page: &str) -> Vec<String> {
    let said = said(page).to_lowercase();
    // An address is no word, nor is the code of a rule.
    let words = said
        .split_whitespace()
        .filter(|word| !word.contains("&#x2f;"));
    let words = words.map(|word| word.trim_matches(|sign: char| !sign.is_alphanumeric()));
    let english = |word: &&str| ENGLISH.split_whitespace().any(|one| one == *word);
    words.filter(english).map(str::to_owned).collect()
}

#[test]
fn no_page_that_calls_itself_german_speaks_english_without_saying_so() {
    let repository = german();
    repository.caveat("build --out public").exits(0);
    let page = |path: &str| {
        fs::read_to_string(repository.path(&format!("public/{path}/index.html"))).unwrap()
    };
    for path in PAGES {
        let lang = "<html lang=\"de\" dir=\"ltr\">";
        assert!(page(path).contains(lang), "{path} is not German");
    }
    for (path, bytes) in repository.tree("public") {
        let text = String::from_utf8_lossy(&bytes);
        if text.contains("<html lang=\"de\"") {
            assert_eq!(
                english(&text),
                Vec::<String>::new(),
                "{path}: {}",
                said(&text)
            );
        }
    }
}

#[test]
fn what_programs_and_the_policy_say_is_english_in_every_language() {
    let repository = german();
    repository.caveat("build --out public").exits(0);
    let file = |path: &str| fs::read_to_string(repository.path(&format!("public/{path}"))).unwrap();
    assert!(file("reports/2026/report.json").contains("\"median_words\": \"10 days\""));
    assert!(file("reports/2026/report.md").contains("## Promised times"));
    assert!(file("bulletins/2025/bulletin.txt").contains("Advisories published: 1"));
    let heading = "<h2 id=\"versions\" lang=\"en\">Supported versions</h2>";
    assert!(file("policy/index.html").contains(heading));
}
