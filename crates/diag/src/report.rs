//! Owns all that was found in one run, in an order that never depends on threads or on the file system.
//! Must never drop a finding by itself, or merge two.

use std::collections::BTreeSet;

use crate::{Diagnostic, Level};

/// Everything that was found. Order: path, place, code, message.
#[derive(Debug, Default)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Adds one finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Adds all findings of another report.
    pub fn extend(&mut self, other: Self) {
        self.diagnostics.extend(other.diagnostics);
    }

    /// Keeps what is reported at a path of interest.
    pub fn retain(&mut self, of_interest: impl Fn(&str) -> bool) {
        self.diagnostics
            .retain(|found| of_interest(found.primary().source.path()));
    }

    /// Drops what starts on a line of a file at which the other report has a finding.
    pub fn drop_lines_of(&mut self, other: &Self) {
        let line = |found: &Diagnostic| {
            let at = found.primary();
            (
                at.source.path().to_owned(),
                at.source.position(&at.span).line,
            )
        };
        let taken: BTreeSet<_> = other.diagnostics.iter().map(line).collect();
        if !taken.is_empty() {
            self.diagnostics
                .retain(|found| !taken.contains(&line(found)));
        }
    }

    /// Keeps what has a label at a path of interest, the place it is reported at or another.
    pub fn retain_touching(&mut self, of_interest: impl Fn(&str) -> bool) {
        let touches =
            |found: &Diagnostic| found.labels.iter().any(|at| of_interest(at.source.path()));
        self.diagnostics.retain(touches);
    }

    /// All findings in reading order.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut all: Vec<_> = self.diagnostics.iter().collect();
        all.sort_by_key(|found| {
            let at = found.primary();
            (
                at.source.path(),
                at.span.start(),
                found.code,
                found.message.as_str(),
            )
        });
        all
    }

    /// How many findings there are at this level.
    pub fn count(&self, level: Level) -> usize {
        self.diagnostics
            .iter()
            .filter(|found| found.level == level)
            .count()
    }

    /// Is anything here that must stop a build?
    pub fn has_errors(&self) -> bool {
        self.count(Level::Error) > 0
    }

    /// How many findings there are.
    pub fn len(&self) -> usize {
        self.diagnostics.len()
    }

    /// Was nothing found?
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }
}
