//! Owns answers that are long or many: batches, pages, and whatever bytes are sent.
//! Must never follow a token without counting the records on the way.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{index, numbers, row, rows};
use crate::{Index, query, query_batch};

#[test]
fn a_batch_has_an_answer_in_each_place_or_none() {
    let index = index(&rows());
    let hit = json!({ "package": { "ecosystem": "npm", "name": "@a/b" }, "version": "1.0.0" });
    let miss = json!({ "package": { "purl": "pkg:generic/x" } });
    let batch = |queries: Vec<&Value>| json!({ "queries": queries }).to_string();
    let answer = query_batch(&index, batch(vec![&miss, &hit, &miss]).as_bytes()).expect("answered");
    assert_eq!(
        String::from_utf8(answer).expect("text"),
        r#"{"results":[{},{"vulns":[{"id":"x_TEST-2026-0005","modified":"2026-11-01T00:00:00Z"}]},{}]}"#
    );
    let wrong = json!({});
    for (body, said) in [
        (
            batch(vec![&hit, &wrong]),
            "error in query at index 1: invalid query",
        ),
        (batch(vec![&hit; 1001]), "too many queries"),
        (
            format!("{{\"queries\":[{}{{}}]}}", "{},".repeat(100_000)),
            "too many queries",
        ),
    ] {
        let refusal = query_batch(&index, body.as_bytes()).expect_err("refused");
        let json: Value = serde_json::from_slice(&refusal.json()).expect("JSON");
        assert_eq!(json["message"], said);
    }
    assert!(query_batch(&index, batch(vec![&hit; 1000]).as_bytes()).is_ok());
    for empty in ["{}", r#"{"queries":null}"#, r#"{"queries":[]}"#] {
        let answer = query_batch(&index, empty.as_bytes()).expect("answered");
        assert_eq!(answer, br#"{"results":[]}"#);
    }
}

/// 1,500 advisories of one package.
fn many() -> Index {
    index(&vec![row("npm/some-lib", "< 2.0.0"); 1500])
}

#[test]
fn long_answers_come_in_pages_that_hold_each_record_once() {
    let index = many();
    let mut question =
        json!({ "package": { "ecosystem": "npm", "name": "some-lib" }, "version": "1.0.0" });
    let mut all = Vec::new();
    let mut pages = 0;
    loop {
        let answer = query(&index, question.to_string().as_bytes()).expect("answered");
        let (found, next) = numbers(&serde_json::from_slice(&answer).expect("JSON"));
        assert!(found.len() <= 1000);
        all.extend(found);
        pages += 1;
        let Some(next) = next else { break };
        question["page_token"] = next.into();
    }
    assert_eq!((all, pages), ((1..=1500).collect(), 2));
}

#[test]
fn a_batch_ends_after_three_thousand_and_says_where_to_go_on() {
    let index = many();
    let one = json!({ "package": { "ecosystem": "npm", "name": "some-lib" } });
    let mut open: Vec<(usize, Value)> = (0..5).map(|at| (at, one.clone())).collect();
    let mut found = vec![Vec::new(); 5];
    let mut rounds = 0;
    while !open.is_empty() {
        let queries: Vec<&Value> = open.iter().map(|(_, query)| query).collect();
        let answer = query_batch(&index, json!({ "queries": queries }).to_string().as_bytes());
        let answer: Value = serde_json::from_slice(&answer.expect("answered")).expect("JSON");
        let results: Vec<_> = answer["results"]
            .as_array()
            .expect("a list")
            .iter()
            .map(numbers)
            .collect();
        assert!(results.iter().map(|(found, _)| found.len()).sum::<usize>() <= 3000);
        let asked: Vec<usize> = open.iter().map(|(at, _)| *at).collect();
        open.clear();
        for (at, (more, next)) in asked.into_iter().zip(results) {
            found[at].extend(more);
            open.extend(next.map(|token| {
                let mut again = one.clone();
                again["pageToken"] = token.into();
                (at, again)
            }));
        }
        rounds += 1;
    }
    assert!(found.iter().all(|found| found.iter().copied().eq(1..=1500)));
    assert_eq!(rounds, 3);
}

proptest! {
    #[test]
    fn any_bytes_are_answered_or_refused(body in "\\PC{0,60}|[{}\\[\\]\":,a-z0-9]{0,60}", bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
        let index = index(&rows()[..1]);
        for body in [body.as_bytes(), &bytes] {
            for answer in [query(&index, body), query_batch(&index, body)] {
                let json = answer.unwrap_or_else(|refusal| refusal.json());
                prop_assert!(serde_json::from_slice::<Value>(&json).is_ok());
            }
        }
    }
}
