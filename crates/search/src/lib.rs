//! Owns the index by which a page finds advisories on a host that only has files: words and documents, cut into small ones.
//! Must never hold who is credited: consent to be named on a page is no consent to be found by name.

mod document;
mod index;
mod shard;
mod token;

#[cfg(test)]
mod reader;
#[cfg(test)]
mod tests;

pub use document::{Document, Package, Product};
pub use index::{COMMON, Index};
