//! Owns the tree of RustSec files: one for each crate of an advisory, which `cargo-audit` and `cargo-deny` read.
//! Must never write a file that one of the two cannot read: for want of one file they refuse all of them.

mod file;
mod id;
mod link;
mod place;
mod requirement;
#[cfg(test)]
mod tests;
mod tree;

pub use place::{ARCHIVE, former_paths, paths};
pub use tree::{Error, render};
