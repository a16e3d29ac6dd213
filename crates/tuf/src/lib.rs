//! Owns The Update Framework, version 1.0 (specification 1.0.34): metadata, who signs it, and what a client makes of it.
//! Must never touch a network, a file, a clock or a private key, or take what it would not have written itself.
//!
//! Sections in these pages are of <https://theupdateframework.github.io/specification/v1.0.34/>. The four top-level roles are
//! here; delegations, mirrors and keys other than Ed25519 are not. What is stricter than the specification: one way to
//! write each document, ids that are computed, signatures of strangers refused, and versions that say when they were signed.
//!
//! To publish: [`Draft`] a root, have it signed, make a [`Chain`] of it, and let a [`Press`] make an [`Edition`] with a
//! [`Signer`]; keep its [`State`]. To verify: a [`Check`] with the root that is trusted and the [`Memory`] of the last one.

mod chain;
mod client;
mod document;
mod draft;
mod edition;
mod envelope;
mod fields;
mod flaw;
mod fork;
mod hex;
mod json;
mod key;
mod memory;
mod name;
mod pointer;
mod press;
mod role;
mod root;
mod state;
mod targets;
#[cfg(test)]
mod tests;
mod verdict;
mod walk;

pub use chain::Chain;
pub use client::{Check, When};
pub use draft::{Draft, DraftError, Missing};
pub use edition::{DIRECTORY, Edition, EditionError, Lifetimes, Refusal, Signer};
pub use envelope::SignatureFlaw;
pub use flaw::Flaw;
pub use fork::Fork;
pub use json::{JsonFlaw, LARGEST};
pub use key::{Key, KeyId};
pub use memory::Memory;
pub use name::NameFlaw;
pub use press::Press;
pub use role::Role;
pub use root::{Holders, Keyring, Root};
pub use state::State;
pub use targets::{Fingerprint, TargetFlaw, Targets, target_path};
pub use verdict::{Behind, Expired, Outcome, Reason, Verdict};
