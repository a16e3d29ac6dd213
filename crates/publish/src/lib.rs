//! Owns the way from a signed bundle to a directory that readers see: written beside, then swapped in one step; and what is there.
//! Must never show readers a mix of old and new, delete what it did not make, or publish what is not signed.

#[cfg(test)]
mod crash;
mod error;
mod ours;
mod out;
mod staging;
mod step;
mod swap;
#[cfg(test)]
mod tests;

pub use error::Error;
pub use out::{Out, OutError};
pub use staging::{Sealed, Staging};
pub use swap::last_seen;
