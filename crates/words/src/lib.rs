//! Owns what every view says alike: sentences, which releases fix what, the events that readers may see, days, and Markdown as plain text.
//! Must never know the medium, read a file, a clock or the environment, or tell more than the book.

mod actions;
pub mod clocks;
mod labels;
mod lengths;
pub mod lines;
pub mod plain;
pub mod release;
mod sentences;
mod title;
pub mod verdict;
mod vex;

use caveat_advisory::Timestamp;

pub use actions::{Action, Sentence, actions};
pub use labels::{
    dispute, event as event_label, mark, promise, rating, reference, role, sheet, state, status,
    tie, withdrawal,
};
pub use lengths::{length, span, start, target};
pub use sentences::{
    affected, both, change, credits, cve_is_pending, either, exploitation, join, only_with,
    products, published_early, range, standing, standing_versions, thanked, unaffected,
    unaffected_branches, upgrade,
};

pub use title::{plain_title, title_parts};
pub use vex::{acquits, older, withdrawn};

/// The day, UTC.
pub fn day(at: Timestamp) -> String {
    at.to_string().chars().take(10).collect()
}
