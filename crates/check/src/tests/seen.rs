//! Owns what is said of an advisory that readers saw, and that is told anew.
//! Must never need a repository.

use std::sync::Arc;

use caveat_advisory::Input;

use super::past::Remembered;
use super::{ADVISORY, PATH, PROJECT, edited, input, judged};

/// What is said of edits to the good advisory once readers saw it, told by one more revision.
pub(crate) fn said_once_published(edits: &[(&str, &str)], revision: &str) -> String {
    said_once_published_in(PROJECT, edits, revision)
}

/// The same in a project.
pub(crate) fn said_once_published_in(
    project: &str,
    edits: &[(&str, &str)],
    revision: &str,
) -> String {
    let revision = format!("[[revision]]\nat = 2026-11-19T13:00:00Z\n{revision}[embargo]");
    let edit = |text: String, (from, to): &(&str, &str)| edited(&text, from, to);
    let now = edits
        .iter()
        .fold(edited(ADVISORY, "[embargo]", &revision), edit);
    let mut past = Remembered::default();
    past.add(PATH, ADVISORY);
    let input = Input {
        past: Some(Arc::new(past)),
        ..input(project, &[(PATH, &now)])
    };
    judged(input).1
}
