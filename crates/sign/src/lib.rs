//! Owns private keys and the making of signatures.
//! Must never print, log or return secret bytes other than to be stored, nor sign what it did not list itself.

mod bundle;
mod secret;

pub use bundle::{Bundle, SignError, Stamp, key_artifacts, sign};
pub use secret::{KeyError, SecretKey};
