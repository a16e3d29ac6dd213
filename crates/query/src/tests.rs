//! Owns what questions get, over a book of few advisories and one of many.
//! Must never trust an answer that was only counted: ids are named.

mod pages;

use caveat_advisory::{Draft, Input, Timestamp};
use caveat_check::check;
use caveat_convert::convert;
use caveat_diag::Report;
use caveat_diag::emit::short;
use serde_json::{Value, json};

use crate::{Index, query, vulnerability};

const PROJECT: &str = r#"[feed]
name = "Test Feed"
url = "https://test.example.org"
id-prefix = "x_TEST"
license = "CC-BY-4.0"
[[package]]
key = "torsh"
ecosystem = "crates.io"
name = "torsh"
title = "ToRSh"
repository = "https://github.com/example/torsh"
[policy]
[[policy.severity]]
id = "high"
definition = "Act."
[[policy.contact]]
name = "Team"
url = "mailto:a@test.example.org"
"#;

const NONE: [usize; 0] = [];

const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// Package, versions, and what stands before the first revision.
type Row = (&'static str, &'static str, String);

fn row(package: &'static str, versions: &'static str) -> Row {
    (package, versions, String::new())
}

fn rows() -> Vec<Row> {
    let aliases = "aliases = [\"CVE-2026-12345\"]".to_owned();
    let withdrawn = "[withdrawn]\nat = 2026-11-01T00:00:00Z\nreason = \"not-a-vulnerability\"";
    vec![
        ("PyPI/some-lib", "< 1.5", aliases),
        row("crates.io/torsh", ">= 1.0.0, < 1.2.0"),
        row("Debian:12/curl", "< 7.1-2"),
        row("Debian:13/curl", "< 8.1-2"),
        row("npm/@a/b", "< 2.0.0"),
        row("npm/some-lib", "< 2.0.0"),
        ("PyPI/some-lib", "< 9", withdrawn.to_owned()),
    ]
}

fn advisory(at: usize, (package, versions, more): &Row) -> Draft {
    let id = format!("x_TEST-2026-{:04}", at + 1);
    let (ecosystem, name) = package.split_once('/').expect("a package");
    let commit = if *package == "crates.io/torsh" {
        format!(
            "introduced-by = [\"{COMMIT}\"]\nfixed-by = [\"{}\"]\n",
            "a".repeat(40)
        )
    } else {
        String::new()
    };
    let (top, end) = match more.split_once('[') {
        Some(_) if more.starts_with('[') => ("", &**more),
        _ => (&**more, ""),
    };
    let text = format!(
        "id = \"{id}\"\ntitle = \"Flaw number {at} of many\"\nseverity = \"high\"\n{top}\nimpact = \"Strangers read files.\"\n\
         description = \"It reads what it is told to read.\"\n[[affected]]\necosystem = \"{ecosystem}\"\nname = \"{name}\"\n\
         versions = [\"{versions}\"]\n{commit}[[reference]]\ntype = \"web\"\nurl = \"https://example.org/{at}\"\n{end}\n\
         [[revision]]\nat = 2026-11-01T00:00:00Z\nnote = \"First published.\"\n"
    );
    Draft {
        path: format!("advisories/2026/{id}.toml"),
        bytes: text.into_bytes(),
    }
}

fn index(rows: &[Row]) -> Index {
    let input = Input {
        project: Some(Draft {
            path: "caveat.toml".to_owned(),
            bytes: PROJECT.into(),
        }),
        advisories: rows
            .iter()
            .enumerate()
            .map(|(at, row)| advisory(at, row))
            .collect(),
        ..Input::default()
    };
    let mut report = Report::default();
    let book = check(input, Timestamp::MAX, &mut report);
    let book = book.unwrap_or_else(|| panic!("{}", short(&report)));
    Index::new(&book, &convert(&book).expect("converted"))
}

/// The numbers of the advisories in an answer, and the token that leads on.
fn numbers(answer: &Value) -> (Vec<usize>, Option<String>) {
    let vulns = answer["vulns"].as_array().map_or(&[][..], Vec::as_slice);
    let number = |vuln: &Value| {
        let id = vuln["id"].as_str().expect("an id");
        id.rsplit('-').next().expect("a number").parse().expect(id)
    };
    let next = answer.get("next_page_token");
    let next = next.map(|token| token.as_str().expect("text").to_owned());
    (vulns.iter().map(number).collect(), next)
}

fn ask(index: &Index, question: &Value) -> Vec<usize> {
    let answer = query(index, question.to_string().as_bytes()).expect("answered");
    let (found, next) = numbers(&serde_json::from_slice(&answer).expect("JSON"));
    assert_eq!(next, None);
    found
}

fn refused(index: &Index, body: &str) -> String {
    let refusal = query(index, body.as_bytes()).expect_err(body);
    let json: Value = serde_json::from_slice(&refusal.json()).expect("JSON");
    assert_eq!(json["code"], 3);
    json["message"].as_str().expect("text").to_owned()
}

