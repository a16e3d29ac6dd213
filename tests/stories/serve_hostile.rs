//! Owns the stories of clients that mean harm, or know no better: after each, the next scanner is answered, and memory is bounded.
//! Must never be gentle: what is sent goes over a real socket, byte for byte.

use std::io::{Read as _, Write as _};
use std::time::Duration;

use serde_json::{Value, json};

use crate::repository::Repository;
use crate::serving::{Answer, Serving, answer};

/// In MiB. A debug build that answers needs about 40.
const MOST_MEMORY: u64 = 256;

/// It still answers, and never had much.
fn is_well(serving: &Serving) {
    let package = json!({ "package": { "purl": "pkg:pypi/torch@1.2" } });
    let found = serving.json("/v1/query", &package);
    assert_eq!(found["vulns"][0]["id"], "x_STORY-2026-0001");
    if let Some(peak) = serving.peak() {
        assert!(peak < MOST_MEMORY, "{peak} MiB");
    }
}

fn start(room: &Repository) -> Serving {
    Serving::start(room, "--no-watch")
}

/// The head of a request, and its body as it is.
fn post(serving: &Serving, headers: &str, body: &[u8]) -> Answer {
    let head =
        format!("POST /v1/query HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");
    answer(&serving.raw(&[head.as_bytes(), body].concat()))
}

#[test]
fn questions_that_are_none_are_refused_in_the_form_of_the_api() {
    let room = Repository::good();
    let serving = start(&room);
    let deep = format!("{{\"package\":{}", "[".repeat(1_000_000));
    let deep_unknown = format!("{{\"package\":{{\"name\":{}", "{\"a\":".repeat(200_000));
    let many = format!("{{\"queries\":[{}{{}}]}}", "{},".repeat(600_000));
    let one = "{\"package\":{\"purl\":\"pkg:pypi/torch@1.2\"}},";
    let above = format!(
        "{{\"queries\":[{}{}]}}",
        one.repeat(1000),
        one.trim_end_matches(',')
    );
    for (path, body) in [
        ("/v1/query", ""),
        ("/v1/query", "{"),
        ("/v1/query", "null"),
        ("/v1/query", "[{}]"),
        ("/v1/query", "\u{0}"),
        ("/v1/query", "{\"version\":1}"),
        ("/v1/query", "{\"package\":\"torch\"}"),
        (
            "/v1/query",
            "{\"package\":{\"name\":\"torch\",\"ecosystem\":\"NoSuch\"}}",
        ),
        ("/v1/query", &deep),
        ("/v1/query", &deep_unknown),
        ("/v1/querybatch", "{\"queries\":{}}"),
        ("/v1/querybatch", &many),
        ("/v1/querybatch", &above),
    ] {
        let refused = serving.ask("POST", path, body);
        assert_eq!(refused.status, 400, "{body:.80}");
        let told: Value = serde_json::from_str(&refused.body).unwrap();
        assert_eq!(told["code"], 3);
        assert!(refused.body.len() < 400, "{}", refused.body);
    }
    is_well(&serving);
}

#[test]
fn a_body_of_a_hundred_megabytes_is_not_kept() {
    let room = Repository::good();
    let serving = start(&room);
    let refused = post(&serving, "Content-Length: 100000000\r\n", b"{");
    assert_eq!(refused.status, 413);
    let whole = vec![b' '; 100_000_000];
    let head = b"POST /v1/query HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000000\r\n\r\n";
    serving.raw(&[head, &*whole].concat());
    let chunk = [b"FFFFF\r\n", &*vec![b' '; 0xF_FFFF], b"\r\n"].concat();
    let head = b"POST /v1/query HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
    serving.raw(&[head.to_vec(), chunk.repeat(95)].concat());
    is_well(&serving);
}

