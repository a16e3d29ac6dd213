//! Owns OpenVEX 0.2.0: a document for each advisory and each package, and the list of them.
//! Must never acquit a version that is not named, or speak where caveat.toml does not say who does.

mod document;
mod known;
mod model;
mod place;
mod product;
mod statement;
#[cfg(test)]
mod tests;
mod tree;

use std::collections::BTreeSet;

use caveat_check::{Book, Entry};

use known::Listed;

pub use place::{document_path, package_path};
pub use tree::{Error, render};

/// The document of an entry, as it is published. `None` where caveat.toml does not say who speaks.
pub fn document(book: &Book, entry: &Entry) -> Option<Vec<u8>> {
    let vex = book.project().vex.as_ref()?;
    Some(document::of_advisory(book, &Listed::of(book), entry, vex))
}

/// The paths of the documents of packages; none where caveat.toml does not say who speaks.
pub fn package_paths(book: &Book) -> BTreeSet<String> {
    let sheets = book.project().vex.as_ref();
    let sheets = sheets.map(|_| document::sheets(book, &Listed::of(book)));
    let sheets = sheets.iter().flatten();
    sheets
        .map(|sheet| package_path(&sheet.package.key))
        .collect()
}
