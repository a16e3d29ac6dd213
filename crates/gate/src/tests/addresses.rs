//! Owns the proof that no address is lost.
//! Must never look at what a record says.

use std::collections::BTreeSet;

use caveat_artifact::Manifest;

use super::{codes, record, score};
use crate::{Record, Scale, Tree, gate, redirected};

fn files(paths: &[&str], redirects: &str) -> Tree {
    let lines: BTreeSet<String> = paths
        .iter()
        .map(|path| format!("{:064}  {path}\n", 0))
        .collect();
    let mut lines: Vec<String> = lines.into_iter().collect();
    lines.sort_by(|a, b| a[66..].cmp(&b[66..]));
    Tree {
        files: Manifest::parse_sums(lines.concat().as_bytes()).expect("sums"),
        redirects: redirected(redirects),
        ..Tree::default()
    }
}

#[test]
fn an_address_stays_or_leads_on_to_what_is_there() {
    let scale = Scale {
        classes: vec![],
        score,
    };
    let judged = |old: &Tree, new: &Tree| codes(&gate(old, new, &scale)).join(" ");
    let old = files(&["a/index.html", "b.md"], "/c/ /a/ 301\n");
    assert_eq!(
        judged(&old, &files(&["d"], "")),
        "gate-path gate-path gate-path"
    );
    let led = files(&["a/index.html"], "/b.md /a/ 301\n/c/ /a/ 301\n");
    assert_eq!(judged(&old, &led), "");
    assert_eq!(
        judged(&led, &files(&["a/index.html"], "")),
        "gate-path gate-path"
    );
    let nowhere = files(
        &["a/index.html", "b.md"],
        "/c/ /z/ 301\n/y /https://example.org/ 301\n",
    );
    assert_eq!(judged(&old, &nowhere), "gate-redirect");
}

#[test]
fn files_named_by_their_bytes_may_go_and_the_page_that_searches_may_not() {
    let scale = Scale {
        classes: vec![],
        score,
    };
    let parts = [
        "assets/logo.a.svg",
        "search/documents/a.json",
        "search/index.html",
        "search/index.json",
        "search/search.js",
        "search/words/b.json",
    ];
    let old = files(&parts, "");
    let judged = |new: &Tree| codes(&gate(&old, new, &scale)).len();
    assert_eq!(judged(&files(&parts[2..5], "")), 0);
    assert_eq!(judged(&files(&[], "")), 3);
}

#[test]
fn what_goes_with_a_lost_advisory_is_told_once() {
    let scale = Scale {
        classes: vec![],
        score,
    };
    let paths = [
        "advisories/X-1/index.html",
        "mail/X-1/r1.a.txt",
        "osv/X-1.json",
        "osv/npm/X-1.json",
    ];
    let mut old = files(&paths, "");
    let read = Record::read("X-1", record().to_string().as_bytes()).expect("a record");
    old.records.insert("X-1".to_owned(), read);
    assert_eq!(
        codes(&gate(&old, &files(&[], ""), &scale)),
        ["gate-id-lost"]
    );
}

#[test]
fn a_policy_that_is_out_of_date_keeps_no_advisory_back() {
    let scale = Scale {
        classes: vec![],
        score,
    };
    let old = files(&[".well-known/security.txt", "a"], "");
    let found = gate(&old, &files(&["a"], ""), &scale);
    assert_eq!(codes(&found), ["gate-path"]);
    assert_eq!(found[0].verdict, crate::Verdict::Warning);
}
