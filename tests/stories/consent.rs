//! Owns the stories of consent: names appear where their owners agreed, and nowhere else.
//! Must never look for a word only in the files that are likely to hold it.

use std::io::{Cursor, Read as _};

use crate::repository::{NOW, PROJECT, Repository, advisory, place};

/// The first file below a directory that holds a word in its path or its bytes; archives are opened.
pub(crate) fn holds(repository: &Repository, directory: &str, word: &str) -> Option<String> {
    let told = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        text.contains(&word.to_lowercase())
    };
    let files = repository.tree(directory).into_iter();
    let mut found = files.filter(|(path, bytes)| {
        told(path.as_bytes()) || told(bytes) || opened(path, bytes).iter().any(|part| told(part))
    });
    found.next().map(|(path, _)| path)
}

/// The members of an archive and the parts of a mail, as people read them.
fn opened(path: &str, bytes: &[u8]) -> Vec<Vec<u8>> {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension);
    if extension == Some("eml") {
        let mail = mail_parser::MessageParser::default().parse(bytes).unwrap();
        let subject = mail.subject().unwrap_or_default().as_bytes().to_vec();
        let parts = mail.parts.iter().map(|part| part.contents().to_vec());
        return parts.chain([subject]).collect();
    }
    if extension != Some("zip") {
        return Vec::new();
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = Vec::new();
        let mut member = archive.by_index(at).unwrap();
        member.read_to_end(&mut part).unwrap();
        parts.push(part);
    }
    parts
}

fn credited(consent: &str) -> String {
    advisory(1)
        + &format!(
            r#"[[credit]]
name = "Zoë Quokkasdottir"
role = "finder"
url = "https://zanzibar.example.org/zoe"
consent = [{consent}]
agreed = 2026-10-02
evidence = "Letter about pelicans of 2 October"
"#
        )
}

fn built(consent: &str) -> Repository {
    let repository = Repository::empty()
        .file("caveat.toml", PROJECT)
        .file(&place(1), &credited(consent))
        .commit(NOW);
    repository.caveat("build --out public").exits(0);
    repository
}

/// Which consent a file needs to name somebody.
fn surface(path: &str) -> &'static str {
    match path.split('/').next() {
        Some("notes") => "release-notes",
        Some("thanks") => "thanks",
        Some("reports") => "annual-report",
        _ => "advisory",
    }
}

#[test]
fn a_name_is_only_where_its_owner_agreed() {
    let surfaces = [
        ("advisory", "advisories/x_STORY-2026-0001/index.html"),
        ("release-notes", "notes/torch/2.0.1.md"),
        ("thanks", "thanks/index.html"),
        ("annual-report", "reports/2026/index.html"),
    ];
    for (consent, expected) in surfaces {
        let repository = built(&format!("'{consent}'"));
        for (path, bytes) in repository.tree("public") {
            let told = String::from_utf8_lossy(&bytes).contains("Quokkasdottir");
            let may = surface(&path) == consent;
            assert!(
                may || !told,
                "{path} names somebody who agreed to {consent}"
            );
        }
        let shown = std::fs::read_to_string(repository.path(&format!("public/{expected}")));
        assert!(shown.unwrap().contains("Quokkasdottir"), "{expected}");
        assert_eq!(holds(&repository, "public", "pelicans"), None);
        assert_eq!(holds(&repository, "public", "2026-10-02"), None);
    }
}

#[test]
fn where_the_policy_names_nobody_no_consent_helps() {
    let policy = "[policy.credit]\nplaces = [\"release-notes\"]\n[[rule]]";
    let project = PROJECT.replacen("[[rule]]", policy, 1);
    let all = credited("'advisory', 'release-notes', 'thanks', 'annual-report'");
    let repository = Repository::empty()
        .file("caveat.toml", &project)
        .file(&place(1), &all)
        .commit(NOW);
    repository.caveat("build --out public").exits(0);
    for (path, bytes) in repository.tree("public") {
        let told = String::from_utf8_lossy(&bytes).contains("Quokkasdottir");
        assert_eq!(told, path == "notes/torch/2.0.1.md", "{path}");
    }
}

