//! Owns the questions that OSV.dev's API answers, asked of the records of one book: bytes in, bytes out.
//! Must never do I/O, look at every record for one question, or say anything of a package that `caveat affected` does not.
//!
//! What is asked and answered is what OSV.dev documents at <https://google.github.io/osv.dev/api/>; docs/serve.md tells
//! where this differs. Nothing here depends on a clock: how much one request may cost is counted, not timed.

mod answer;
mod bounded;
mod index;
mod question;
mod refusal;
#[cfg(test)]
mod tests;

pub use answer::{query, query_batch, vulnerability};
pub use index::Index;
pub use refusal::{Code, Refusal};

/// Records in one answer, and for one question of a batch.
pub const PAGE: usize = 1_000;
/// Records in all answers of a batch together.
pub const BATCH_PAGE: usize = 3_000;
/// Questions in a batch.
pub const QUESTIONS: usize = 1_000;
/// Bytes of records after which an answer gets no more of them.
const PAGE_BYTES: usize = 8 << 20;
/// Ranges that are looked at for one request: some tenths of a second. What is left is on the next page.
const LOOKS: usize = 1_000_000;
