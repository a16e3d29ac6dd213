//! Owns private keys and the making of signatures.
//! Must never print, log or return secret bytes other than to be stored, nor sign what it did not list itself.

mod bundle;
mod edition;
mod exposed;
mod hand;
mod pem;
mod records;
mod secret;
mod stack;

pub use bundle::{Bundle, SignError, Stamp, key_artifacts, minisigned, sign};
pub use edition::{Hands, Renewal};
pub use exposed::public_halves;
pub use hand::{Hand, HandError, proven};
pub use pem::KeyError;
pub use records::Signing;
pub use secret::SecretKey;
