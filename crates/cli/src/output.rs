//! Owns what people see: findings and sentences to stderr, data to stdout, colour where it is wanted.
//! Must never fail because nobody reads any more.

use std::io::Write as _;
use std::process::ExitCode;

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

/// Data, for pipes.
///
/// # Errors
/// What was asked for could not be written: a full disk. A reader that has seen enough is no fault.
pub(crate) fn data(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(source) if source.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::Write {
            path: "standard output".into(),
            source,
        }),
        _ => Ok(()),
    }
}

/// Prints a report and its count.
pub(crate) fn report(report: &Report, format: Format) {
    say(&match format {
        Format::Human => emit::human(report, true),
        Format::Short => emit::short(report),
    });
    if !report.is_empty() && matches!(format, Format::Human) {
        say(&format!("{}\n", summary(report)));
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

/// `1 file`, `2 files`; `1 advisory`, `2 advisories`.
pub(crate) fn plural(count: usize, word: &str) -> String {
    match (count, word.strip_suffix('y')) {
        (1, _) => format!("1 {word}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {word}s"),
    }
}

/// 1 where there are errors, else 0.
pub(crate) fn exit_code(report: &Report) -> ExitCode {
    ExitCode::from(u8::from(report.has_errors()))
}

/// Colour is taken out where nobody would see it, or `NO_COLOR` says so.
fn say(text: &str) {
    drop(anstream::stderr().lock().write_all(text.as_bytes()));
}
