//! Owns the page of an oddity of a SECURITY.md in the terminal.
//! Must never say anything that its explanation does not.

use caveat_adopt::Explanation;

use super::{sentence, wrapped};

pub(super) fn page(oddity: &Explanation) -> String {
    let what = sentence(oddity.says());
    let (why, instead) = (wrapped(oddity.why), wrapped(oddity.instead));
    let from = "`caveat init --from` reports it; no build depends on it.";
    format!("{}: {what}\n\n{why}\n\n{instead}\n\n{from}\n", oddity.code)
}
