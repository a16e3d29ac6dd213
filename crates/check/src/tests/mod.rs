//! Owns the proof that every rule is alive: for each, a fault that breaks it and what it says.
//! Must never pass because another rule spoke.

mod edits;
mod examples;
mod mends;
mod past;
mod policies;
mod revisions;
mod seen;
mod settings;
mod unseen;

pub(crate) use examples::{breaks, said_of_example};
pub(crate) use past::narrowings;
pub(crate) use seen::{said_once_published, said_once_published_in};

use caveat_advisory::{Advisory, Document, Draft, Input, Project, Timestamp};
use caveat_diag::Report;
use caveat_diag::emit::short;

use crate::{Book, check};

pub(crate) const PROJECT: &str = r#"[feed]
name = "Test Advisories"
url = "https://test-advisories.dev"
id-prefix = "x_T"
license = "CC-BY-4.0"
corrections = "mailto:a@test-advisories.dev"
[[package]]
key = "torch"
ecosystem = "PyPI"
name = "torch"
purl = "pkg:pypi/torch"
repository = "https://github.com/pytorch/pytorch"
[mail]
from = "Test <a@test-advisories.dev>"
[[mail.list]]
name = "announce"
to = "announce@test-advisories.dev"
style = "project"
[policy]
[[policy.severity]]
id = "high"
definition = "Soon."
cvss = [7.0, 10.0]
[[policy.severity]]
id = "low"
definition = "Later."
cvss = [0.1, 6.9]
[[policy.contact]]
name = "Team"
url = "mailto:security@test-advisories.dev"
"#;

pub(crate) const ADVISORY: &str = r#"id = "x_T-2026-0001"
title = "A title"
severity = "high"
cvss = ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"]
cwe = ["CWE-502"]
aliases = ["CVE-2026-12345"]
related = ["GHSA-2f84-9xq5-cvjm"]
impact = "Code runs."
description = "The loader trusts the length that a file states, and writes past its buffer."
[[affected]]
package = "torch"
versions = [">= 1.0.0, < 1.2.0", ">= 2.0.0, < 2.1.0"]
fixed-by = ["0123456789abcdef0123456789abcdef01234567"]
[[reference]]
type = "fix"
url = "https://example.org/fix"
[[credit]]
name = "A. Finder"
role = "finder"
consent = ["advisory"]
[timeline]
reported = 2026-11-01T00:00:00Z
acknowledged = 2026-11-02T00:00:00Z
[[revision]]
at = 2026-11-19T00:00:00Z
note = "First published."
[[revision]]
at = 2026-11-19T12:00:00Z
note = "Added the second branch."
[embargo]
until = 2026-11-18T00:00:00Z
"#;

const PATH: &str = "advisories/2026/x_T-2026-0001.toml";

fn draft(path: &str, text: &str) -> Draft {
    Draft {
        path: path.to_owned(),
        bytes: text.as_bytes().to_vec(),
    }
}

fn input(project: &str, advisories: &[(&str, &str)]) -> Input {
    let advisories = advisories
        .iter()
        .map(|(path, text)| draft(path, text))
        .collect();
    Input {
        project: Some(draft("caveat.toml", project)),
        advisories,
        ..Input::default()
    }
}

/// The good project with more in it.
pub(crate) fn project(more: &str) -> Project {
    let draft = draft("caveat.toml", &format!("{PROJECT}{more}"));
    let document = Document::<Project>::read(draft, &mut Report::default());
    document.expect("a project").into_data()
}

/// An advisory of this text.
pub(crate) fn read(text: &str) -> Advisory {
    let document = Document::<Advisory>::read(draft(PATH, text), &mut Report::default());
    document.expect("an advisory").into_data()
}

fn judged(input: Input) -> (Option<Book>, String) {
    let as_of: Timestamp = "2026-11-20T00:00:00Z".parse().expect("a time");
    let mut report = Report::default();
    let book = check(input, as_of, &mut report);
    (book, short(&report))
}

/// What is said of the good advisory once it is edited.
pub(crate) fn said_after(edits: &[(&str, &str)]) -> String {
    said_of(&[(PATH, edits)])
}

/// What is said of an advisory.
pub(crate) fn said_of_text(text: &str) -> String {
    judged(input(PROJECT, &[(PATH, text)])).1
}

/// What is said of several copies of the good advisory, each with edits of its own.
pub(crate) fn said_of(files: &[(&str, &[(&str, &str)])]) -> String {
    let edit = |text: String, (from, to): &(&str, &str)| edited(&text, from, to);
    let texts = files.iter().map(|(path, edits)| {
        let text = edits.iter().fold(ADVISORY.to_owned(), edit);
        draft(path, &text)
    });
    let advisories = texts.collect();
    judged(Input {
        advisories,
        ..input(PROJECT, &[])
    })
    .1
}

/// What is said of the good project once it is edited.
pub(crate) fn said_of_project_after(edits: &[(&str, &str)]) -> String {
    let edit = |text: String, (from, to): &(&str, &str)| edited(&text, from, to);
    let text = edits.iter().fold(PROJECT.to_owned(), edit);
    judged(input(&text, &[(PATH, ADVISORY)])).1
}

