//! Owns the story of this repository's own advisories: they are the first that must be right.
//! Must never be true for an empty set.

use std::path::Path;
use std::process::Command;

use crate::repository::{Outcome, run};

/// The program in the root of this repository.
fn caveat(arguments: &[&str]) -> Outcome {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut command = Command::new(env!("CARGO_BIN_EXE_caveat"));
    run(command.arg("-C").arg(root).args(arguments))
}

#[test]
fn our_own_advisories_are_in_their_canonical_form() {
    let said = caveat(&["fmt", "--check"]).exits(0);
    assert_eq!(said.out, "");
}

#[test]
fn our_own_advisories_are_without_fault() {
    let said = caveat(&["check", "--format", "short"]).exits(0);
    // A note may stay: a fix that nobody found is no fault.
    let fault = said.err.lines().find(|line| !line.contains(": note["));
    assert_eq!(fault.filter(|line| !line.starts_with("checked ")), None);
}

#[test]
fn there_are_advisories_of_our_own() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../advisories/2026");
    assert!(std::fs::read_dir(folder).unwrap().count() >= 25);
}
