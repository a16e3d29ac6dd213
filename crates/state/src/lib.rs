//! Owns the branch that remembers what was signed last: one file, a commit for each signing, moved on by compare-and-swap.
//! Must never touch the work tree, the index, HEAD or another branch, force a push, or take one state for another.
//!
//! The branch has no commit in common with the others. Where a remote is named, the remote counts: whoever pushes first has
//! signed, and whoever comes second has not. A publisher that is killed after the push has spent a number, and nothing else.

mod branch;
mod error;
mod remote;
#[cfg(test)]
mod tests;
mod walk;

pub use branch::{Branch, Known};
pub use error::Error;
