//! Owns `caveat notes`: what a release fixes, printed in one form, or written into a changelog and compared with it.
//! Must never write what readers may not know yet, or where people have written.

mod question;
mod target;

use std::path::PathBuf;
use std::process::ExitCode;

use caveat_advisory::Date;
use caveat_check::{Book, check};
use caveat_diag::Report;
use caveat_load::{root_above, work_tree};
use caveat_notes::{Form, releases, text};
use clap::ValueEnum;

use super::{as_of, now, warn_of_embargoed};
use crate::args::{Args, Time};
use crate::failure::Failure;
use crate::output;
use crate::street::too_early;
use question::Question;

/// Of what, and where to.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "With --into, the notes go below the heading of their version, such as `## [1.2.3] - 2026-11-20`, between the
lines `<!-- caveat notes PACKAGE VERSION sha256:… -->` and `<!-- /caveat notes -->`; every other byte of the file stays as it
is. Where a section `Security` is there already they end it, else they bring their own. Where no heading names the version,
--date has one written, above the first older version. What somebody changed between the markers is not replaced: take
both markers out to keep it, or say --force. Without a version, the notes of every version that the changelog has are
written, and those of versions that fix nothing any more are taken out.

--check writes nothing. Without a version it also looks for advisories that are fixed in a version of the changelog and
not named there, by id or alias, and for ids that are named below another version or not published.

Towncrier gets a file for each advisory, so there --into names a directory; `security` must be one of its types.

Drafts and embargoed advisories are never told.

Exit codes: 0 fine, 1 the file is not what it should be, 2 caveat could not go on.

Examples:
  caveat notes torch 2.0.1
  caveat notes torch 2.0.1 --as github | gh release edit v2.0.1 --notes-file -
  caveat notes torch 2.0.1 --into CHANGELOG.md
  caveat notes torch 2.0.1 --into CHANGELOG.md --date 2026-11-20
  caveat notes torch --into CHANGELOG.md            every version that the changelog has
  caveat notes torch --into CHANGELOG.md --check    for CI
  caveat notes torch 2.0.1 --as towncrier --into changelog.d"
)]
pub(crate) struct Notes {
    /// Key of a package in caveat.toml, or `ECOSYSTEM/NAME`
    package: String,
    /// The version that fixes something
    version: Option<String>,
    /// Which form
    #[arg(long = "as", value_name = "FORM", value_enum, default_value_t = As::Markdown)]
    form: As,
    /// Write into this changelog instead of printing
    #[arg(long, value_name = "FILE")]
    into: Option<PathBuf>,
    /// Write nothing; say where the file is not what it should be, and exit with 1 if it is not
    #[arg(long, requires = "into")]
    check: bool,
    /// Also replace what somebody changed between the markers
    #[arg(long, requires = "into", conflicts_with = "check")]
    force: bool,
    /// The day on which the version came out: where no heading names it, one is written
    #[arg(
        long,
        value_name = "YYYY-MM-DD",
        requires = "into",
        requires = "version",
        conflicts_with = "check"
    )]
    date: Option<Date>,
    #[command(flatten)]
    time: Time,
}

/// The forms of notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum As {
    /// A section as Keep a Changelog has it
    Markdown,
    /// The body of a release on GitHub
    Github,
    /// Plain text
    Text,
    /// Fragments for towncrier
    Towncrier,
    /// Lines of debian/changelog
    Debian,
    /// Lines of %changelog in a spec file
    Rpm,
}

impl As {
    fn form(self) -> Form {
        match self {
            Self::Markdown => Form::Markdown,
            Self::Github => Form::GitHub,
            Self::Text => Form::Text,
            Self::Towncrier => Form::Towncrier,
            Self::Debian => Form::Debian,
            Self::Rpm => Form::Rpm,
        }
    }
}

pub(crate) fn run(args: &Args, notes: &Notes) -> Result<ExitCode, Failure> {
    let as_of = as_of(&notes.time, now)?;
    let input = work_tree(&root_above(&args.directory)?)?;
    let mut report = Report::default();
    let Some(book) = check(input, as_of, &mut report) else {
        output::report(&report);
        return Ok(output::exit_code(&report));
    };
    let releases = releases(&book);
    let question = Question::new(&book, &releases, &notes.package)?;
    match (&notes.into, &notes.version) {
        (Some(into), version) => {
            keep(&book)?;
            let target = target::Target {
                book: &book,
                question: &question,
                version: version.as_deref(),
                notes,
                path: &args.directory.join(into),
                name: into.display().to_string(),
            };
            target.run()
        }
        (None, Some(version)) => {
            warn_of_embargoed(&book);
            let release = question.release(version)?;
            output::data(text(&book, release, notes.form.form()).as_bytes())?;
            Ok(ExitCode::SUCCESS)
        }
        (None, None) => Err(question.open()),
    }
}

/// A changelog is for everybody: --as-of shows what will be, and writes none of it.
fn keep(book: &Book) -> Result<(), Failure> {
    match too_early(book) {
        Some((id, until)) => Err(Failure::AheadOfClock { id, until }),
        None => Ok(()),
    }
}
