//! Owns the stories of scanners that ask, and of people who write with a browser beside the editor.
//! Must never take the word of the terminal for what a browser gets.

use std::io::Write as _;

use serde_json::{Value, json};

use crate::repository::{PROJECT, Repository, advisory, place};
use crate::serving::{Serving, until};

/// Three advisories for torch, the last one withdrawn.
fn room() -> Repository {
    let withdrawn = advisory(3).replace(
        "[[revision]]",
        "[withdrawn]\nat = 2026-11-19T23:30:00Z\nreason = \"not-a-vulnerability\"\n\n[[revision]]",
    );
    let second = "\n[[revision]]\nat = 2026-11-19T23:30:00Z\nnote = \"Withdrawn.\"\n";
    let alias = "aliases = [\"CVE-2026-12345\"]\nimpact";
    Repository::empty()
        .file("caveat.toml", PROJECT)
        .file(&place(1), &advisory(1).replace("impact", alias))
        .file(
            &place(2),
            &advisory(2).replace(">= 1.0.0, < 2.0.2", ">= 1.4, < 3.0"),
        )
        .file(&place(3), &(withdrawn + second))
}

fn ids(answer: &Value) -> Vec<&str> {
    let vulns = answer["vulns"].as_array().into_iter().flatten();
    vulns.map(|vuln| vuln["id"].as_str().unwrap()).collect()
}

#[test]
fn a_scanner_is_told_what_caveat_affected_tells() {
    let room = room();
    let serving = Serving::start(&room, "--api-only --as-of 2026-11-20T00:00:00Z");
    for version in ["0.9", "1.2", "1.4", "2.0.1", "2.5", "3.0", "no version"] {
        let package = json!({ "name": "Torch", "ecosystem": "PyPI" });
        let answer = serving.json(
            "/v1/query",
            &json!({ "package": package, "version": version }),
        );
        let mut command = room.command();
        command.args([
            "affected",
            "--format",
            "json",
            &format!("PyPI/torch@{version}"),
        ]);
        let said: Value =
            serde_json::from_slice(&command.output().unwrap().stdout).unwrap_or_default();
        let found = said["advisories"].as_array().into_iter().flatten();
        let yes = found.filter(|one| one["verdict"] == "yes");
        let yes: Vec<&str> = yes.map(|one| one["id"].as_str().unwrap()).collect();
        assert_eq!(ids(&answer), yes, "{version}");
    }
    let urls = json!({ "queries": [{ "package": { "purl": "pkg:pypi/torch@1.2" } }, { "package": { "purl": "pkg:pypi/torch" } }] });
    let answer = serving.json("/v1/querybatch", &urls);
    assert_eq!(ids(&answer["results"][0]), ["x_STORY-2026-0001"]);
    assert_eq!(
        ids(&answer["results"][1]),
        ["x_STORY-2026-0001", "x_STORY-2026-0002"]
    );
    assert_eq!(
        answer["results"][0]["vulns"][0],
        json!({ "id": "x_STORY-2026-0001", "modified": "2026-11-19T23:00:00Z" })
    );
}

