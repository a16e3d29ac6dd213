//! Owns `caveat derive`: the ranges that follow from commits, held against those that are declared.
//! Must never change an advisory unless `--fill` asks for it, or need the network where a clone is named.

use std::process::ExitCode;

use caveat_advisory::{Document, Draft, Lock, Project};
use caveat_author::set_versions;
use caveat_derive::text;

use super::now;
use crate::args::Args;
use crate::desk::{Desk, judged, lock_path, unwritten};
use crate::failure::Failure;
use crate::output;
use crate::pen::{self, Sheet};
use crate::progress::Progress;

mod change;
mod outcome;
mod print;
mod source;
mod target;

use outcome::Outcome;
use source::Sources;
use target::Target;
pub(crate) use target::names;

/// What to derive, and what to do with it.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "For each package with `introduced-by` or `fixed-by`: which tags of its repository contain the flaw and not
the fix, over all branches, with cherry-picks and reverts recognised, and the ranges that follow. Without a
flag it only prints that, and where `versions` differs. The repository is the one that caveat.toml names,
fetched by `git` into a cache, or a clone that is here already.

A lock, advisories/YEAR/ID.lock, keeps the result: `check` and `build` read it and need neither clone nor
network. docs/derive.md says what is computed, and what is not.

Exit codes: 0 declared and derived agree, 1 they do not, or --check found the lock to be old, 2 caveat
could not go on.

Examples:
  caveat derive x_MLSA-2026-0007
  caveat derive x_MLSA-2026-0007 --clone ../torsh --write --fill
  caveat derive --clone torsh=../torsh --clone numrs2=../numrs2 --check"
)]
pub(crate) struct Derive {
    /// Ids of advisories, or files of drafts [default: all that name commits]
    #[arg(value_name = "ID")]
    advisories: Vec<String>,
    /// A clone to read instead of the repository of caveat.toml: a path, a file://, https:// or ssh:// address; `KEY=PLACE` for one package
    #[arg(long = "clone", value_name = "[KEY=]PLACE")]
    clones: Vec<String>,
    /// Take what was fetched before as it is
    #[arg(long)]
    offline: bool,
    #[command(flatten)]
    then: Then,
    /// How to print the result
    #[arg(long, value_enum, default_value_t = Shape::Text)]
    format: Shape,
}

/// What to do with the result; without any of it, it is only printed.
#[derive(Debug, clap::Args)]
struct Then {
    /// Write the lock beside each advisory
    #[arg(long)]
    write: bool,
    /// Put the derived ranges into `versions`, and write the lock
    #[arg(long, conflicts_with = "check")]
    fill: bool,
    /// Only tell whether the locks that are there, or those of the advisories named, are as they would be written now
    #[arg(long, conflicts_with = "write")]
    check: bool,
}

/// How to print a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Shape {
    /// For people
    Text,
    /// One array of objects, one for each package
    Json,
}

pub(crate) fn run(args: &Args, derive: &Derive) -> Result<ExitCode, Failure> {
    let desk = Desk::open(args)?;
    let project = match desk.project() {
        Ok(project) => project,
        Err(report) => return Ok(unwritten(&report)),
    };
    let mut targets = match target::chosen(&desk, project.data(), &derive.advisories)? {
        Ok(targets) => targets,
        Err(report) => return Ok(unwritten(&report)),
    };
    if derive.then.check && derive.advisories.is_empty() {
        // Nobody must have a lock.
        targets.retain(|target| target.lock.is_some());
    } else if targets.is_empty() {
        output::done("no advisory names commits: there is nothing to derive from");
    }
    let (outcomes, failed) = outcomes(args, derive, project.data(), &targets);
    match derive.format {
        Shape::Text => output::data(print::text(&outcomes).as_bytes())?,
        Shape::Json => output::data(print::json(&outcomes).as_bytes())?,
    }
    if failed {
        output::error("not all could be derived; nothing was written");
        return Ok(ExitCode::from(2));
    }
    if derive.then.check {
        return Ok(checked(&desk, &outcomes));
    }
    if derive.then.write || derive.then.fill {
        write(desk, &outcomes, derive.then.fill)?;
    }
    let differs =
        |outcome: &Outcome<'_>| !(derive.then.fill && outcome.fills()) && outcome.differs();
    Ok(ExitCode::from(u8::from(outcomes.iter().any(differs))))
}