#[test]
fn a_version_of_a_package_gets_what_affects_it() {
    let index = index(&rows());
    let at = |ecosystem: &str, name: &str, version: &str| {
        ask(
            &index,
            &json!({ "package": { "ecosystem": ecosystem, "name": name }, "version": version }),
        )
    };
    assert_eq!(at("PyPI", "some-lib", "1.4"), [1]);
    assert_eq!(at("PyPI", "Some_Lib", "1.4.0"), [1]);
    assert_eq!(at("PyPI", "some-lib", "1.5"), NONE);
    assert_eq!(at("crates.io", "torsh", "1.1.0"), [2]);
    assert_eq!(at("crates.io", "torsh", "v1.1"), [2]);
    assert_eq!(at("crates.io", "torsh", "no version"), NONE);
    assert_eq!(at("npm", "../etc/passwd", "1.0.0"), NONE);
    assert_eq!(at("Debian", "curl", "7.1-1"), [3, 4]);
    assert_eq!(at("Debian:12", "curl", "7.1-1"), [3]);
    assert_eq!(at("Debian:13", "curl", "8.1-1"), [4]);
    assert_eq!(at("Debian:sid", "curl", "1"), NONE);
    assert_eq!(at("", "some-lib", "1.4.0"), [1, 6]);
    assert_eq!(
        at("GIT", "https://github.com/example/torsh", "v1.1.0"),
        NONE
    );
}

#[test]
fn a_package_url_says_as_much() {
    let index = index(&rows());
    let at = |url: &str| ask(&index, &json!({ "package": { "purl": url } }));
    assert_eq!(at("pkg:pypi/some-lib@1.4"), [1]);
    assert_eq!(at("pkg:npm/%40a/b@1.0.0"), [5]);
    assert_eq!(at("pkg:npm/%40a/b@2.0.0"), NONE);
    assert_eq!(at("pkg:npm/%40a/b"), [5]);
    assert_eq!(at("pkg:deb/debian/curl@7.1-1?distro=debian-12"), [3]);
    assert_eq!(at("pkg:generic/openssl@1"), NONE);
    let question = json!({ "package": { "purl": "pkg:npm/%40a/b" }, "version": "1.0.0" });
    assert_eq!(ask(&index, &question), [5]);
}

#[test]
fn without_a_version_all_of_the_package_comes_but_what_was_withdrawn() {
    let index = index(&rows());
    let question = json!({ "package": { "ecosystem": "PyPI", "name": "some-lib" } });
    assert_eq!(ask(&index, &question), [1]);
    let empty = json!({ "package": { "ecosystem": "PyPI", "name": "some-lib" }, "version": "" });
    assert_eq!(ask(&index, &empty), [1]);
    let record = vulnerability(&index, "x_TEST-2026-0007").expect("served by its id");
    let record: Value = serde_json::from_slice(record).expect("JSON");
    assert!(record["withdrawn"].is_string());
}

#[test]
fn a_commit_that_brought_a_flaw_has_it() {
    let index = index(&rows());
    let at = |commit: &str| ask(&index, &json!({ "commit": commit }));
    assert_eq!(at(COMMIT), [2]);
    assert_eq!(at(&COMMIT.to_uppercase()), [2]);
    assert_eq!(at(&"a".repeat(40)), NONE);
    assert_eq!(at("ab"), NONE);
    for commit in ["", "abc", "xyzw"] {
        assert_eq!(
            refused(&index, &json!({ "commit": commit }).to_string()),
            "invalid hash"
        );
    }
}

#[test]
fn an_alias_leads_to_the_id() {
    let index = index(&rows());
    let said = |id: &str| {
        let refusal = vulnerability(&index, id).expect_err(id);
        String::from_utf8(refusal.json()).expect("text")
    };
    assert_eq!(
        said("CVE-2026-12345"),
        r#"{"code":5,"message":"Vulnerability not found, but the following aliases were: x_TEST-2026-0001"}"#
    );
    assert_eq!(
        said("x"),
        r#"{"code":5,"message":"Vulnerability not found"}"#
    );
    assert_eq!(
        said(&"x".repeat(101)),
        r#"{"code":3,"message":"ID is too long"}"#
    );
}

#[test]
fn what_cannot_be_asked_is_refused_as_osv_dev_refuses_it() {
    let index = index(&rows());
    for (body, said) in [
        ("{}", "invalid query"),
        (r#"{"version":"1"}"#, "invalid query"),
        (r#"{"package":{}}"#, "invalid query"),
        (r#"{"package":{"name":"a"}}"#, "invalid query"),
        (
            r#"{"package":{"ecosystem":"npm"},"version":"1"}"#,
            "invalid query",
        ),
        (
            r#"{"package":{"name":"a","ecosystem":"Npm"}}"#,
            "invalid ecosystem",
        ),
        (
            r#"{"package":{"name":"a","purl":"pkg:npm/a"}}"#,
            "name specified in a PURL query",
        ),
        (
            r#"{"package":{"ecosystem":"npm","purl":"pkg:npm/a"}}"#,
            "ecosystem specified in a PURL query",
        ),
        (
            r#"{"package":{"purl":"pkg:npm/a@1"},"version":"1"}"#,
            "version specified in params and PURL query",
        ),
        (
            r#"{"package":{"name":"a","ecosystem":"npm"},"page_token":"x"}"#,
            "invalid page token",
        ),
    ] {
        assert_eq!(refused(&index, body), said, "{body}");
    }
    for (body, said) in [
        ("", "not a JSON object"),
        ("[]", "not a JSON object"),
        ("null", "not a JSON object"),
        ("{", "cannot be read"),
        (r#"{"package":1}"#, "cannot be read"),
        (r#"{"verson":"1"}"#, "unknown field `verson`"),
        (r#"{"commit":"ab","commit":"cd"}"#, "duplicate field"),
        (r#"{"package":{"purl":"x"}}"#, "invalid PURL"),
    ] {
        assert!(refused(&index, body).contains(said), "{body}");
    }
    let deep = "{\"package\":".repeat(100_000);
    assert!(refused(&index, &deep).len() < 300);
    let long = format!("{{\"{}\":1}}", "ä".repeat(100_000));
    assert!(refused(&index, &long).chars().count() <= 200);
}
