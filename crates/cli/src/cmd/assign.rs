//! Owns `caveat assign`: drafts become advisories of the feed, all of those named or none.
//! Must never give an id that this repository ever used.

use std::path::PathBuf;
use std::process::ExitCode;

use caveat_advisory::{Advisory, Document, Draft, Feed, Timestamp, stem};
use caveat_author::Numbers;
use caveat_diag::Report;
use caveat_load::names_ever;

use super::check::relative;
use super::{as_of, now};
use crate::args::{Args, Time};
use crate::desk::{Change, DRAFTS, Desk, advisory, slashes, unwritten};
use crate::failure::Failure;
use crate::output;

/// Which drafts.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Each draft gets the next free id of the year and, where it has none, its first revision: now, or
the end of its embargo. It moves to advisories/YEAR/ID.toml, and that path is printed. Numbers
follow the highest that was ever committed here. Where two branches assign the same number, git
reports a conflict as soon as they are merged.

Examples:
  caveat assign advisories/drafts/crafted-file.toml
  caveat assign --all"
)]
pub(crate) struct Assign {
    /// Files of advisories/drafts/
    #[arg(value_name = "DRAFT")]
    drafts: Vec<PathBuf>,
    /// Every draft, in the order of their names
    #[arg(long, conflicts_with = "drafts")]
    all: bool,
    #[command(flatten)]
    time: Time,
}

pub(crate) fn run(args: &Args, assign: &Assign) -> Result<ExitCode, Failure> {
    let as_of = as_of(&assign.time, now)?;
    let desk = Desk::open(args)?;
    let project = match desk.project() {
        Ok(project) => project,
        Err(report) => return Ok(unwritten(&report)),
    };
    let drafts = chosen(args, assign, &desk)?;
    if drafts.is_empty() {
        output::done("there are no drafts");
    }
    let mut numbers = numbers(&desk, &project.data().feed, as_of)?;
    let (mut changes, mut report) = (Vec::with_capacity(drafts.len()), Report::default());
    for draft in drafts {
        if let Some((text, _)) = advisory(draft, &mut report) {
            changes.push(change(draft, &text, &numbers.take(), as_of)?);
        }
    }
    if report.is_empty() {
        report = desk.change(&changes, as_of)?;
    }
    if report.has_errors() {
        return Ok(unwritten(&report));
    }
    for change in &changes {
        output::data(format!("{}\n", change.path).as_bytes())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn chosen<'d>(args: &Args, assign: &Assign, desk: &'d Desk) -> Result<Vec<&'d Draft>, Failure> {
    let drafts: Vec<&Draft> = desk
        .input
        .advisories
        .iter()
        .filter(|draft| draft.path.starts_with(DRAFTS))
        .collect();
    if assign.all {
        return Ok(drafts);
    }
    if assign.drafts.is_empty() {
        return Err(Failure::NoDraft);
    }
    let mut chosen: Vec<&Draft> = Vec::new();
    for path in relative(&desk.root, &args.directory, &assign.drafts)? {
        let named = slashes(&path);
        let found = drafts.iter().find(|draft| draft.path == named);
        let found = found.ok_or(Failure::NotADraft(path))?;
        // Whoever names a draft twice means one advisory.
        if chosen.iter().all(|draft| draft.path != found.path) {
            chosen.push(found);
        }
    }
    Ok(chosen)
}

/// What is taken: names and ids of all files here, and every name that git remembers.
fn numbers(desk: &Desk, feed: &Feed, as_of: Timestamp) -> Result<Numbers, Failure> {
    let year = year(as_of);
    let mut numbers = Numbers::new(&feed.id_prefix, year, feed.id_digits);
    for draft in &desk.input.advisories {
        numbers.taken(stem(&draft.path));
        if let Some(id) = read(draft).and_then(|document| document.data().id.clone()) {
            numbers.taken(&id);
        }
    }
    for name in names_ever(&desk.root, &format!("advisories/{year:04}"))? {
        numbers.taken(&name);
    }
    Ok(numbers)
}

fn change(draft: &Draft, text: &str, id: &str, as_of: Timestamp) -> Result<Change, Failure> {
    // Readers see an embargoed advisory for the first time when the embargo ends.
    let embargo = read(draft).and_then(|document| document.data().embargo.clone());
    let at = embargo.map_or(as_of, |embargo| embargo.until.max(as_of));
    let assigned = caveat_author::assign(text, id, at);
    let text = assigned.map_err(|fault| Failure::Author {
        path: draft.path.clone(),
        fault,
    })?;
    Ok(Change {
        path: format!("advisories/{:04}/{id}.toml", year(as_of)),
        text,
        from: draft.path.clone(),
    })
}

fn read(draft: &Draft) -> Option<Document<Advisory>> {
    Document::<Advisory>::read(draft.clone(), &mut Report::default())
}

/// The year in UTC.
fn year(time: Timestamp) -> i16 {
    let text = time.to_string();
    text.split('-')
        .next()
        .and_then(|year| year.parse().ok())
        .unwrap_or(0)
}
