//! Owns the tree of CSAF 2.0 documents: one for each advisory, VEX for each package, and what a provider has to publish around them.
//! Must never add a fact that was not written, hold a time that is not in the book, or move a document that was published.

mod branches;
mod document;
mod json;
mod last_change;
mod model;
mod notes;
mod package;
mod place;
mod product;
mod provider;
mod remediation;
mod rolie;
mod score;
#[cfg(test)]
mod tests;
mod tree;
mod vulnerability;

pub use last_change::{last_change, signature_path};
pub use place::{OPENPGP_KEY, document_path, metadata_url, package_path};
pub use tree::{Error, render};

use std::collections::BTreeSet;

use caveat_advisory::{Csaf, Project};
use caveat_check::{Book, Entry};

/// The document of an entry, as it is published. `None` where caveat.toml does not say who publishes CSAF.
pub fn document(book: &Book, entry: &Entry) -> Option<Vec<u8>> {
    let publisher = Publisher::of(book.project())?;
    Some(document::document(book, entry, &publisher))
}

/// The paths of the VEX documents of packages; none where caveat.toml does not say who publishes CSAF.
pub fn package_paths(book: &Book) -> BTreeSet<String> {
    let sheets = Publisher::of(book.project()).map(|_| package::sheets(book));
    let sheets = sheets.iter().flatten();
    sheets.map(|sheet| sheet.path(book)).collect()
}

/// Who speaks in every document.
pub(crate) struct Publisher<'p> {
    csaf: &'p Csaf,
    name: &'p str,
    namespace: &'p str,
}

impl<'p> Publisher<'p> {
    fn of(project: &'p Project) -> Option<Self> {
        let csaf = project.csaf.as_ref()?;
        Some(Self {
            csaf,
            name: csaf.name.as_deref().unwrap_or(&project.feed.name).trim(),
            namespace: csaf.namespace.as_deref().unwrap_or(&project.feed.url),
        })
    }
}
