//! Owns the words of the site in each language: catalogues of texts with named places, read strictly, and how a text is said.
//! Must never know what a text is about, hold markup, or let a page show a text with a place left open.

mod catalogue;
mod language;
#[cfg(test)]
mod tests;
mod text;
mod texts;

pub use catalogue::{Catalogue, Fault};
pub use language::is_tag;
pub use text::{Piece, Text};
pub use texts::{Misuse, Texts, Value};

/// The language that every other is measured by, and that mails and release notes are in.
pub const ENGLISH: &str = "en";

/// The catalogues that are part of the program, by the tag of their language.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("de", include_str!("../../../site-templates/texts/de.toml")),
    (
        ENGLISH,
        include_str!("../../../site-templates/texts/en.toml"),
    ),
];
