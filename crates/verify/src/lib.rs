//! Owns the formats of keys and signatures, and the verdict over a published directory.
//! Must never touch the network, sign anything, or call something good that it could not read.
//!
//! A reader asks with a [`Check`]: a directory, who is trusted ([`Anchors`]), what was seen before ([`Memory`]), and the time.
//! The [`Answer`] is one of four ([`Verdict`]), with every [`Fault`] and with what to remember. A program that fetches single
//! records asks [`verify_record`].

mod archive;
mod certificate;
mod check;
mod clock;
mod comment;
mod contents;
mod copies;
mod directory;
mod fault;
mod findings;
mod hashing;
mod index;
mod key;
mod list;
mod machine;
mod memory;
pub mod minisign;
mod people;
mod record;
mod site;
pub mod sshsig;
mod strict;
mod trusted;
mod unpacker;
mod verdict;
mod wire;

pub use archive::ArchiveFlaw;
pub use caveat_tuf::When;
pub use certificate::{Certificate, CertificateError};
pub use check::{Anchors, Check};
pub use clock::SKEW;
pub use comment::{Comment, CommentError};
pub use directory::{Error, SIGNATURES, SUMS, verify_directory};
pub use fault::Fault;
pub use index::{Entry, IndexFlaw, index_part};
pub use key::{KeyError, PublicKey};
pub use list::{List, verify_list};
pub use memory::{Memory, MemoryError};
pub use record::{RecordFlaw, verify_record};
pub use site::{site_feed, site_key};
pub use trusted::{Signed, Trusted};
pub use verdict::{Answer, Ended, Older, Verdict, Vouched};
pub use wire::{Reader, put};

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
    /// Made by a key, or under an authority, that was revoked.
    #[error("it was made with a key that was revoked, {0}")]
    Revoked(String),
    /// The certificate in it does not make its key good.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// The bytes or the signature were changed.
    #[error("it does not fit the file: one of the two was changed")]
    Mismatch,
}

/// What only `fuzz/` may ask: can any bytes, as an archive or an index, stop the reader?
#[cfg(fuzzing)]
pub fn fuzzed(bytes: &[u8]) {
    let mut unpacker = unpacker::Unpacker::new();
    if let Ok(archive) = archive::Archive::read(bytes.to_vec()) {
        for name in archive.names().map(str::to_owned).collect::<Vec<_>>() {
            assert!(
                archive
                    .holds(&name, b"what nobody packed", &mut unpacker)
                    .is_err()
            );
        }
    }
    drop(index::read(bytes, index::Part::Whole));
    drop(index::read(bytes, index::Part::Of(0)));
}
