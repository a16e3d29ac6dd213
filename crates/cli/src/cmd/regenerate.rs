//! Owns `caveat revise --regenerated`: editorial revisions of the records that only caveat or caveat.toml writes otherwise.
//! Must never revise a record that people changed, as git and the record itself tell: its author does that.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;

use caveat_advisory::{Revision, Timestamp};
use caveat_check::check;
use caveat_convert::{Records, convert};
use caveat_diag::Report;
use caveat_gate::Record;
use caveat_publish::Out;

use super::now;
use crate::args::Args;
use crate::desk::{Change, Desk, advisory, unwritten};
use crate::failure::Failure;
use crate::gatehouse::{issued, out_or_copy};
use crate::output;

mod unchanged;

use unchanged::{Doubt, Unchanged};

/// Every record that is written otherwise, instead of one advisory.
#[derive(Debug, clap::Args)]
pub(crate) struct Regenerated {
    /// Every record that is out and only written otherwise now, by another version of caveat or caveat.toml
    #[arg(long, conflicts_with_all = ["id", "amend", "editorial", "narrows"], requires = "against")]
    regenerated: bool,
    /// What is out: a published directory, or a copy of it
    #[arg(long, value_name = "DIR", requires = "regenerated")]
    against: Option<PathBuf>,
}

impl Regenerated {
    /// The directory to compare with, where this is asked for.
    pub(crate) fn against(&self) -> Option<&PathBuf> {
        self.against.as_ref().filter(|_| self.regenerated)
    }
}

pub(crate) fn run(
    args: &Args,
    against: &PathBuf,
    note: &str,
    at: Timestamp,
) -> Result<ExitCode, Failure> {
    let desk = Desk::open(args)?;
    let mut report = Report::default();
    let Some(book) = check(desk.input.clone(), now(), &mut report) else {
        return Ok(unwritten(&report));
    };
    let records = convert(&book).map_err(Box::new)?;
    let feed = book.project().feed.principal();
    let mut out = out_or_copy(&args.directory.join(against), feed, &desk.input.keys)?;
    let (same, others) = rewritten(&records, &mut out)?;
    let doubts = doubts(&desk, &out, &same, others)?;
    for (id, doubt) in &doubts {
        output::error(&format!("{id} {doubt}: revise it by itself"));
    }
    if !doubts.is_empty() {
        output::done("nothing was written");
        return Ok(ExitCode::from(1));
    }
    let changes = changes(&desk, &same, at, note)?;
    let report = desk.change(&changes, now())?;
    if report.has_errors() {
        return Ok(unwritten(&report));
    }
    output::done(&match same.len() {
        0 => "no record is written otherwise than it is out".to_owned(),
        count => format!(
            "{} revised at {at}, editorially: {}",
            output::plural(count, "advisory"),
            same.join(", ")
        ),
    });
    Ok(ExitCode::SUCCESS)
}

/// What speaks against each: its record, or git.
fn doubts(
    desk: &Desk,
    out: &Out,
    same: &[String],
    others: Vec<String>,
) -> Result<Vec<(String, Doubt)>, Failure> {
    let others = others.into_iter().map(|id| (id, Doubt::Tells));
    let mut all: Vec<(String, Doubt)> = others.collect();
    let unchanged = Unchanged::since(desk, issued(out)?);
    for id in same {
        let doubt = unchanged.doubt(desk, id)?;
        all.extend(doubt.map(|doubt| (id.clone(), doubt)));
    }
    Ok(all)
}

/// The files with their new revisions.
fn changes(desk: &Desk, ids: &[String], at: Timestamp, note: &str) -> Result<Vec<Change>, Failure> {
    let revision = Revision {
        editorial: true,
        ..Revision::new(at, note)
    };
    let mut changes = Vec::with_capacity(ids.len());
    for id in ids {
        let draft = desk.advisory(id)?;
        // `check` has read it: it can be read.
        let (text, _) = advisory(draft, &mut Report::default()).ok_or(Failure::Faulty)?;
        let revised = caveat_author::revise(&text, &revision);
        let text = revised.map_err(|fault| Failure::Author {
            path: draft.path.clone(),
            fault,
        })?;
        let (path, from) = (draft.path.clone(), draft.path.clone());
        changes.push(Change { path, text, from });
    }
    Ok(changes)
}

/// Records whose bytes differ at the same `modified`: those that say the same, and those that do not.
fn rewritten(records: &Records, out: &mut Out) -> Result<(Vec<String>, Vec<String>), Failure> {
    let (mut same, mut others) = (Vec::new(), Vec::new());
    let ids = caveat_gate::ids(out.manifest()).into_keys();
    let ids: BTreeSet<String> = ids.map(str::to_owned).collect();
    let there = |record: &&caveat_convert::Record| ids.contains(record.id());
    for record in records.all().iter().filter(there) {
        let id = record.id();
        let bytes = out.record(id)?;
        if bytes == record.bytes() {
            continue;
        }
        let (old, new) = (Record::read(id, &bytes)?, Record::read(id, record.bytes())?);
        if old.modified != new.modified {
            continue;
        }
        let list = if old.says_the_same(&new) {
            &mut same
        } else {
            &mut others
        };
        list.push(id.to_owned());
    }
    Ok((same, others))
}
