//! Owns `caveat publish-early`: the end of an embargo that was broken, or that is no longer needed.
//! Must never ask for more than a reason: whoever runs this has no time.

use std::process::ExitCode;

use caveat_advisory::{Advisory, Document, Timestamp, stem};
use caveat_diag::Report;

use super::{instant, now};
use crate::args::Args;
use crate::desk::{DRAFTS, Desk, unwritten};
use crate::failure::Failure;

/// Which one, and why.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The embargo ends now, the first revision is of now, and where there is no CVE id yet the file says that
it was asked for. No fix is needed, but readers must be told what to do: `workaround`, or `no-fix`.
Commit the file and build; a draft needs its id first: `caveat assign DRAFT`.

Examples:
  caveat publish-early x_MLSA-2026-0007 -m 'Others found it, and told of it in public.'"
)]
pub(crate) struct PublishEarly {
    /// Id of an embargoed advisory
    id: String,
    /// Why it is published before the agreed time, one line
    #[arg(short, long, value_name = "REASON")]
    message: String,
    /// When readers can first see it, an RFC 3339 time of the last 24 hours [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
}

pub(crate) fn run(args: &Args, early: &PublishEarly) -> Result<ExitCode, Failure> {
    let now = now();
    let at = early.at.as_deref().map_or(Ok(now), instant)?;
    is_recent(at, now)?;
    let desk = Desk::open(args)?;
    not_a_draft(&desk, &early.id)?;
    let draft = desk.advisory(&early.id)?;
    let mut report = Report::default();
    let Some(document) = Document::<Advisory>::read(draft.clone(), &mut report) else {
        return Ok(unwritten(&report));
    };
    let advisory = document.data();
    if !is_embargoed(advisory, at) {
        return Err(Failure::NotEmbargoed(early.id.clone()));
    }
    if leaves_readers_alone(advisory) {
        return Err(Failure::NothingToDo(draft.path.clone()));
    }
    nothing_ahead(&document, now)?;
    let named = advisory
        .aliases
        .iter()
        .any(|alias| alias.starts_with("CVE-"));
    let pending = !named && advisory.cve.is_none();
    let text = document.source().text();
    let text = caveat_author::publish_early(text, at, early.message.trim(), pending);
    let done = format!(
        "the embargo of {} ended at {at}; commit the file, then build",
        early.id
    );
    desk.edit(draft, text, &done)
}

const DAY: i64 = 86_400;

/// Who looked since an earlier time asks only for what changed later.
fn is_recent(at: Timestamp, now: Timestamp) -> Result<(), Failure> {
    let from = Timestamp::from_second(now.as_second() - DAY).unwrap_or(now);
    let recent = from <= at && at <= now;
    recent
        .then_some(())
        .ok_or(Failure::NotNow { at, from, now })
}

/// What was planned for the agreed day did not happen, and only people know when it will.
fn nothing_ahead(document: &Document<Advisory>, now: Timestamp) -> Result<(), Failure> {
    let advisory = document.data();
    let events = advisory.timeline.iter();
    let events = events.map(|(event, at)| (format!("timeline.{}", event.as_str()), *at));
    // The first revision becomes this one.
    let revisions = advisory.revisions.iter().enumerate().skip(1);
    let revisions = revisions.map(|(nth, one)| (format!("revision[{nth}].at"), one.at));
    let withdrawn = advisory.withdrawn.iter();
    let withdrawn = withdrawn.map(|one| ("withdrawn.at".to_owned(), one.at));
    let mut ahead: Vec<(usize, String)> = events
        .chain(revisions)
        .chain(withdrawn)
        .filter(|(_, at)| *at > now)
        .map(|(field, at)| {
            let line = document.source().position(&document.at(&field)).line;
            (line, format!("line {line} says `{field}` is {at}"))
        })
        .collect();
    ahead.sort();
    if ahead.is_empty() {
        return Ok(());
    }
    let entries: Vec<String> = ahead.into_iter().map(|(_, entry)| entry).collect();
    Err(Failure::Ahead {
        path: document.path().to_owned(),
        entries: entries.join(", "),
    })
}

fn not_a_draft(desk: &Desk, id: &str) -> Result<(), Failure> {
    let drafts = desk.input.advisories.iter().map(|draft| &draft.path);
    let mut drafts = drafts.filter(|path| path.starts_with(DRAFTS));
    let named = drafts.find(|path| stem(path) == id || path.as_str() == id);
    named.map_or(Ok(()), |path| Err(Failure::StillADraft(path.clone())))
}

fn is_embargoed(advisory: &Advisory, at: Timestamp) -> bool {
    let first = advisory.revisions.first().map(|first| first.at);
    let embargo = advisory.embargo.as_ref();
    embargo
        .is_some_and(|embargo| first.map_or(embargo.until, |first| first.max(embargo.until)) > at)
}

/// Nothing to upgrade to, nothing else to do, and no word of why.
fn leaves_readers_alone(advisory: &Advisory) -> bool {
    let is_fix = |part: &str| part.trim().starts_with('<') && !part.trim().starts_with("<=");
    let rows = advisory.affected.iter();
    let without = rows.filter(|row| {
        row.no_fix.is_none()
            && !row
                .versions
                .iter()
                .flat_map(|range| range.split(','))
                .any(is_fix)
    });
    advisory.workaround.is_none() && without.count() > 0
}
