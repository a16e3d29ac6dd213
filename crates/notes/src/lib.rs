//! Owns release notes: what a release fixes, as a text for those who decide whether to upgrade, in six forms.
//! Must never tell how to exploit, or name somebody who did not agree to be named in release notes.

mod changelog;
mod distro;
mod fault;
mod findings;
mod fragment;
mod github;
mod heading;
mod item;
mod label;
mod markdown;
mod plain;
#[cfg(test)]
mod tests;

use caveat_check::Book;

pub use caveat_words::release::{Fix, Key, Release, keys_of, releases};
pub use changelog::{absent, updated, written};
pub use fault::Fault;
pub use findings::{Finding, findings};
pub use fragment::{Fragment, fragments};
pub use heading::headed;
pub use markdown::{escaped, started};

/// What the text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The section of a changelog.
    Markdown,
    /// The body of a release on GitHub.
    GitHub,
    /// Prose for mails and terminals.
    Text,
    /// Fragments for towncrier, one for each advisory.
    Towncrier,
    /// Lines for `debian/changelog`.
    Debian,
    /// Lines for `%changelog` of a spec file.
    Rpm,
}

/// Where the notes of a release are in a site.
pub fn path(package: &str, version: &str) -> String {
    format!("notes/{package}/{version}.md")
}

/// The notes of a release in one form.
pub fn text(book: &Book, release: &Release<'_>, form: Form) -> String {
    let items = item::items(book, release);
    match form {
        Form::Markdown => markdown::section(&items),
        Form::GitHub => github::body(release, &items),
        Form::Text => plain::text(release, &items),
        Form::Towncrier => fragment::listed(&items),
        Form::Debian => distro::debian(&items),
        Form::Rpm => distro::rpm(&items),
    }
}
