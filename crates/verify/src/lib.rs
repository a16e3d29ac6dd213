//! Owns the formats of keys and signatures, and the verdict over a published directory.
//! Must never touch the network, sign anything, or call something good that it could not read.

mod directory;
mod key;
mod list;
pub mod minisign;
mod site;
pub mod sshsig;
mod wire;

pub use directory::{Error, Fault, SIGNATURES, SUMS, Verdict, verify_directory};
pub use key::{KeyError, PublicKey};
pub use list::{List, verify_list};
pub use site::{site_feed, site_key};
pub use wire::put;

/// A signature that does not hold, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// The text is not in the format.
    #[error("it is not {0}")]
    Format(&'static str),
    /// The older kind of minisign signature, over the file itself.
    #[error("it is a legacy minisign signature; only prehashed ones are accepted")]
    Legacy,
    /// Made for another purpose.
    #[error("it was made for the namespace `{0}`")]
    Namespace(String),
    /// Made with another key.
    #[error("it was made with another key, {0}")]
    Key(String),
    /// The bytes or the signature were changed.
    #[error("it does not fit the file: one of the two was changed")]
    Mismatch,
}
