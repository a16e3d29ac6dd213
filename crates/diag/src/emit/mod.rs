//! Owns the printed forms of a report, one file each: a report in, text out.
//! Must never print, sort differently from another form, or know who reads.

mod github;
mod gitlab;
mod human;
mod json;
mod sarif;
mod short;
#[cfg(test)]
mod tests;

pub use github::github;
pub use gitlab::gitlab;
pub use human::{human, human_linked};
pub use json::json;
pub use sarif::{RulePage, Tool, sarif};
pub use short::short;

use crate::Diagnostic;

/// The message with its notes and help below it, for forms that have one text only.
fn whole_text(found: &Diagnostic) -> String {
    let mut text = found.message.clone();
    for (word, lines) in [("note", &found.notes), ("help", &found.help)] {
        for line in lines {
            text.push_str(&format!("\n{word}: {line}"));
        }
    }
    text
}

/// A JSON document with a line feed at its end.
fn document(value: &impl serde::Serialize) -> String {
    // Plain data under text keys cannot fail to be written.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
