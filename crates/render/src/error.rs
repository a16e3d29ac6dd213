//! Owns what can stop rendering.
//! Must never blame the advisory: it was checked before.

use caveat_artifact::{Artifact, PathError, Sink, SinkError, SitePath};

/// Why a view could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A template is faulty; the message names file and line.
    #[error("{0}")]
    Template(String),
    /// A template that does not exist here was found among the overriding ones.
    #[error("site-templates/{name} overrides nothing; templates are: {known}")]
    UnknownTemplate {
        /// The file.
        name: String,
        /// Every name there is.
        known: String,
    },
    /// A template that is not text.
    #[error("site-templates/{0} is not UTF-8 text")]
    NotUtf8(String),
    /// A name of a package or version that cannot be part of a path.
    #[error(transparent)]
    Path(#[from] PathError),
    /// The sink refused an artifact.
    #[error(transparent)]
    Sink(#[from] SinkError),
    /// A CSAF document could not be put.
    #[error(transparent)]
    Csaf(#[from] caveat_csaf::Error),
    /// A CVE record could not be put.
    #[error(transparent)]
    Cve(#[from] caveat_cve::Error),
    /// A file about a crate could not be put.
    #[error(transparent)]
    Rustsec(#[from] caveat_rustsec::Error),
    /// A file of the database of Go modules could not be put.
    #[error(transparent)]
    Vulndb(#[from] caveat_vulndb::Error),
    /// An OpenVEX document could not be put.
    #[error(transparent)]
    Openvex(#[from] caveat_openvex::Error),
    /// A mail could not be made.
    #[error(transparent)]
    Mail(#[from] caveat_mail::Error),
    /// A page is where a redirect of caveat.toml leads on.
    #[error(
        "caveat.toml: `redirect.from` is `{0}`, and the site has a file there; take that redirect out"
    )]
    Taken(String),
    /// An archive could not be made.
    #[error("cannot make `{path}`: {source}")]
    Zip {
        /// Which archive.
        path: String,
        /// What the library says.
        source: zip::result::ZipError,
    },
    /// A feed could not be written.
    #[error("cannot write `{path}`: {reason}")]
    Text {
        /// Which artifact.
        path: String,
        /// What the library says.
        reason: String,
    },
}

/// Puts one file.
pub(crate) fn put(
    sink: &dyn Sink,
    path: impl Into<String>,
    bytes: impl Into<Vec<u8>>,
) -> Result<(), Error> {
    let path = SitePath::new(path)?;
    Ok(sink.put(Artifact::new(path, bytes.into()))?)
}