/// What became of each package; whether one of them could not be derived.
fn outcomes<'t>(
    args: &Args,
    derive: &Derive,
    project: &Project,
    targets: &'t [Target<'t>],
) -> (Vec<Outcome<'t>>, bool) {
    let progress = Progress::start("reading history");
    let mut sources = Sources::new(&args.directory, &derive.clones, derive.offline);
    let (mut outcomes, mut failed) = (Vec::new(), false);
    for target in targets {
        let found = sources
            .history(target, project, &progress)
            .and_then(|history| Outcome::new(target, history));
        match found {
            Ok(outcome) => outcomes.push(outcome),
            Err(failure) => {
                output::error(&format!("{}: {failure}", target.path));
                failed = true;
            }
        }
    }
    (outcomes, failed)
}

/// The outcomes of each file, in their order.
fn files<'o, 't>(outcomes: &'o [Outcome<'t>]) -> impl Iterator<Item = &'o [Outcome<'t>]> {
    outcomes.chunk_by(|a, b| a.target.path == b.target.path)
}

fn lock(outcomes: &[Outcome<'_>]) -> String {
    let packages: Vec<_> = outcomes
        .iter()
        .map(|outcome| outcome.locked.clone())
        .collect();
    text(&packages)
}

fn checked(desk: &Desk, outcomes: &[Outcome<'_>]) -> ExitCode {
    let mut old = false;
    for file in files(outcomes) {
        let path = lock_path(&file[0].target.path);
        let is = desk.input.locks.iter().find(|draft| draft.path == path);
        if is.is_some_and(|draft| draft.bytes == lock(file).as_bytes()) {
            continue;
        }
        old = true;
        output::error(&format!("{path} {}", change::said(is, file)));
    }
    if !old {
        output::done("every lock is as it would be written now");
    }
    ExitCode::from(u8::from(old))
}

/// Writes locks, and ranges where they are asked for; then says what `check` says of them.
fn write(mut desk: Desk, outcomes: &[Outcome<'_>], fill: bool) -> Result<(), Failure> {
    let mut sheets = Vec::new();
    for file in files(outcomes) {
        let path = &file[0].target.path;
        let place = lock_path(path);
        put(&mut sheets, &desk, &place, lock(file));
        let rows = file.iter().filter(|outcome| fill && outcome.fills());
        let rows: Vec<(usize, Vec<String>)> = rows
            .map(|outcome| (outcome.target.row, outcome.ranges()))
            .collect();
        if !rows.is_empty() {
            let filled = set_versions(&file[0].target.text, &rows);
            let filled = filled.map_err(|fault| Failure::Author {
                path: path.clone(),
                fault,
            })?;
            put(&mut sheets, &desk, path, filled);
        }
    }
    pen::write(&sheets)?;
    for sheet in &sheets {
        output::done(&format!("wrote {}", shown(&desk, sheet)));
        take(&mut desk, sheet);
    }
    let paths: Vec<String> = files(outcomes)
        .flat_map(|file| [file[0].target.path.clone(), lock_path(&file[0].target.path)])
        .collect();
    output::report(&judged(desk.input, now(), |path| {
        paths.iter().any(|one| one == path)
    }));
    Ok(())
}

fn put(sheets: &mut Vec<Sheet>, desk: &Desk, path: &str, text: String) {
    sheets.push(Sheet {
        instead_of: desk.lies(path),
        path: desk.root.join(path),
        bytes: text.into_bytes(),
    });
}

fn shown(desk: &Desk, sheet: &Sheet) -> String {
    let path = sheet.path.strip_prefix(&desk.root);
    crate::desk::slashes(path.unwrap_or(&sheet.path))
}

/// What was written is what is judged.
fn take(desk: &mut Desk, sheet: &Sheet) {
    let path = shown(desk, sheet);
    let bytes = sheet.bytes.clone();
    let drafts = match path.strip_suffix(".lock") {
        Some(_) => &mut desk.input.locks,
        None => &mut desk.input.advisories,
    };
    drafts.retain(|draft| draft.path != path);
    drafts.push(Draft { path, bytes });
    desk.input.sort();
}

/// A lock as it lies there, if it can be read.
fn read(draft: &Draft) -> Option<Document<Lock>> {
    Document::<Lock>::read(draft.clone(), &mut caveat_diag::Report::default())
}
