//! Owns the story of every faulty file in `tests/hostile`: each is refused for the reason that `expected.txt` states.
//! Must never be satisfied by a file that is refused for another reason.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use crate::repository::{PROJECT, Repository};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/hostile")
}

/// `0007-slug.toml` lies at the place of the advisory with this number.
fn place(file: &str) -> String {
    format!("advisories/2026/x_STORY-2026-{}.toml", &file[..4])
}

/// The codes of errors that each file must have, by its name.
fn expected() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(folder().join("expected.txt")).unwrap();
    let line = |line: &str| {
        let (file, codes) = line.split_once(": ").unwrap();
        (
            file.to_owned(),
            codes.split(' ').map(str::to_owned).collect(),
        )
    };
    text.lines().map(line).collect()
}

/// The codes of errors in one-line findings, by path.
fn errors(findings: &str) -> BTreeMap<&str, BTreeSet<String>> {
    let mut found: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for line in findings.lines() {
        let path = line.split(':').next().unwrap();
        if let Some((_, rest)) = line.split_once(": error[") {
            let code = rest.split(']').next().unwrap();
            found.entry(path).or_default().insert(code.to_owned());
        }
    }
    found
}

fn with_all(expected: &BTreeMap<String, BTreeSet<String>>) -> Repository {
    let mut repository = Repository::empty().file("caveat.toml", PROJECT);
    for file in expected.keys() {
        repository = repository.bytes(&place(file), &fs::read(folder().join(file)).unwrap());
    }
    repository
}

#[test]
fn every_hostile_file_is_refused_for_its_reason_in_one_run() {
    let expected = expected();
    assert!(expected.len() >= 150, "{}", expected.len());
    let repository = with_all(&expected);
    let said = repository
        .caveat("check --format short --as-of 2026-11-20T00:00:00Z")
        .exits(1);
    let found = errors(&said.err);
    let none = BTreeSet::new();
    let wrong = expected.iter().filter_map(|(file, codes)| {
        let got = found.get(place(file).as_str()).unwrap_or(&none);
        (got != codes).then(|| format!("{file}: expected {codes:?}, found {got:?}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_hostile_file_has_a_stated_reason() {
    let files = fs::read_dir(folder()).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let toml: BTreeSet<String> = names
        .filter(|name| name.starts_with(|c: char| c.is_ascii_digit()))
        .collect();
    assert_eq!(toml, expected().into_keys().collect());
}
