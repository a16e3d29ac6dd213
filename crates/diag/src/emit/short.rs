//! Owns the one-line form that editors jump by: `path:line:column: level[code]: message`.
//! Must never span lines.

use std::fmt::Write as _;

use crate::Report;

/// One line for each finding.
pub fn short(report: &Report) -> String {
    let mut out = String::new();
    for found in report.sorted() {
        let at = found.primary();
        let place = at.source.position(&at.span);
        let message = found.message.replace('\n', " ");
        let path = at.source.path();
        let (line, column) = (place.line, place.column);
        let _ = writeln!(
            out,
            "{path}:{line}:{column}: {}[{}]: {message}",
            found.level.word(),
            found.code
        );
    }
    out
}
