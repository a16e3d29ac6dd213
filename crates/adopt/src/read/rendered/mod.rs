//! Owns reading the text that `caveat policy` wrote, between its markers: each sentence there has one meaning.
//! Must never read what stands around it, or a sentence that is not word for word ours.

mod kept;
mod tables;
mod texts;

use std::ops::Range;

use super::Reading;
use crate::page::{Kind, Page, Part};

const BEGIN: &str = "<!-- caveat:policy -->";
const END: &str = "<!-- /caveat:policy -->";

/// The bytes between the markers.
pub(super) fn range(page: &Page) -> Option<Range<usize>> {
    let text = page.source.text();
    let start = text.find(BEGIN)? + BEGIN.len();
    let end = text.get(start..)?.find(END)? + start;
    Some(start..end)
}

/// A part with the headings it is below.
struct Placed<'p> {
    at: usize,
    part: &'p Part,
    section: &'p str,
    below: &'p str,
}

pub(super) fn read(reading: &mut Reading<'_>, own: &Range<usize>) {
    let page = reading.page;
    for (at, part) in page.parts.iter().enumerate() {
        if part.at.start < own.start || own.end < part.at.end {
            continue;
        }
        let placed = placed(page, at, part);
        match placed.part.kind {
            Kind::Heading(_) => heading(reading, &placed),
            Kind::Row => tables::row(reading, &placed),
            Kind::Code(_) => kept::code(reading, &placed),
            Kind::Text | Kind::Item(_) => texts::prose(reading, &placed),
            Kind::Break => {}
        }
    }
}

fn placed<'p>(page: &'p Page, at: usize, part: &'p Part) -> Placed<'p> {
    let mut section = "";
    let mut below = "";
    let mut above = part.section;
    while let Some(heading) = above.and_then(|at| page.parts.get(at)) {
        match heading.kind {
            Kind::Heading(2) => section = &heading.text,
            Kind::Heading(3) => below = &heading.text,
            _ => {}
        }
        above = heading.section;
    }
    Placed {
        at,
        part,
        section,
        below,
    }
}

/// Texts that are kept word for word begin at their heading.
fn heading(reading: &mut Reading<'_>, placed: &Placed<'_>) {
    match placed.part.kind {
        Kind::Heading(2) if placed.part.text == "Safe harbour" => kept::harbour(reading, placed),
        Kind::Heading(2) if placed.part.text == "Disclosure" => kept::terms(reading, placed),
        Kind::Heading(3) if placed.section == "Security guidance" => {
            kept::guidance(reading, placed);
        }
        _ => {}
    }
}
