//! Owns `caveat revise`: a revision that tells readers of a change, and of what it was.
//! Must never change what revisions say that readers saw.

use std::process::ExitCode;

use caveat_advisory::Revision;

use super::{instant, now};
use crate::args::Args;
use crate::failure::Failure;
use crate::opened::Opened;
use crate::output;
use crate::told::Witness;

/// What changed.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Edit the file first. Git shows what readers saw before: the revision lists every field that differs.

Examples:
  caveat revise x_MLSA-2026-0001 -m 'The 1.x branch is affected too.'
  caveat revise x_MLSA-2026-0001 -m 'Rated lower.' --narrows 'The function needs a login.'
  caveat revise x_MLSA-2026-0001 -m 'Mend the wording.' --editorial
  caveat revise x_MLSA-2026-0001 --amend
  caveat revise --regenerated --against public -m 'Records name commits now.'"
)]
pub(crate) struct Revise {
    /// Id of a published advisory
    #[arg(required_unless_present = "regenerated")]
    id: Option<String>,
    #[command(flatten)]
    regenerated: super::regenerate::Regenerated,
    /// What changed and why, one line
    #[arg(short, long, value_name = "NOTE", required_unless_present = "amend")]
    message: Option<String>,
    /// When readers could first see it, an RFC 3339 time [default: now]
    #[arg(long, value_name = "TIME", conflicts_with = "amend")]
    at: Option<String>,
    /// Nobody need act: no mail, and readers of feeds are not woken
    #[arg(long, conflicts_with = "amend")]
    editorial: bool,
    /// Why fewer people are told to act than before
    #[arg(long, value_name = "REASON", conflicts_with = "amend")]
    narrows: Option<String>,
    /// Why a version that was called fixed is not
    #[arg(long, value_name = "REASON", conflicts_with = "amend")]
    fix_reverted: Option<String>,
    /// List anew what the last revision changed; only while readers have not seen it
    #[arg(long)]
    amend: bool,
}

pub(crate) fn run(args: &Args, revise: &Revise) -> Result<ExitCode, Failure> {
    if let Some(against) = revise.regenerated.against() {
        let at = revise.at.as_deref().map_or_else(|| Ok(now()), instant)?;
        let note = revise.message.as_deref().unwrap_or_default().trim();
        return super::regenerate::run(args, against, note, at);
    }
    let id = revise.id.as_deref().unwrap_or_default();
    let one = match Opened::new(args, id)? {
        Ok(one) => one,
        Err(code) => return Ok(code),
    };
    if revise.amend {
        return amend(&one, revise);
    }
    let at = revise.at.as_deref().map_or_else(|| Ok(now()), instant)?;
    let trimmed = |text: &Option<String>| text.as_deref().map(|text| text.trim().to_owned());
    let revision = Revision {
        editorial: revise.editorial,
        narrows: trimmed(&revise.narrows),
        fix_reverted: trimmed(&revise.fix_reverted),
        ..Revision::new(at, trimmed(&revise.message).unwrap_or_default())
    };
    let revised = caveat_author::revise(&one.text, &revision);
    one.tell(revised, &format!("{id} was revised at {at}"))
}

/// Lists the changes of the last revision anew.
fn amend(one: &Opened, revise: &Revise) -> Result<ExitCode, Failure> {
    let Opened {
        desk,
        draft,
        text,
        state,
    } = one;
    let id_of = || revise.id.clone().unwrap_or_default();
    let [.., _, last] = &state.revisions[..] else {
        return Err(Failure::FirstRevision(id_of()));
    };
    let witness = Witness::of(desk, draft);
    if witness.is_public(state, last.at)? {
        return Err(Failure::SeenRevision(id_of(), last.at));
    }
    let Some(changed) = witness.to_list(state)? else {
        return Err(Failure::UnknownPast(draft.path.clone()));
    };
    let note = revise.message.as_deref().map(str::trim);
    let amended = caveat_author::amend(text, &changed, note);
    let fields = output::plural(changed.len(), "changed field");
    let done = format!("the revision of {} lists {fields} now", last.at);
    desk.edit(draft, amended, &done)
}
