//! Owns what every view says alike: sentences, the events that readers may see, days, and Markdown as plain text.
//! Must never know the medium, read a file, a clock or the environment, or tell more than the book.

pub mod clocks;
mod labels;
pub mod plain;
mod sentences;

use caveat_advisory::Timestamp;

pub use labels::{event as event_label, role};
pub use sentences::{
    Action, actions, both, change, credits, cve_is_pending, either, exploitation, join, products,
    range, unaffected,
};

/// The day, UTC.
pub fn day(at: Timestamp) -> String {
    at.to_string().chars().take(10).collect()
}
