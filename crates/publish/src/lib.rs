//! Owns the way from a signed bundle to a directory that readers see: written beside, then swapped in one step.
//! Must never show readers a mix of old and new, delete what it did not make, or publish what is not signed.

mod error;
mod staging;
mod swap;
#[cfg(test)]
mod tests;

pub use error::Error;
pub use staging::Staging;
