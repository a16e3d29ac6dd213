//! Owns `caveat withdraw`: the end of an advisory that should not have been, and the revision that says so.
//! Must never remove anything: a withdrawn advisory stays, so that its id does.

use std::process::ExitCode;

use caveat_advisory::{Withdrawal, WithdrawalReason};
use clap::builder::PossibleValuesParser;

use super::{instant, now};
use crate::args::Args;
use crate::failure::Failure;
use crate::opened::Opened;

/// Which one, and why.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  caveat withdraw x_MLSA-2026-0007 --reason duplicate --replaced-by x_MLSA-2026-0003
  caveat withdraw x_MLSA-2026-0007 --reason not-a-vulnerability -m 'The function is never reached.'")]
pub(crate) struct Withdraw {
    /// Id of a published advisory
    id: String,
    /// Why it should not have been
    #[arg(long, value_parser = PossibleValuesParser::new(WithdrawalReason::WORDS))]
    reason: String,
    /// An advisory of this feed to read instead; several where it was split
    #[arg(long, value_name = "ID")]
    replaced_by: Vec<String>,
    /// One sentence for readers
    #[arg(short, long, value_name = "NOTE")]
    message: Option<String>,
    /// Since when, an RFC 3339 time [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
}

pub(crate) fn run(args: &Args, withdraw: &Withdraw) -> Result<ExitCode, Failure> {
    let at = withdraw.at.as_deref().map_or_else(|| Ok(now()), instant)?;
    let one = match Opened::new(args, &withdraw.id)? {
        Ok(one) => one,
        Err(code) => return Ok(code),
    };
    let withdrawal = Withdrawal {
        at,
        reason: reason(&withdraw.reason)?,
        replaced_by: withdraw.replaced_by.clone(),
        note: withdraw
            .message
            .as_deref()
            .map(|note| note.trim().to_owned()),
    };
    let withdrawn = caveat_author::withdraw(&one.text, &withdrawal);
    one.tell(withdrawn, &format!("{} was withdrawn at {at}", withdraw.id))
}

fn reason(word: &str) -> Result<WithdrawalReason, Failure> {
    let mut reasons = WithdrawalReason::ALL.iter();
    let found = reasons.find(|reason| reason.as_str() == word);
    found.copied().ok_or_else(|| Failure::UnknownWord {
        what: "reason",
        word: word.to_owned(),
        hint: format!("; one of: {}", WithdrawalReason::WORDS.join(", ")),
    })
}
