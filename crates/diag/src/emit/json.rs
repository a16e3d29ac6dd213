//! Owns Caveat's own JSON form of a report, the whole of it.
//! Must never change what a key means: a new meaning is a new key, or a new `version`.
//!
//! ```json
//! {
//!   "version": 1,
//!   "counts": { "error": 1, "warning": 0, "note": 0 },
//!   "findings": [{
//!     "code": "title-stop", "level": "warning", "message": "...", "fingerprint": "32 digits",
//!     "labels": [{ "path": "...", "start": POSITION, "end": POSITION, "text": "..." }],
//!     "notes": ["..."], "help": ["..."],
//!     "fixes": [{ "title": "...", "path": "...", "start": POSITION, "end": POSITION, "replacement": "..." }]
//!   }]
//! }
//! ```
//!
//! A POSITION is `{ "line": 1, "column": 1, "byte": 0 }`: lines and columns (in characters) from 1, bytes from 0; an
//! `end` lies just behind. The first label is the place of the finding. Paths are relative to the project's root.

use serde::Serialize;

use super::document;
use crate::fingerprint::{Known, known};
use crate::{Fix, Level, Report, Source, Span};

#[derive(Serialize)]
struct Whole<'a> {
    version: u32,
    counts: Counts,
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Counts {
    error: usize,
    warning: usize,
    note: usize,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    level: &'static str,
    message: &'a str,
    fingerprint: String,
    labels: Vec<Label<'a>>,
    notes: &'a [String],
    help: &'a [String],
    fixes: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Label<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    text: &'a str,
}

#[derive(Serialize)]
struct Edit<'a> {
    title: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    replacement: &'a str,
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: usize,
    column: usize,
    byte: usize,
}

/// The report as one JSON document.
pub fn json(report: &Report) -> String {
    document(&Whole {
        version: 1,
        counts: Counts {
            error: report.count(Level::Error),
            warning: report.count(Level::Warning),
            note: report.count(Level::Note),
        },
        findings: known(report.sorted()).into_iter().map(finding).collect(),
    })
}

fn finding((found, fingerprint): Known<'_>) -> Finding<'_> {
    Finding {
        code: found.code,
        level: found.level.word(),
        message: &found.message,
        fingerprint,
        labels: found.labels.iter().map(label).collect(),
        notes: &found.notes,
        help: &found.help,
        fixes: found.fixes.iter().map(edit).collect(),
    }
}

fn label(label: &crate::Label) -> Label<'_> {
    Label {
        place: place(&label.source, &label.span),
        text: &label.text,
    }
}

fn edit(fix: &Fix) -> Edit<'_> {
    Edit {
        title: &fix.title,
        place: place(&fix.source, &fix.span),
        replacement: &fix.replacement,
    }
}

fn place<'a>(source: &'a Source, span: &Span) -> Place<'a> {
    let point = |at: crate::Position, byte| Point {
        line: at.line,
        column: at.column,
        byte,
    };
    Place {
        path: source.path(),
        start: point(source.position(span), span.start()),
        end: point(source.end_position(span), span.end()),
    }
}
