//! Owns CVE records (format 5.2, valid under 5.1): the CNA container of an advisory, and a file for each CVE id that is ours.
//! Must never claim an id that somebody else assigned, name somebody who did not agree, or hold a time that is not in the book.

mod container;
mod json;
mod metric;
mod model;
mod product;
mod record;
mod reference;
mod rejected;
mod status;
#[cfg(test)]
mod tests;
mod text;
mod tree;
mod voice;

pub use tree::{Error, render};
pub use voice::{paths, record_path};

use caveat_check::{Book, Entry};

use crate::voice::Voice;

/// The CNA container of an advisory, as it is handed to the CVE services. The same that the record of its first CVE id has.
pub fn container(book: &Book, entry: &Entry) -> Vec<u8> {
    let voice = Voice::of_entry(book, entry);
    match voice.rejected() {
        Some(entry) => json::bytes(&rejected::container(book, entry)),
        None => json::bytes(&container::container(book, &voice)),
    }
}
