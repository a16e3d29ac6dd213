//! Owns what the history of a package's code says of a flaw: which tags have it, and the ranges that follow.
//! Must never read a repository, a file or a clock: the history comes as a plain graph.

mod derive;
mod event;
mod flow;
mod graph;
mod lock;
mod message;
mod recognise;
mod scheme;
#[cfg(test)]
mod tests;
mod verdict;

pub use derive::{Derived, Facts, Refusal, derive};
pub use event::{Effect, Event, Evidence};
pub use graph::{Commit, Graph, Id, PatchId, Tag, Way};
pub use lock::{locked, text};
pub use message::{Mentions, mentions, subject};
pub use scheme::{Ambiguous, Scheme, naming};
pub use verdict::{TagVerdict, Verdict};
