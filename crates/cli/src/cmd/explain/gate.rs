//! Owns the page of a finding of the gate in the terminal.
//! Must never say anything that its explanation does not.

use caveat_gate::CODES;

use super::{sentence, wrapped};

/// The page of this code, where the gate has it.
pub(super) fn page(code: &str) -> Option<String> {
    let one = CODES.iter().find(|one| one.code == code)?;
    let (why, instead) = (wrapped(one.why), wrapped(one.instead));
    let from = "`caveat publish` refuses it or warns of it, `caveat diff` shows it before.";
    let head = format!("{code}: {}", sentence(one.says));
    Some(format!("{head}\n\n{why}\n\n{instead}\n\n{from}\n"))
}
