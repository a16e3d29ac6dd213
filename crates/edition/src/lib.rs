//! Owns what an edition holds for machines: the files that are listed, the index of all records, what of earlier editions
//! stays, and the proof that clients old and new take it. Must never sign, or read a file or a clock by itself.
//!
//! Few files are listed, whatever the size of the feed: clients take minutes for lists of thousands. What they need of a
//! single record, the index has.

mod catch;
mod index;
mod proof;
mod superseded;
#[cfg(test)]
mod tests;

pub use catch::{ARCHIVE, Catch, KEYRING};
pub use index::{Entry, index};
pub use proof::{Unproven, prove};
pub use superseded::{Kept, Superseded, listed};