#[test]
fn a_record_is_served_by_its_id_as_the_feed_has_it() {
    let room = room();
    let serving = Serving::start(&room, "--api-only --no-watch");
    let record = serving.get("/v1/vulns/x_STORY-2026-0003");
    let shown = room.caveat("show x_STORY-2026-0003 --as osv").exits(0);
    assert_eq!((record.status, record.body + "\n"), (200, shown.out));
    assert!(record.head.contains("content-type: application/json"));
    let alias = serving.get("/v1/vulns/CVE-2026-12345");
    assert_eq!(alias.status, 404);
    assert_eq!(
        alias.body,
        r#"{"code":5,"message":"Vulnerability not found, but the following aliases were: x_STORY-2026-0001"}"#
    );
    let wrong = serving.ask("POST", "/v1/query", "{}");
    assert_eq!(
        (wrong.status, &*wrong.body),
        (400, r#"{"code":3,"message":"invalid query"}"#)
    );
    assert_eq!(serving.get("/").status, 404, "no site");
}

/// An open page, which hears of changes.
fn open(serving: &Serving) -> std::net::TcpStream {
    let mut events = serving.connect();
    let request = b"GET /-/changes HTTP/1.1\r\nHost: localhost\r\n\r\n";
    events.write_all(request).unwrap();
    events
}

/// The page of the first advisory.
const PAGE: &str = "/advisories/x_STORY-2026-0001/";

#[test]
fn a_page_of_the_preview_is_that_of_a_build_with_a_script_of_its_own() {
    let room = room();
    let serving = Serving::start(&room, "--no-watch");
    let page = serving.get(PAGE);
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Flaw number 1"));
    assert!(page.body.contains("<script src=\"/-/preview.js\""));
    assert!(!page.body.contains("http-equiv=\"Content-Security-Policy\""));
    let policy = "content-security-policy: default-src 'none'; script-src 'self';";
    assert!(page.head.contains(policy), "{}", page.head);
    let script = serving.get("/-/preview.js");
    assert_eq!(script.status, 200);
    assert!(script.head.contains("content-type: text/javascript"));
    let built = room.caveat("show x_STORY-2026-0001 --as html").exits(0).out;
    assert!(!built.contains("preview.js"));
}

#[test]
fn a_page_comes_again_when_its_advisory_is_saved() {
    let room = room();
    let serving = Serving::start(&room, "");
    let mut events = open(&serving);
    until(&mut events, "event: good\n");
    let changed = advisory(1).replace("Flaw number 1", "Something else");
    std::fs::write(room.path(&place(1)), changed).unwrap();
    until(&mut events, "event: good\n");
    assert!(serving.get(PAGE).body.contains("Something else"));
    assert_eq!(serving.stop("INT").code(), Some(0), "with a page open");
}

#[test]
fn what_was_last_good_stays_while_a_file_is_faulty() {
    let room = room();
    let serving = Serving::start(&room, "");
    let mut events = open(&serving);
    until(&mut events, "event: good\n");
    let faulty = advisory(1).replace("severity = \"high\"", "severity = \"hihg\"");
    std::fs::write(room.path(&place(1)), faulty).unwrap();
    let told = until(&mut events, "hihg");
    assert!(told.contains("event: faults\n"), "{told}");
    assert!(!told.contains('\u{1b}'), "colours: {told}");
    serving.says("hihg");
    serving.says("nothing of this is shown");
    assert!(serving.get(PAGE).body.contains("Flaw number 1"));
    let package = json!({ "package": { "purl": "pkg:pypi/torch@1.2" } });
    let answer = serving.json("/v1/query", &package);
    assert_eq!(ids(&answer), ["x_STORY-2026-0001"]);

    let mended = advisory(1).replace("Flaw number 1", "Mended");
    std::fs::write(room.path(&place(1)), mended).unwrap();
    until(&mut events, "event: good\n");
    assert!(serving.get(PAGE).body.contains("Mended"));
}

#[test]
fn what_was_last_good_stays_while_the_advisories_are_gone() {
    let room = room();
    let serving = Serving::start(&room, "");
    let mut events = open(&serving);
    until(&mut events, "event: good\n");
    let aside = room.path("aside");
    std::fs::rename(room.path("advisories"), &aside).unwrap();
    until(&mut events, "`advisories` is gone");
    let package = json!({ "package": { "purl": "pkg:pypi/torch@1.2" } });
    let answer = serving.json("/v1/query", &package);
    assert_eq!(ids(&answer), ["x_STORY-2026-0001"], "nobody is acquitted");
    std::fs::rename(&aside, room.path("advisories")).unwrap();
    until(&mut events, "event: good\n");
}

#[test]
fn a_preview_may_begin_with_faults() {
    let room = room().file(&place(1), "id = 1\n");
    let serving = Serving::start(&room, "");
    let page = serving.get("/");
    assert_eq!(page.status, 503);
    assert!(page.body.contains("The advisories have faults"));
    assert!(page.body.contains("x_STORY-2026-0001.toml"));
    assert!(page.body.contains("/-/preview.js"));
    assert_eq!(serving.ask("POST", "/v1/query", "{}").status, 503);
    let _room = room.file(&place(1), &advisory(1));
    serving.says("shown: 3 advisories");
    assert_eq!(serving.get("/").status, 200);
}

#[test]
fn what_is_wrong_with_a_file_is_for_the_author_alone() {
    let room = room().file(
        &place(1),
        &advisory(1).replace("severity = \"high\"", "severity = \"secret\""),
    );
    for (arguments, told) in [
        ("", true),
        ("--host feed.example.org", false),
        ("--listen 0.0.0.0", false),
    ] {
        let serving = Serving::start(&room, arguments);
        let page = serving.get("/");
        assert_eq!(page.status, 503);
        assert_eq!(page.body.contains("secret"), told, "{arguments}");
    }
}

#[test]
fn a_service_does_not_begin_with_faults() {
    let room = room().file(&place(1), "id = 1\n");
    let said = room.caveat("serve --api-only --port 0").exits(1);
    assert!(said.err.contains("x_STORY-2026-0001.toml"));
    room.caveat("serve --no-watch --port 0").exits(1);
}

#[test]
fn nothing_embargoed_is_shown_or_answered() {
    let embargoed = advisory(4).replace("Flaw number 4", "The secret").replace(
        "[[revision]]",
        "[embargo]\nuntil = 2999-01-01T00:00:00Z\n\n[[revision]]",
    );
    let embargoed = embargoed.replace("2026-11-19T23:00:00Z", "2999-01-01T00:00:00Z");
    let room = room().file(&place(4), &embargoed);
    let serving = Serving::start(&room, "--as-of 2026-11-20T00:00:00Z");
    assert_eq!(serving.get("/v1/vulns/x_STORY-2026-0004").status, 404);
    let package = json!({ "package": { "purl": "pkg:pypi/torch@1.2" } });
    assert_eq!(
        ids(&serving.json("/v1/query", &package)),
        ["x_STORY-2026-0001"]
    );
    let front = serving.get("/");
    assert_eq!(front.status, 200);
    assert!(!front.body.contains("secret") && !front.body.contains("2026-0004"));
    assert_eq!(serving.get("/advisories/x_STORY-2026-0004/").status, 404);
}

#[test]
fn the_terminal_tells_how_much_is_hidden() {
    let draft = advisory(4).replace("id = \"x_STORY-2026-0004\"\n", "");
    let draft = draft.split("[[revision]]").next().unwrap().to_owned();
    let room = room().file("advisories/drafts/next.toml", &draft);
    let serving = Serving::start(&room, "");
    let _room = room.file(&place(1), &advisory(1));
    serving.says("shown: 3 advisories; hidden, as from readers: 1 file of drafts or under embargo");
}

#[test]
fn somebody_elses_name_for_this_machine_is_not_answered() {
    let room = room();
    let serving = Serving::start(&room, "--no-watch --host feed.example.org");
    for (host, status) in [
        ("evil.example", 421),
        ("feed.example.org", 200),
        ("127.0.0.1", 200),
    ] {
        let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        let answer = crate::serving::answer(&serving.raw(request.as_bytes()));
        assert_eq!(answer.status, status, "{host}");
    }
}

#[test]
fn it_ends_when_it_is_told_to_and_says_why_it_cannot_begin() {
    let room = room();
    let serving = Serving::start(&room, "--no-watch --api-only");
    assert_eq!(serving.stop("TERM").code(), Some(0));
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let said = room
        .caveat(&format!("serve --api-only --port {port}"))
        .exits(2);
    assert!(
        said.err
            .contains(&format!("cannot listen on 127.0.0.1:{port}")),
        "{}",
        said.err
    );
}

#[test]
fn whoever_listens_to_others_is_warned() {
    let room = room();
    let serving = Serving::start(&room, "--listen 0.0.0.0 --api-only --no-watch");
    drop(serving);
    let taken = std::net::TcpListener::bind("0.0.0.0:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let said = room
        .caveat(&format!("serve --listen 0.0.0.0 --port {port}"))
        .exits(2);
    assert!(
        said.err
            .contains("everybody who can reach 0.0.0.0 can see what is not published yet"),
        "{}",
        said.err
    );
}
