//! Owns every view of the book: site, feeds, records' export tree, release notes and mails, as a stream of artifacts.
//! Must never read a file, a clock or the environment, nor let one view know what another does not.

mod bulletin;
mod edition;
mod error;
mod feed;
mod headers;
mod mail;
mod markdown;
mod osv_tree;
mod pages;
mod plot;
mod policy;
mod redirects;
mod report;
mod sitemap;
mod templates;
mod theme;
mod view;

use caveat_artifact::Sink;
use caveat_check::Book;
use caveat_convert::Records;
use caveat_notes::Form;
use caveat_words::clocks;

pub use edition::{Edition, Key, Layers};
pub use error::Error;
pub use feed::feed_entries;
pub use policy::{
    ISSUE_MARKERS, MARKERS, issue_links, policy_json, security_md, security_md_part, security_txt,
};
pub use redirects::redirects;
pub use report::report;
pub use templates::Templates;

/// Where the release notes that name an advisory are.
pub fn note_paths(entry: &caveat_check::Entry) -> Vec<String> {
    let keys = caveat_notes::keys_of(entry).into_iter();
    keys.map(|(package, version)| caveat_notes::path(&package, &version))
        .collect()
}

/// Where the files about the crates of an advisory are, as RustSec writes them.
pub fn rustsec_paths(entry: &caveat_check::Entry) -> Vec<String> {
    caveat_rustsec::paths(entry)
}

/// Where the record of an advisory is in the database of Go modules, if it is there.
pub fn go_path(record: &caveat_convert::Record) -> Option<String> {
    caveat_vulndb::path(record)
}

/// Where the CSAF document of an advisory is, if there is one.
pub fn csaf_path(entry: &caveat_check::Entry) -> String {
    caveat_csaf::document_path(entry)
}

/// Where the OpenVEX document of an advisory is, if there is one.
pub fn vex_path(entry: &caveat_check::Entry) -> String {
    caveat_openvex::document_path(entry)
}

/// Renders every view of the book into `sink`, on all cores. The order in which artifacts arrive is not fixed.
///
/// # Errors
/// A template that cannot be rendered, a name that cannot be a path, or a sink that is full.
pub fn render(
    book: &Book,
    records: &Records,
    edition: &Edition,
    templates: &Templates,
    sink: &dyn Sink,
) -> Result<(), Error> {
    let checksums = osv_tree::render(records, book.project(), sink)?;
    pages::render(book, records, edition, templates, sink)?;
    feed::render(book, edition, sink)?;
    notes(book, sink)?;
    mail::render(book, sink)?;
    caveat_csaf::render(book, edition.openpgp.as_deref(), sink)?;
    caveat_openvex::render(book, sink)?;
    caveat_cve::render(book, sink)?;
    caveat_rustsec::render(book, sink)?;
    caveat_vulndb::render(records, sink)?;
    headers::render(&checksums, sink)
}

/// `notes/PACKAGE/VERSION.md` for every version that fixes something.
fn notes(book: &Book, sink: &dyn Sink) -> Result<(), Error> {
    for release in caveat_notes::releases(book) {
        let path = caveat_notes::path(&release.package.key, &release.version.canonical());
        let text = caveat_notes::text(book, &release, Form::Markdown);
        error::put(sink, path, text)?;
    }
    Ok(())
}

/// HTML for a text and for one line of an advisory: a door for the fuzzer alone.
#[cfg(fuzzing)]
pub fn markdown(text: &str) -> [String; 2] {
    [markdown::to_html(text), markdown::line_to_html(text)]
}
