//! Owns the proof that tampering is noticed, and for which reason: the cases of docs/tampering.md that readers see.
//! Must never count a refusal for another reason as noticed.
#![expect(clippy::expect_used, reason = "a broken set-up should stop the test")]

mod archives;
mod clocks;
mod feed;
mod files;
mod flips;
mod formats;
mod hands;
mod layers;
mod memory;
mod reader;
mod rollback;
