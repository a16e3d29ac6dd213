//! Owns what people see: findings and sentences to stderr, data to stdout, colour where it is wanted.
//! Must never fail because nobody reads any more.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::ExitCode;

use caveat_check::{RULES, Rule};
use caveat_diag::emit::{RulePage, Tool};
use caveat_diag::{Level, Report, emit};

use crate::args::Format;
use crate::failure::Failure;

/// Prints one sentence about why the tool cannot go on.
pub(crate) fn error(text: &str) {
    say(&format!(
        "\u{1b}[1;31merror\u{1b}[0m\u{1b}[1m:\u{1b}[0m {text}\n"
    ));
}

/// Prints one sentence that people should know.
pub(crate) fn warning(text: &str) {
    say(&format!(
        "\u{1b}[1;33mwarning\u{1b}[0m\u{1b}[1m:\u{1b}[0m {text}\n"
    ));
}

/// Prints one line about what was done.
pub(crate) fn done(text: &str) {
    say(&format!("{text}\n"));
}

/// How much was found, for documents that others may read: what was found may be about what is not published.
pub(crate) fn counts(report: &Report) -> serde_json::Value {
    let [error, warning, note] =
        [Level::Error, Level::Warning, Level::Note].map(|level| report.count(level));
    serde_json::json!({ "error": error, "warning": warning, "note": note })
}

/// Data, for pipes.
///
/// # Errors
/// What was asked for could not be written.
pub(crate) fn data(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    written(out.write_all(bytes).and_then(|()| out.flush()))
}

/// What became of writing to standard output. A reader that has seen enough is no fault.
///
/// # Errors
/// A full disk, and the like.
pub(crate) fn written(result: std::io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(source) if source.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::Write {
            path: "standard output".into(),
            source,
        }),
        _ => Ok(()),
    }
}

/// Prints a report and its count.
pub(crate) fn report(report: &Report) {
    human(report, None);
}

fn human(report: &Report, site: Option<&str>) {
    say(&emit::human_linked(report, site));
    if !report.is_empty() {
        say(&format!("{}\n{}", summary(report), more(report, site)));
    }
}

/// Where to read on, as rustc says it.
fn more(report: &Report, site: Option<&str>) -> String {
    let codes: BTreeSet<&str> = report.sorted().iter().map(|found| found.code).collect();
    let (one, path) = match codes.first() {
        Some(code) if codes.len() == 1 => (*code, format!("{code}/")),
        _ => ("RULE", String::new()),
    };
    let page = site.map(|site| format!(", as does {site}/rules/{path}"));
    format!(
        "`caveat explain {one}` says more{}\n",
        page.unwrap_or_default()
    )
}

/// Prints a report in one form: for people and editors to stderr, for programs to stdout.
/// `prefix` leads from the repository's root to the project's; `site` is where the rules have their pages.
///
/// # Errors
/// What programs read could not be written.
pub(crate) fn report_as(
    report: &Report,
    format: Format,
    prefix: &str,
    site: Option<&str>,
) -> Result<(), Failure> {
    match format {
        Format::Human => {
            human(report, site);
            Ok(())
        }
        Format::Short => {
            say(&emit::short(report));
            Ok(())
        }
        Format::Json => data(emit::json(report).as_bytes()),
        Format::Sarif => data(emit::sarif(report, prefix, &tool(site)).as_bytes()),
        Format::Github => data(emit::github(report, prefix).as_bytes()),
        Format::Gitlab => data(emit::gitlab(report, prefix).as_bytes()),
    }
}

/// Who found it, and by which rules.
fn tool(site: Option<&str>) -> Tool<'static> {
    let page = |rule: &&Rule| RulePage {
        code: rule.code,
        says: rule.sentence(),
        why: rule.why,
        level: rule.level,
        page: site.map(|site| format!("{site}/rules/{}/", rule.code)),
    };
    Tool {
        version: env!("CARGO_PKG_VERSION"),
        rules: RULES.iter().map(page).collect(),
    }
}

/// `2 errors, 1 warning`.
pub(crate) fn summary(report: &Report) -> String {
    let levels = [
        (Level::Error, "error"),
        (Level::Warning, "warning"),
        (Level::Note, "note"),
    ];
    let counts = levels
        .iter()
        .map(|(level, word)| (report.count(*level), word));
    let words = counts
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| plural(count, word));
    words.collect::<Vec<_>>().join(", ")
}

/// `1 file`, `2 files`; `1 advisory`, `2 advisories`; `1 fix`, `2 fixes`.
pub(crate) fn plural(count: usize, word: &str) -> String {
    match (count, word.strip_suffix('y')) {
        (1, _) => format!("1 {word}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) if word.ends_with('x') => format!("{count} {word}es"),
        (_, None) => format!("{count} {word}s"),
    }
}

/// 1 where there are errors, else 0.
pub(crate) fn exit_code(report: &Report) -> ExitCode {
    ExitCode::from(u8::from(report.has_errors()))
}

/// Prints lines as they are; each ends itself. Colour is taken out where nobody would see it, or `NO_COLOR` says so.
pub(crate) fn say(text: &str) {
    drop(anstream::stderr().lock().write_all(text.as_bytes()));
}
