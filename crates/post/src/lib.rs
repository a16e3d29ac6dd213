//! Owns sending: messages to a mail server, each once, with a ledger of what was begun and what arrived. The only crate that
//! opens a connection, and the only door to `lettre`.
//! Must never send what the ledger says was sent, or may have been; nor anything that nobody confirmed.

mod fault;
mod ledger;
mod line;
mod server;
mod session;

pub use fault::{Error, Refused};
pub use ledger::{Fate, Ledger};
pub use line::Key;
pub use server::{Login, Server};
pub use session::Session;

/// A message on its way to one receiver.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// What names it in the ledger.
    pub key: Key,
    /// The address of the sender, without a name.
    pub from: String,
    /// The whole message.
    pub bytes: Vec<u8>,
}
