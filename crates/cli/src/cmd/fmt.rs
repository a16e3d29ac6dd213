//! Owns `caveat fmt`: advisory files in their canonical form.
//! Must never touch a file that it cannot read.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use caveat_advisory::{Advisory, Document, Draft};
use caveat_author::{Fault, tidy};
use caveat_diag::Report;

use super::check::relative;
use crate::args::Args;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::output;
use crate::pen::{self, Sheet};

/// Which files.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Keys come in the order of advisories/README.md, with one spacing. Comments and values stay as they
are written.

Examples:
  caveat fmt
  caveat fmt advisories/drafts
  caveat fmt --check      print the files that would change; exit with 1 if there are any"
)]
pub(crate) struct Fmt {
    /// Files and directories [default: every advisory and draft]
    paths: Vec<PathBuf>,
    /// Write nothing; print the files that would change
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(args: &Args, fmt: &Fmt) -> Result<ExitCode, Failure> {
    let desk = Desk::without_past(args)?;
    let drafts = chosen(args, fmt, &desk)?;
    let (mut report, mut sheets, mut paths) = (Report::default(), Vec::new(), Vec::new());
    for draft in &drafts {
        let Some(text) = tidied(draft, &mut report)? else {
            continue;
        };
        if text.as_bytes() != draft.bytes {
            sheets.push(Sheet {
                path: desk.root.join(&draft.path),
                bytes: text.into_bytes(),
                instead_of: desk.lies(&draft.path),
            });
            paths.push(&draft.path);
        }
    }
    output::report(&report);
    if !fmt.check {
        pen::write(&sheets)?;
    }
    for path in paths {
        output::data(format!("{path}\n").as_bytes())?;
    }
    let verb = if fmt.check { "would change" } else { "changed" };
    output::done(&format!("{verb} {} of {}", sheets.len(), drafts.len()));
    let wrong = report.has_errors() || fmt.check && !sheets.is_empty();
    Ok(ExitCode::from(u8::from(wrong)))
}

/// The files at and below the paths; each path must have some.
fn chosen<'d>(args: &Args, fmt: &Fmt, desk: &'d Desk) -> Result<Vec<&'d Draft>, Failure> {
    let paths = relative(&desk.root, &args.directory, &fmt.paths)?;
    let drafts = &desk.input.advisories;
    let is_below = |draft: &Draft, path: &PathBuf| Path::new(&draft.path).starts_with(path);
    let empty = |path: &&PathBuf| drafts.iter().all(|draft| !is_below(draft, path));
    if let Some(path) = paths.iter().find(empty) {
        return Err(Failure::NotAnAdvisory(path.clone()));
    }
    let wanted =
        |draft: &&Draft| paths.is_empty() || paths.iter().any(|path| is_below(draft, path));
    Ok(drafts.iter().filter(wanted).collect())
}

/// The canonical form; nothing where the file cannot be read, which is reported.
fn tidied(draft: &Draft, report: &mut Report) -> Result<Option<String>, Failure> {
    let mut found = Report::default();
    Document::<Advisory>::read(draft.clone(), &mut found);
    // A key too many or too few is no reason: the rest can be put in order all the same.
    let unreadable = ["syntax", "not-utf8", "file-too-large"];
    if found
        .sorted()
        .iter()
        .any(|found| unreadable.contains(&found.code))
    {
        report.extend(found);
        return Ok(None);
    }
    match tidy(&String::from_utf8_lossy(&draft.bytes)) {
        Ok(tidied) => Ok(Some(tidied)),
        Err(Fault::Syntax(_)) if !found.is_empty() => {
            report.extend(found);
            Ok(None)
        }
        Err(fault) => Err(Failure::Author {
            path: draft.path.clone(),
            fault,
        }),
    }
}
