//! Owns the story of this repository's own advisories: they are the first that must be right.
//! Must never be true for an empty set.

use std::path::Path;
use std::process::Command;

use crate::repository::run;

#[test]
fn our_own_advisories_are_without_fault() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let said = run(Command::new(env!("CARGO_BIN_EXE_caveat"))
        .arg("-C")
        .arg(root)
        .arg("check"))
    .exits(0);
    let count = said
        .err
        .split_whitespace()
        .nth(1)
        .and_then(|word| word.parse::<usize>().ok());
    assert!(count.is_some_and(|count| count >= 25), "{}", said.err);
}
