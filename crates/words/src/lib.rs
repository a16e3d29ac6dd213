//! Owns what every view says alike: sentences, the events that readers may see, days, and Markdown as plain text.
//! Must never know the medium, read a file, a clock or the environment, or tell more than the book.

pub mod clocks;
pub mod plain;
mod sentences;

use caveat_advisory::Timestamp;

pub use sentences::{
    Action, actions, change, credits, cve_is_pending, exploitation, fix_note, join, products,
    published_early, standing, standing_versions, unaffected,
};

/// The day, UTC.
pub fn day(at: Timestamp) -> String {
    at.to_string().chars().take(10).collect()
}