#[test]
fn lengths_that_lie_and_heads_without_an_end_are_refused() {
    let room = Repository::good();
    let serving = start(&room);
    for headers in [
        "Content-Length: -1\r\n".to_owned(),
        "Content-Length: 99999999999999999999999\r\n".to_owned(),
        "Content-Length: 5\r\nContent-Length: 6\r\n".to_owned(),
        "Transfer-Encoding: chunked\r\nContent-Length: x\r\n".to_owned(),
        "X: y\r\n".repeat(200),
        format!("X: {}\r\n", "y".repeat(10_000_000)),
        format!("X: {}\r\n", "\u{1}".repeat(10)),
    ] {
        let refused = post(&serving, &headers, b"{}");
        assert!(
            refused.status == 0 || (400..500).contains(&refused.status),
            "{} for {headers:.40}",
            refused.status
        );
    }
    let long = format!(
        "GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "a".repeat(1_000_000)
    );
    assert!(!serving.raw(long.as_bytes()).starts_with("HTTP/1.1 200"));
    serving.raw(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03");
    serving.raw(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    is_well(&serving);
}

#[test]
fn paths_lead_nowhere_but_to_records_and_pages() {
    let room = Repository::good();
    let serving = start(&room);
    for path in [
        "/v1/vulns/..%2f..%2fcaveat.toml",
        "/v1/vulns/%2e%2e/%2e%2e/caveat.toml",
        "/v1/vulns/",
        "/v1/vulns/x_STORY-2026-0001/x",
        "/v1/vulns/%00",
        "/v1/vulns//x_STORY-2026-0001",
        "/v2/query",
        "/../caveat.toml",
        "/advisories/../caveat.toml",
        "/caveat.toml",
        "/.git/config",
        "//etc/passwd",
    ] {
        assert_eq!(serving.get(path).status, 404, "{path}");
    }
    for path in ["/v1/vulns/%ff", "/%ff", "/%zz"] {
        assert_eq!(serving.get(path).status, 400, "{path}");
    }
    assert_eq!(
        serving
            .get(&format!("/v1/vulns/{}", "x".repeat(5000)))
            .status,
        400
    );
    assert_eq!(
        serving.get("/v1/vulns/x_STORY-2026-0001?x=../..").status,
        200
    );
    is_well(&serving);
}

#[test]
fn each_method_and_version_of_http_has_its_answer() {
    let room = Repository::good();
    let serving = start(&room);
    let head = serving.ask("HEAD", "/v1/vulns/x_STORY-2026-0001", "");
    assert_eq!((head.status, &*head.body), (200, ""));
    assert_eq!(serving.ask("HEAD", "/", "").status, 200);
    for (method, path) in [
        ("GET", "/v1/query"),
        ("PUT", "/v1/query"),
        ("OPTIONS", "/v1/querybatch"),
        ("DELETE", "/v1/vulns/x"),
        ("TRACE", "/"),
        ("BREW", "/"),
    ] {
        let refused = serving.ask(method, path, "");
        assert_eq!(refused.status, 405, "{method} {path}");
        assert!(refused.head.contains("\r\nallow: "), "{}", refused.head);
    }
    let old = serving.raw(b"GET /v1/vulns/x_STORY-2026-0001 HTTP/1.0\r\n\r\n");
    assert!(old.starts_with("HTTP/1.0 200"), "{old:.60}");
    assert!(
        serving
            .raw(b"GET / HTTP/9.9\r\n\r\n")
            .starts_with("HTTP/1.1 400")
    );
    let strange = serving
        .raw(b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert!(strange.starts_with("HTTP/1.1 421"), "{strange:.60}");
}

#[test]
fn questions_one_after_the_other_are_answered_in_their_order() {
    let room = Repository::good();
    let serving = start(&room);
    let body = "{\"package\":{\"purl\":\"pkg:pypi/torch@1.2\"}}";
    let length = body.len();
    let one = format!(
        "POST /v1/query HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    let other = "GET /v1/vulns/none HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let last =
        "GET /v1/vulns/x_STORY-2026-0001 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let told = serving.raw(((one + other).repeat(100) + last).as_bytes());
    let statuses: Vec<&str> = told
        .split("HTTP/1.1 ")
        .skip(1)
        .map(|part| &part[..3])
        .collect();
    assert_eq!(statuses, [["200", "404"].repeat(100), vec!["200"]].concat());
    is_well(&serving);
}

#[test]
fn whoever_speaks_slowly_is_cut_off_and_keeps_nobody_waiting() {
    let room = Repository::good();
    let serving = start(&room);
    let mut slow: Vec<_> = (0..100).map(|_| serving.connect()).collect();
    for stream in &mut slow {
        stream
            .write_all(b"POST /v1/query HTTP/1.1\r\nHost: local")
            .unwrap();
    }
    let mut half = serving.connect();
    half.write_all(b"POST /v1/query HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{")
        .unwrap();
    is_well(&serving);
    let mut told = String::new();
    half.read_to_string(&mut told).unwrap();
    assert!(told.starts_with("HTTP/1.1 408"), "{told:.60}");
    for mut stream in slow {
        stream
            .set_read_timeout(Some(Duration::from_mins(1)))
            .unwrap();
        let mut rest = Vec::new();
        // Closed, one way or the other.
        let _ = stream.read_to_end(&mut rest);
        assert!(!rest.starts_with(b"HTTP/1.1 200"));
    }
    is_well(&serving);
}

#[test]
fn a_thousand_that_connect_and_say_nothing_do_not_end_it() {
    let room = Repository::good();
    let serving = start(&room);
    let silent: Vec<_> = (0..600).map(|_| serving.connect()).collect();
    drop(silent);
    is_well(&serving);
}