#[test]
fn consent_that_is_withdrawn_leaves_no_byte_of_the_name() {
    let repository = built("'advisory', 'release-notes', 'thanks', 'annual-report'");
    for word in ["quokkasdottir", "zanzibar"] {
        assert!(holds(&repository, "public", word).is_some());
    }
    let withdrawn = [
        credited(""),
        credited("").replace("name = \"Zoë Quokkasdottir\"\n", ""),
    ];
    for text in withdrawn {
        let repository = built("'advisory'").file(&place(1), &text);
        repository
            .caveat("revise x_STORY-2026-0001 -m Credit. --editorial --at 2026-11-20T00:00:00Z")
            .exits(0);
        let repository = repository.commit(NOW + 60);
        repository.caveat("build --out public").exits(0);
        for word in ["quokkasdottir", "zanzibar"] {
            assert_eq!(holds(&repository, "public", word), None);
        }
    }
}

fn credit(name: &str, url: &str, consent: &str) -> String {
    let url = format!("url = \"https://acme.example.net/{url}\"\n");
    let agreed = format!("consent = [{consent}]\nagreed = 2026-10-02\n");
    format!("[[credit]]\nname = \"{name}\"\nrole = \"finder\"\n{url}{agreed}")
}

const EVERYWHERE: &str = r#""advisory", "release-notes", "thanks", "annual-report""#;

#[test]
fn a_name_within_the_longer_name_of_somebody_who_agreed_stops_no_build() {
    for (whole, part) in [
        ("Jia Wei Chen", "Wei Chen"),
        ("Google Big Sleep", "Google"),
        ("Bob Bobson (Acme Corp)", "Acme Corp"),
    ] {
        let public = advisory(1) + &credit(whole, "team/zoe", EVERYWHERE);
        let other = advisory(2) + &credit(part, "team", "\"thanks\"");
        let repository = Repository::empty()
            .file("caveat.toml", PROJECT)
            .file(&place(1), &public)
            .file(&place(2), &other)
            .commit(NOW);
        repository.caveat("build --out public").exits(0);
    }
}

#[test]
fn a_short_name_in_a_template_stops_the_build_whatever_its_entities() {
    for (name, told) in [
        ("Bob", "Bob"),
        ("Jürg", "J&uuml;rg"),
        ("Zoltan", "Zol&shy;tan"),
    ] {
        let page = "{% extends \"base.html\" %}{% block main %}<p>NAME</p>{% endblock %}";
        let public = advisory(1) + &credit(name, "somebody", "\"thanks\"");
        let repository = Repository::empty()
            .file("caveat.toml", PROJECT)
            .file(&place(1), &public)
            .file("site-templates/404.html", &page.replace("NAME", told))
            .commit(NOW);
        let said = repository.caveat("build --out public").exits(2);
        said.says("`credit[0].name`").says("`consent`");
        let said = repository.caveat("check").exits(2);
        said.says("`404.html`").says("`credit[0].name`");
    }
}

#[test]
fn a_name_taken_out_of_the_credits_is_found_in_the_text_that_kept_it() {
    let before = credited("\"advisory\"").replace("past its buffer", "as Zoë Quokkasdottir saw");
    let (text, credit) = before.split_once("[[credit]]").unwrap();
    assert!(credit.contains("Quokkasdottir"));
    let revision = "[[revision]]\nat = 2026-11-19T23:30:00Z\nnote = \"Credits changed.\"\neditorial = true\nchanged = [{ field = \"credit\" }]\n";
    let repository = Repository::empty()
        .file("caveat.toml", PROJECT)
        .file(&place(1), &before)
        .commit(NOW)
        .file(&place(1), &format!("{text}{revision}"))
        .commit(NOW + 60);
    repository
        .caveat("build --out public")
        .exits(1)
        .says("error[credit-remembered]");
    assert!(!repository.path("public").exists());
}
