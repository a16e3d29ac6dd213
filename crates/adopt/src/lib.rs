//! Owns the way from a SECURITY.md as people wrote it to a commented `caveat.toml`, and what is odd about the text.
//! Must never invent a promise: what was guessed says so, what was not understood is told, and nothing is repaired in silence.

mod asciidoc;
mod decode;
mod explain;
mod facts;
mod mojibake;
mod odd;
mod page;
mod read;
mod scan;
mod sentence;
mod settings;
mod shapes;
mod table;
#[cfg(test)]
mod tests;
mod words;
mod write;

use std::sync::Arc;

use caveat_diag::Report;

pub use explain::{EXPLANATIONS, Explanation};
pub use odd::{ODDITIES, Oddity};
pub use settings::{Origin, Settings};

use crate::page::Page;

/// The largest text that is read, in bytes.
pub const LARGEST_POLICY: u64 = 10 << 20;

/// Reads a SECURITY.md and gives the text of a `caveat.toml`. Any bytes will do; `path` is what comments and findings call it.
pub fn adopt(path: &str, bytes: Vec<u8>, settings: &Settings, report: &mut Report) -> String {
    let (source, found) = decode::decode(path, bytes);
    let source = Arc::new(source);
    if let Some(found) = found {
        report.push(found(&source));
    }
    let page = Page::read(Arc::clone(&source));
    let facts = read::read(&page, settings);
    odd::look(&page, &facts, settings, report);
    write::project(&page, &facts, settings)
}

/// A `caveat.toml` for a project without a SECURITY.md: every promise is a comment that the author takes up or out.
pub fn blank(settings: &Settings) -> String {
    write::blank(settings)
}
