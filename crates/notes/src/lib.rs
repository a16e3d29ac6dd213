//! Owns release notes: what a release fixes, as a text for those who decide whether to upgrade, in six forms.
//! Must never tell how to exploit, or name somebody who did not agree to be named in release notes.

mod changelog;
mod distro;
mod fault;
mod findings;
mod fragment;
mod github;
mod item;
mod label;
mod markdown;
mod plain;
mod release;

use caveat_check::Book;

pub use changelog::{updated, written};
pub use fault::Fault;
pub use findings::{Finding, findings};
pub use fragment::{Fragment, fragments};
pub use markdown::escaped;
pub use release::{Fix, Key, Release, keys_of, path, releases};

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
