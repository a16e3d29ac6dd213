//! Owns every view of the book: site, feeds, records' export tree, release notes and mails, as a stream of artifacts.
//! Must never read a file, a clock or the environment, nor let one view know what another does not.

mod bulletin;
mod edition;
mod error;
mod feed;
mod headers;
mod mail;
mod markdown;
mod notes;
mod osv_tree;
mod pages;
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
// One place for what pages and mails say alike.
use caveat_words::{self as words, clocks};

pub use edition::{Edition, Key};
pub use error::Error;
pub use feed::feed_entries;
pub use policy::{
    ISSUE_MARKERS, MARKERS, issue_links, marker_places, policy_json, security_md, security_md_part,
    security_txt,
};
pub use redirects::redirects;
pub use report::report;
pub use templates::Templates;

/// Where the release notes that name an advisory are.
pub fn note_paths(entry: &caveat_check::Entry) -> Vec<String> {
    let path = |(package, version): notes::Release| notes::path(&package, &version);
    notes::releases_of(entry).into_iter().map(path).collect()
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
    osv_tree::render(records, sink)?;
    pages::render(book, records, edition, templates, sink)?;
    feed::render(book, edition, sink)?;
    notes::render(book, sink)?;
    mail::render(book, sink)?;
    headers::render(sink)
}

/// HTML for a text and for one line of an advisory: a door for the fuzzer alone.
#[cfg(fuzzing)]
pub fn markdown(text: &str) -> [String; 2] {
    [markdown::to_html(text), markdown::line_to_html(text)]
}
