//! Owns our part of a Markdown text that people write: where it is, and the text with another part in its place.
//! Must never guess where a part ends, take what is shown as code for a marker, or change a byte outside.

mod difference;
mod pair;
mod sealed;
mod section;

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

pub use difference::{Difference, first_difference};
pub use pair::{Unpaired, filled, pair};
pub use sealed::{Block, blocks, sealed};
pub use section::{Section, sections};

/// Where a marker stands in a text. One that is shown as code is an example, and marks nothing.
pub fn marker_places(text: &str, marker: &str) -> Vec<usize> {
    if !text.contains(marker) {
        return Vec::new();
    }
    let places = |part: Range<usize>| {
        let within = text[part.clone()].match_indices(marker);
        within.map(move |(at, _)| part.start + at)
    };
    html_parts(text).flat_map(places).collect()
}

/// The number of the line on which a place is, from 1.
pub fn line_of(text: &str, place: usize) -> usize {
    text[..place].matches('\n').count() + 1
}

/// How the lines of a text end, by its first one.
pub fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// The text as events with their places; a byte order mark is no part of its first line.
fn events(text: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> + '_ {
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mark = text.len() - bare.len();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let events = Parser::new_ext(bare, options).into_offset_iter();
    events.map(move |(event, at)| (event, at.start + mark..at.end + mark))
}

/// The parts of a text that are HTML to a reader of Markdown; what is shown as code is not among them.
fn html_parts(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    events(text).filter_map(|(event, at)| {
        matches!(event, Event::Html(_) | Event::InlineHtml(_)).then_some(at)
    })
}
