//! Owns `caveat revise`: a revision that tells readers of a change.
//! Must never change what earlier revisions say.

use std::process::ExitCode;

use caveat_diag::Report;

use super::{instant, now};
use crate::args::Args;
use crate::desk::{Desk, text, unwritten};
use crate::failure::Failure;

/// What changed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  caveat revise x_MLSA-2026-0001 -m 'The 1.x branch is affected too.'
  caveat revise x_MLSA-2026-0001 -m 'Name the fix.' --at 2026-11-20T14:00:00Z")]
pub(crate) struct Revise {
    /// Id of a published advisory
    id: String,
    /// What changed and why, one line
    #[arg(short, long, value_name = "NOTE")]
    message: String,
    /// When readers could first see it, an RFC 3339 time [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
}

pub(crate) fn run(args: &Args, revise: &Revise) -> Result<ExitCode, Failure> {
    let at = revise.at.as_deref().map_or_else(|| Ok(now()), instant)?;
    let desk = Desk::open(args)?;
    let draft = desk.advisory(&revise.id)?;
    let mut report = Report::default();
    let Some(text) = text(draft, &mut report) else {
        return Ok(unwritten(&report));
    };
    let revised = caveat_author::revise(&text, at, revise.message.trim());
    desk.edit(
        draft,
        revised,
        &format!("{} was revised at {at}", revise.id),
    )
}
