//! Owns GitLab's Code Quality report: a JSON list that a merge request compares with the one of its target.
//! Must never give two findings one fingerprint: GitLab shows only the first of them.

use serde::Serialize;

use super::document;
use crate::fingerprint::known;
use crate::{Level, Report};

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// The report as a list. `prefix` leads from the repository's root to the project's: empty, or ending in `/`.
pub fn gitlab(report: &Report, prefix: &str) -> String {
    let all = known(report.sorted()).into_iter();
    let issues: Vec<Issue<'_>> = all
        .map(|(found, fingerprint)| {
            let at = found.primary();
            Issue {
                description: &found.message,
                check_name: found.code,
                fingerprint,
                severity: severity(found.level),
                location: Location {
                    path: format!("{prefix}{}", at.source.path()),
                    lines: Lines {
                        begin: at.source.position(&at.span).line,
                        end: at.source.end_position(&at.span).line,
                    },
                },
            }
        })
        .collect();
    document(&issues)
}

fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "major",
        Level::Warning => "minor",
        Level::Note => "info",
    }
}
