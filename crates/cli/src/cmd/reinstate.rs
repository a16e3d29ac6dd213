//! Owns `caveat reinstate`: a withdrawn advisory stands again, and readers are told why.
//! Must never hide that it was withdrawn: the revisions say both.

use std::process::ExitCode;

use caveat_advisory::Revision;

use super::{instant, now};
use crate::args::Args;
use crate::failure::Failure;
use crate::opened::Opened;

/// Which one, and why.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  caveat reinstate x_MLSA-2026-0007 -m 'The function can be reached by a crafted header.'")]
pub(crate) struct Reinstate {
    /// Id of a withdrawn advisory
    id: String,
    /// Why it stands again, one sentence for readers
    #[arg(short, long, value_name = "REASON")]
    message: String,
    /// Since when, an RFC 3339 time [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
}

pub(crate) fn run(args: &Args, reinstate: &Reinstate) -> Result<ExitCode, Failure> {
    let at = reinstate.at.as_deref().map_or_else(|| Ok(now()), instant)?;
    let one = match Opened::new(args, &reinstate.id)? {
        Ok(one) => one,
        Err(code) => return Ok(code),
    };
    let reason = reinstate.message.trim();
    let revision = Revision {
        reinstates: Some(reason.to_owned()),
        ..Revision::new(at, format!("Stands again: {reason}"))
    };
    let again = caveat_author::reinstate(&one.text, &revision);
    one.tell(again, &format!("{} stands again since {at}", reinstate.id))
}
