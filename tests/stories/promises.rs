//! Owns the story of docs/promises.md: every promise has its fields, its rules and its place, and all of them exist.
//! Must never pass over a name that nobody knows.

use std::fs;
use std::path::Path;

use caveat_advisory::{ADVISORY, Form, PROJECT};

use crate::repository::{NOW, PROJECT as PLAIN, Repository, advisory, place};

struct Promise {
    number: usize,
    fields: Vec<String>,
    rules: Vec<String>,
    places: Vec<String>,
}

fn promises() -> Vec<Promise> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/promises.md");
    let page = fs::read_to_string(page).unwrap();
    let rows = page.lines().filter_map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let number = cells.first()?.parse().ok()?;
        let names = |cell: &str| {
            let names = cell.split('`').skip(1).step_by(2);
            names.map(str::to_owned).collect()
        };
        let [_, _, fields, rules, places] = cells[..] else {
            panic!("row {number} has {} cells", cells.len());
        };
        Some(Promise {
            number,
            fields: names(fields),
            rules: names(rules),
            places: names(places),
        })
    });
    rows.collect()
}

/// Each name of a column, with the number of its row.
fn each(column: fn(&Promise) -> &Vec<String>) -> Vec<(usize, String)> {
    let rows = promises();
    let names = |row: &Promise| {
        let names = column(row).iter();
        names
            .map(|name| (row.number, name.clone()))
            .collect::<Vec<_>>()
    };
    rows.iter().flat_map(names).collect()
}

fn has(form: &Form, path: &str) -> bool {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let Some(key) = form.key(name) else {
        return false;
    };
    rest.is_empty() || key.shape.form().is_some_and(|inner| has(inner, rest))
}

#[test]
fn there_are_34_promises_in_order_and_none_is_empty() {
    let rows = promises();
    let numbers: Vec<usize> = rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, (1..=34).collect::<Vec<_>>());
    for row in rows {
        let empty = row.fields.is_empty() || row.rules.is_empty() || row.places.is_empty();
        assert!(!empty, "{} has an empty cell", row.number);
    }
}

#[test]
fn every_field_of_a_promise_can_be_written() {
    for (number, field) in each(|row| &row.fields) {
        let found = match field.strip_prefix("advisory.") {
            Some(path) => has(&ADVISORY, path),
            None => has(&PROJECT, &field),
        };
        assert!(found, "promise {number}: there is no field `{field}`");
    }
}

#[test]
fn every_rule_of_a_promise_has_a_page() {
    let known = Repository::empty().caveat("explain").exits(0).out;
    let first = |line: &str| line.split_whitespace().next().map(str::to_owned);
    let known: Vec<String> = known.lines().filter_map(first).collect();
    let unknown: Vec<_> = each(|row| &row.rules)
        .into_iter()
        .filter(|(_, rule)| !known.contains(rule))
        .collect();
    assert!(unknown.is_empty(), "there are no such rules: {unknown:?}");
}

#[test]
fn every_place_of_a_promise_is_made_by_a_build() {
    let more = "[policy.document]\nversion = \"1\"\nupdated = 2026-11-01\nnext-review = 2027-05-01\n\
        [[policy.guidance]]\ntitle = \"Loading\"\ntext = \"Know where a file comes from.\"\n";
    let project = PLAIN.replace("[policy]\n", "[policy]\nbulletin = \"month\"\n") + more;
    let repository = Repository::empty()
        .file("caveat.toml", &project)
        .file(&place(1), &advisory(1))
        .commit(NOW);
    repository
        .caveat("policy --into site/SECURITY.md --issues site/.github/ISSUE_TEMPLATE/config.yml")
        .exits(0);
    repository
        .caveat("build --out site/built --as-of 2027-01-05T00:00:00Z")
        .exits(0);
    let mut made = repository.tree("site/built");
    made.extend(repository.tree("site"));
    for (number, place) in each(|row| &row.places) {
        let found = made.iter().any(|(path, _)| match place.strip_suffix('/') {
            Some(_) => path.starts_with(&place),
            None => *path == place,
        });
        assert!(found, "promise {number}: nothing is made at `{place}`");
    }
}