#[test]
fn the_good_advisory_has_no_fault() {
    let (book, said) = judged(input(PROJECT, &[(PATH, ADVISORY)]));
    assert_eq!(said, "");
    assert_eq!(book.expect("no fault").entries().len(), 1);
}

fn edited(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "nothing to edit: {from}");
    text.replacen(from, to, 1)
}

#[test]
fn faults_between_files_name_both() {
    let twin = ADVISORY.replace("A title", "Another title");
    let (_, said) = judged(input(
        PROJECT,
        &[
            (PATH, ADVISORY),
            ("advisories/2026/x_T-2026-0002.toml", &twin),
        ],
    ));
    for code in ["duplicate-id", "alias-duplicate"] {
        assert!(
            said.contains(&format!(
                "x_T-2026-0002.toml:{}",
                if code == "duplicate-id" { "1:" } else { "6:" }
            )),
            "{said}"
        );
        assert!(said.contains(code), "{said}");
    }
    let mut files = input(PROJECT, &[(PATH, ADVISORY)]);
    files.strays.push("advisories/2026/x.tml".to_owned());
    files.others.push(draft(
        "keys/k",
        "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n",
    ));
    let (book, said) = judged(files);
    assert!(
        book.is_none() && said.contains("[stray-file]") && said.contains("[private-key]"),
        "{said}"
    );
}

#[test]
fn advisories_are_read_even_where_the_project_cannot_be() {
    let (book, said) = judged(input("x = 1", &[(PATH, "y = 2")]));
    assert!(
        book.is_none() && said.contains("caveat.toml:1:1") && said.contains(PATH),
        "{said}"
    );
}

#[test]
fn a_reason_excuses_a_class_that_disagrees_with_its_score() {
    let excused = edited(
        ADVISORY,
        "severity = \"high\"",
        "severity = \"low\"\nseverity-reason = \"Rare.\"",
    );
    assert_eq!(judged(input(PROJECT, &[(PATH, &excused)])).1, "");
}

#[test]
fn drafts_need_neither_id_nor_revision_and_are_in_no_book() {
    let text = edited(ADVISORY, "id = \"x_T-2026-0001\"", "");
    let text = text
        .split("[[revision]]")
        .next()
        .expect("a part")
        .to_owned();
    let (book, said) = judged(input(PROJECT, &[("advisories/drafts/a.toml", &text)]));
    assert_eq!(said, "");
    assert!(book.expect("no fault").entries().is_empty());
}

#[test]
fn a_withdrawn_twin_excuses_nobody_else() {
    let second = ADVISORY.replace("2026-0001", "2026-0002");
    let third = ADVISORY.replace("2026-0001", "2026-0003");
    let withdrawn =
        ADVISORY.to_owned() + "[withdrawn]\nat = 2026-11-19T12:00:00Z\nreason = \"duplicate\"\n";
    let files = [
        (PATH, withdrawn.as_str()),
        ("advisories/2026/x_T-2026-0002.toml", &second),
        ("advisories/2026/x_T-2026-0003.toml", &third),
    ];
    let (_, said) = judged(input(PROJECT, &files));
    assert_eq!(said.matches("[alias-duplicate]").count(), 1, "{said}");
    let (_, said) = judged(input(PROJECT, &files[..2]));
    assert!(!said.contains("alias-duplicate"), "{said}");
}

#[test]
fn one_package_under_two_keys_is_one_package() {
    let project = PROJECT.to_owned()
        + "[[package]]\nkey = \"other\"\necosystem = \"PyPI\"\nname = \"torch\"\n";
    let text = ADVISORY.replace(
        "[[reference]]",
        "[[affected]]\npackage = \"other\"\nversions = [\"< 0.1\"]\n[[reference]]",
    );
    let (_, said) = judged(input(&project, &[(PATH, &text)]));
    assert!(
        said.contains("[package-list]") && said.contains("[affected-missing]"),
        "{said}"
    );
}

#[test]
fn an_embargoed_advisory_comes_out_when_it_is_published() {
    let later = edited(
        ADVISORY,
        "[embargo]\nuntil = 2026-11-18T00:00:00Z",
        "[embargo]\nuntil = 2026-11-21T00:00:00Z",
    );
    let later = later.replace("2026-11-19T", "2026-11-22T") + "agreed-with = [\"The reporter\"]\n";
    let more = "[[revision]]\nat = 2026-11-22T12:00:00Z\nnote = \"Added the second branch.\"\n";
    let (book, said) = judged(input(PROJECT, &[(PATH, &edited(&later, more, ""))]));
    assert_eq!(said, "");
    assert!(book.expect("no fault").entries().is_empty());
    // A second revision would keep the feed from being built on the day of the first: better said now.
    let (_, said) = judged(input(PROJECT, &[(PATH, &later)]));
    assert!(said.contains("[future-date]"), "{said}");
}
