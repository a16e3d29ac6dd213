//! Owns the database of Go modules that `govulncheck -db` reads: the records, and what finds them.
//! Must never hold what govulncheck takes for "every version": it knows no other range than `SEMVER`, no end but `fixed`.

mod index;
mod packed;
mod record;
#[cfg(test)]
mod tests;
mod tree;

pub use tree::{Error, indexes, path, place, render};

/// The ecosystem whose advisories are in it.
pub(crate) const ECOSYSTEM: &str = "Go";
