//! Owns who may sign what for a feed: `keys/keyring.toml`, the public keys beside it, their certificates, the line of roots.
//! Must never hold a private key, read a file or a clock, or trust a key for more than the keyring says.
//!
//! [`Keyring::read`] takes what is in `keys/`, and reports every fault with its place. What it gives back can be relied on:
//! each key that a role names is there, no role asks for more signatures than it has keys, no revoked key has a role, and
//! the roots follow from one another.

mod assemble;
mod certificate;
mod document;
mod entry;
mod files;
mod forms;
mod health;
mod keyring;
mod read;
mod roots;
mod site;
#[cfg(test)]
mod tests;

pub use caveat_advisory::{KeyPeriod, KeyRole as Role, Revocation, StatePlace};
pub use document::{forms, keyring_json};
pub use entry::{Entry, Refused};
pub use files::{KEYRING, is_of_keyring, is_public_key, name_of};
pub use forms::{authority_line, pem, tuf_id};
pub use health::{Concern, Matter, Urgency};
pub use keyring::Keyring;
pub use roots::Loss;
pub use site::site_files;
