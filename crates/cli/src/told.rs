//! Owns what a revision lists as changed: the state that readers saw, from git, against the one that they will see.
//! Must never guess a state that git does not have.

use caveat_advisory::{Advisory, Draft, Timestamp, stem};
use caveat_author::{Fault, amend};
use caveat_diag::Report;

use crate::cmd::now;
use crate::desk::{Desk, advisory};
use crate::failure::Failure;
use crate::output;

/// The published state that first had this revision as its last one.
pub(crate) fn base(
    desk: &Desk,
    draft: &Draft,
    revision: Timestamp,
    as_of: Timestamp,
) -> Option<Advisory> {
    let past = desk.input.past.as_deref()?;
    caveat_check::base(past, stem(&draft.path), revision, as_of)
}

/// A text that ends in a new revision, with all that it changes since the last one that readers saw. `before` is the
/// file as it lies there.
pub(crate) fn with_changes(
    desk: &Desk,
    draft: &Draft,
    before: &Advisory,
    text: Result<String, Fault>,
) -> Result<String, Failure> {
    let path = draft.path.clone();
    let fail = |fault| Failure::Author {
        path: path.clone(),
        fault,
    };
    let text = text.map_err(fail)?;
    let after = Draft {
        path: path.clone(),
        bytes: text.clone().into_bytes(),
    };
    let Some((_, after)) = advisory(&after, &mut Report::default()) else {
        return Ok(text);
    };
    let last = before.revisions.last().map(|last| last.at);
    let base = last.and_then(|last| base(desk, draft, last, now()));
    if base.is_none() && last.is_some() {
        output::warning(
            "git does not have the state that readers saw: only what this command changes is listed",
        );
    }
    let changed = desk.changed(base.as_ref().unwrap_or(before), &after);
    if changed.is_empty() && base.is_some() {
        output::warning("nothing changed that readers see: this revision lists no field");
    }
    amend(&text, &changed, None).map_err(fail)
}
