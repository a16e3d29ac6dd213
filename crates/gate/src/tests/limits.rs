//! Owns the proof that a list of functions, or any other limit, counts as what it is: fewer people are told.
//! Must never name a key that scanners do not read.

use serde_json::{Value, json};

use super::{codes, judged, record, revised};
use crate::{Record, fields};

/// How the gate calls it that this limit takes the place of that one; null is none.
fn turned(from: &Value, to: &Value) -> String {
    let limited = |mut record: Value, limit: &Value| {
        if !limit.is_null() {
            record["affected"][1]["ecosystem_specific"] = limit.clone();
        }
        record
    };
    let (old, new) = (limited(record(), from), limited(revised(|_| ()), to));
    codes(&judged(&old, &new)).join(" ")
}

#[test]
fn fewer_functions_and_a_first_list_tell_fewer_people() {
    let list = |names: &[&str]| json!({ "functions": names });
    assert_eq!(turned(&list(&["a", "b"]), &list(&["a"])), "gate-narrowed");
    assert_eq!(turned(&list(&["a"]), &list(&["b"])), "gate-narrowed");
    assert_eq!(turned(&Value::Null, &list(&["a"])), "gate-narrowed");
    assert_eq!(turned(&list(&["a"]), &list(&["a", "b"])), "");
    assert_eq!(turned(&list(&["a"]), &Value::Null), "");
    // An empty list limits nothing.
    assert_eq!(turned(&list(&["a"]), &list(&[])), "");
    assert_eq!(turned(&list(&[]), &list(&["a"])), "gate-narrowed");
}

#[test]
fn imports_of_go_are_symbols_or_whole_packages() {
    let symbols = |all: &[&str]| json!({ "imports": [{ "path": "x.org/m/p", "symbols": all }] });
    let whole = json!({ "imports": [{ "path": "x.org/m/p" }] });
    let two = json!({ "imports": [{ "path": "x.org/m/p" }, { "path": "x.org/m/p.v2/q" }] });
    assert_eq!(turned(&Value::Null, &whole), "gate-narrowed");
    assert_eq!(turned(&whole, &symbols(&["T.M"])), "gate-narrowed");
    assert_eq!(
        turned(&symbols(&["T.M", "F"]), &symbols(&["F"])),
        "gate-narrowed"
    );
    assert_eq!(turned(&two, &whole), "gate-narrowed");
    assert_eq!(turned(&symbols(&["T.M"]), &whole), "");
    assert_eq!(turned(&whole, &two), "");
    let linux = json!({ "imports": [{ "path": "x.org/m/p", "goos": ["linux"] }] });
    assert_eq!(turned(&whole, &linux), "gate-narrowed");
    assert_eq!(turned(&linux, &whole), "");
}

#[test]
fn every_other_limit_counts_alike() {
    let limit = |os: &[&str]| json!({ "affects": { "os": os, "arch": [] } });
    assert_eq!(turned(&Value::Null, &limit(&["linux"])), "gate-narrowed");
    assert_eq!(
        turned(&limit(&["linux", "macos"]), &limit(&["linux"])),
        "gate-narrowed"
    );
    assert_eq!(turned(&limit(&["linux"]), &limit(&["linux", "macos"])), "");
    assert_eq!(
        turned(&Value::Null, &json!({ "only": "kernel", "x": null })),
        "gate-narrowed"
    );
}

#[test]
fn two_entries_of_one_package_limit_only_what_both_do() {
    let mut twice = revised(|_| ());
    let mut more = twice["affected"][1].clone();
    more["ecosystem_specific"] = json!({ "functions": ["a"] });
    twice["affected"].as_array_mut().expect("a list").push(more);
    assert_eq!(codes(&judged(&record(), &twice)), [""; 0]);
}

#[test]
fn a_limit_is_a_field_of_its_own() {
    let read = |value: &Value| Record::read("X-1", value.to_string().as_bytes()).expect("a record");
    let mut new = record();
    new["affected"][1]["ecosystem_specific"] = json!({ "functions": ["b", "a"] });
    let changes = fields(&read(&record()), &read(&new));
    let [change] = &changes[..] else {
        panic!("{changes:?}")
    };
    assert_eq!(change.field, "affected[npm/torch].functions");
    assert_eq!(change.to.as_deref(), Some("a, b"));
    assert!(!read(&record()).says_the_same(&read(&new)));
}
