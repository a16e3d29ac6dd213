//! Owns the machine's view of a checked advisory: OSV records and their canonical bytes.
//! Must never add a fact that was not written, nor let a record out that two readers do not read back alike.

mod affected;
mod details;
mod extra;
mod facts;
mod imports;
mod osv;
mod proof;
mod reader;
mod record;
#[cfg(test)]
mod tests;

use caveat_check::Book;
use rayon::prelude::*;

pub use affected::links;
pub use details::details;
pub use osv::{page, related};
pub use proof::Unfaithful;
pub use record::{Record, Records};

/// Converts every advisory of the book to OSV, and proves each record by reading it back.
///
/// # Errors
/// [`Unfaithful`] if a reader understands something else than the book says: a fault of this program.
pub fn convert(book: &Book) -> Result<Records, Unfaithful> {
    let one = |entry| {
        let bytes = osv::bytes(&osv::record(entry, book.project()));
        proof::prove(entry, book.project(), &bytes)?;
        Ok(Record::new(entry, bytes))
    };
    let records: Result<Vec<Record>, Unfaithful> = book.entries().par_iter().map(one).collect();
    records.map(Records::new)
}
