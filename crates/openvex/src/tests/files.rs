//! Owns the proof of which files there are.
//! Must never look at what a statement says: the tests of statements do.

use std::collections::BTreeMap;

use caveat_artifact::Memory;
use serde_json::Value;

use super::{FULL, PROJECT, book, told};
use crate::render;

fn files(project: &str) -> BTreeMap<String, Value> {
    let sink = Memory::default();
    render(&book(project, FULL), &sink).expect("files");
    let files = sink.into_files().into_iter();
    let json = |bytes: Vec<u8>| serde_json::from_slice(&bytes).expect("JSON");
    files
        .map(|(path, bytes)| (path.to_string(), json(bytes)))
        .collect()
}

#[test]
fn nobody_speaks_where_caveat_toml_does_not_say_who() {
    let silent = PROJECT.replace(
        "[vex]\nauthor = \"Test Team\"\nrole = \"Coordinator\"\n",
        "",
    );
    assert!(files(&silent).is_empty());
}

#[test]
fn packages_of_caveat_toml_have_a_document_each_and_the_index_names_all() {
    let files = files(PROJECT);
    let paths: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        paths,
        [
            "vex/index.json",
            "vex/packages/http.openvex.json",
            "vex/packages/torsh.openvex.json",
            "vex/x_TEST-2026-0001.openvex.json"
        ]
    );
    let torsh = told(&files["vex/packages/torsh.openvex.json"]);
    assert_eq!(torsh.len(), 7);
    assert!(torsh.keys().all(|id| id.starts_with("pkg:cargo/torsh")));
    let index = &files["vex/index.json"];
    assert_eq!(
        index["advisories"][0]["path"],
        "vex/x_TEST-2026-0001.openvex.json"
    );
    assert_eq!(index["packages"][1]["purl"], "pkg:cargo/torsh");
}
