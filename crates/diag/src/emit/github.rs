//! Owns GitHub's workflow commands: one line for each finding, which becomes a remark at its line in a pull request.
//! Must never let text of a file start a command of its own.

use std::fmt::Write as _;

use super::whole_text;
use crate::{Level, Report};

/// One command for each finding. `prefix` leads from the repository's root to the project's: empty, or ending in `/`.
pub fn github(report: &Report, prefix: &str) -> String {
    let mut out = String::new();
    for found in report.sorted() {
        let at = found.primary();
        let (start, end) = (
            at.source.position(&at.span),
            at.source.end_position(&at.span),
        );
        let command = match found.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "notice",
        };
        let file = property(&format!("{prefix}{}", at.source.path()));
        let _ = write!(out, "::{command} file={file},line={}", start.line);
        // GitHub refuses columns that are not all of one line.
        let _ = if start.line == end.line {
            write!(out, ",col={},endColumn={}", start.column, end.column)
        } else {
            write!(out, ",endLine={}", end.line)
        };
        let (title, text) = (property(found.code), data(&whole_text(found)));
        let _ = writeln!(out, ",title={title}::{text}");
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
