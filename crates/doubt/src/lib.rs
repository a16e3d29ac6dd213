//! Owns the signs that something is not what it shows: hosts where nobody or anybody is, words of plans and gaps, letters that
//! were read in the wrong encoding.
//! Must never report: whether a sign matters, and how it is said, is for those who look.

pub mod hedge;
pub mod host;
pub mod misread;
