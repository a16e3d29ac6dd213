//! Owns as much of OpenPGP as CSAF asks for: a certificate of an Ed25519 key, detached signatures of bytes, a reader of these.
//! Must never read a clock or a file, hold a private key, or hand out a signature that its own reader has not verified.

mod armour;
mod beside;
mod certificate;
mod flaw;
mod owner;
mod packet;
mod role;
mod seal;
mod sealing;
mod signature;
#[cfg(test)]
mod tests;

pub use beside::Beside;
pub use certificate::Certificate;
pub use flaw::Flaw;
pub use owner::{LIFE_DAYS, Owner, Standing};
pub use role::{RoleError, owner, rehearsal, seal};
pub use seal::{Seal, SealError};
pub use sealing::{Sealing, Wanted};
