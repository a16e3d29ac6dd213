//! Owns the withdrawal of an advisory, and its return.
//! Must never remove what readers saw: both are told by a revision.

use caveat_advisory::{Revision, Withdrawal};
use toml_edit::{Array, Item, Table};

use crate::Fault;
use crate::revise::{add_revision, last_revision, place, time};
use crate::text::{edited, parse};

/// Withdraws an advisory, and tells readers by a revision of the same time.
///
/// # Errors
/// Those of [`crate::revise()`]; [`Fault::Withdrawn`] already; [`Fault::Unpublished`].
pub fn withdraw(text: &str, withdrawal: &Withdrawal) -> Result<String, Fault> {
    edited(text, |text| {
        let mut document = parse(text)?;
        if document.contains_key("withdrawn") {
            return Err(Fault::Withdrawn);
        }
        if last_revision(&document)?.is_none() {
            return Err(Fault::Unpublished);
        }
        let revision = Revision::new(withdrawal.at, said(withdrawal));
        add_revision(&mut document, &revision)?;
        let mut table = Table::new();
        table.insert("at", time(withdrawal.at)?);
        table.insert("reason", withdrawal.reason.as_str().into());
        if !withdrawal.replaced_by.is_empty() {
            let ids: Array = withdrawal.replaced_by.iter().collect();
            table.insert("replaced-by", ids.into());
        }
        if let Some(note) = &withdrawal.note {
            table.insert("note", note.into());
        }
        place(&mut document, "withdrawn", &mut table);
        document.insert("withdrawn", Item::Table(table));
        Ok(document.to_string())
    })
}

/// The revision's note.
fn said(withdrawal: &Withdrawal) -> String {
    let reason = withdrawal.reason.label();
    let (first, rest) = reason.split_at(1);
    let reason = format!("Withdrawn: {}{rest}", first.to_lowercase());
    if withdrawal.replaced_by.is_empty() {
        return format!("{reason}.");
    }
    format!(
        "{reason}; read {} instead.",
        withdrawal.replaced_by.join(", ")
    )
}

/// Takes a withdrawal back: the advisory stands again, and the revision says why.
///
/// # Errors
/// Those of [`crate::revise()`]; [`Fault::NotWithdrawn`].
pub fn reinstate(text: &str, revision: &Revision) -> Result<String, Fault> {
    edited(text, |text| {
        let mut document = parse(text)?;
        if document.remove("withdrawn").is_none() {
            return Err(Fault::NotWithdrawn);
        }
        add_revision(&mut document, revision)?;
        Ok(document.to_string())
    })
}
