//! Owns a policy text as parts with places: headings, paragraphs, items, rows of tables, blocks of code.
//! Must never know what a part promises.

use std::ops::Range;
use std::sync::Arc;

use caveat_diag::Source;

use crate::{scan, shapes, words};

/// What a part is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// With its level, 1 is the highest.
    Heading(usize),
    /// A paragraph, or a labelled line of one.
    Text,
    /// An item of a list, with how far it is indented.
    Item(usize),
    /// A row of a table; its cells are the pieces.
    Row,
    /// A fenced block; its inner bytes.
    Code(Range<usize>),
    /// A line across the page.
    Break,
}

/// The finest thing that is read: a cell of a row, a sentence of anything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) at: Range<usize>,
}

/// A piece by its numbers: those of its part and within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) part: usize,
    pub(crate) piece: usize,
}

/// A part of the text.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) kind: Kind,
    /// Its bytes, without the last line break.
    pub(crate) at: Range<usize>,
    /// The heading it is below.
    pub(crate) section: Option<usize>,
    /// What stands before the colon: `Acknowledgment` of `**Acknowledgment**: within 48 hours`.
    pub(crate) label: Option<String>,
    /// The rest, without markup.
    pub(crate) text: String,
    /// Label and rest in small letters.
    pub(crate) lower: String,
    /// Its sentences or cells; a label belongs to the first sentence, and is not in its text.
    pub(crate) pieces: Vec<Piece>,
}

impl Part {
    /// Something that says something.
    pub(crate) fn is_prose(&self) -> bool {
        matches!(self.kind, Kind::Text | Kind::Item(_))
    }

    pub(crate) fn is_item(&self) -> bool {
        matches!(self.kind, Kind::Item(_))
    }

    pub(crate) fn cells(&self) -> Option<&[Piece]> {
        (self.kind == Kind::Row).then_some(self.pieces.as_slice())
    }

    /// One sentence as a part of its own.
    fn alone(&self, nth: usize) -> Self {
        let piece = &self.pieces[nth];
        let (label, text) = match nth {
            0 => (self.label.clone(), piece.text.clone()),
            _ => shapes::labelled(&piece.text),
        };
        let lower = match &label {
            Some(label) => format!("{label}: {text}").to_lowercase(),
            None => text.to_lowercase(),
        };
        Self {
            kind: self.kind.clone(),
            at: piece.at.clone(),
            section: self.section,
            label,
            text,
            lower,
            pieces: Vec::new(),
        }
    }

    /// Label and text as a person would say them.
    pub(crate) fn sentence(&self) -> String {
        match &self.label {
            Some(label) if self.text.is_empty() => label.clone(),
            Some(label) => format!("{label}: {}", self.text),
            None => self.text.clone(),
        }
    }
}

/// A whole text.
pub(crate) struct Page {
    pub(crate) source: Arc<Source>,
    pub(crate) parts: Vec<Part>,
    /// The sentences of all paragraphs and items, in order.
    pub(crate) sentences: Vec<(Spot, Part)>,
    /// Lines that are too long to be read, and what lies beyond the longest policy.
    pub(crate) long: Vec<Range<usize>>,
}

impl Page {
    pub(crate) fn read(source: Arc<Source>) -> Self {
        let (parts, long) = scan::scan(source.text());
        let prose = parts.iter().enumerate().filter(|(_, part)| part.is_prose());
        let sentences = prose.flat_map(|(at, part)| {
            let spot = move |piece| Spot { part: at, piece };
            (0..part.pieces.len()).map(move |nth| (spot(nth), part.alone(nth)))
        });
        Self {
            sentences: sentences.collect(),
            source,
            parts,
            long,
        }
    }

    /// The same page with nothing to read in this range.
    pub(crate) fn without(&self, range: &Range<usize>) -> Self {
        let inside = |at: &Range<usize>| range.start <= at.start && at.end <= range.end;
        let blank = |part: &Part| {
            if inside(&part.at) {
                Part {
                    kind: Kind::Break,
                    at: part.at.clone(),
                    section: None,
                    label: None,
                    text: String::new(),
                    lower: String::new(),
                    pieces: Vec::new(),
                }
            } else {
                part.clone()
            }
        };
        let sentences = self.sentences.iter().filter(|(_, part)| !inside(&part.at));
        Self {
            source: Arc::clone(&self.source),
            parts: self.parts.iter().map(blank).collect(),
            sentences: sentences.cloned().collect(),
            long: self.long.clone(),
        }
    }

    /// The bytes of a part as they were written.
    pub(crate) fn raw(&self, part: &Part) -> &str {
        self.source.text().get(part.at.clone()).unwrap_or_default()
    }

    pub(crate) fn line(&self, at: &Range<usize>) -> usize {
        let span = self.source.span(at.start..at.start);
        self.source.position(&span).line
    }

    /// Is it below a heading with one of these words?
    pub(crate) fn under(&self, part: &Part, words: &[&str]) -> bool {
        let mut section = part.section;
        while let Some(heading) = section.and_then(|at| self.parts.get(at)) {
            if words::has(&heading.lower, words) {
                return true;
            }
            section = heading.section;
        }
        false
    }

    /// The heading right above it has one of these words.
    pub(crate) fn right_under(&self, part: &Part, words: &[&str]) -> bool {
        let heading = part.section.and_then(|at| self.parts.get(at));
        heading.is_some_and(|heading| words::has(&heading.lower, words))
    }

    /// The items that follow a part at once.
    pub(crate) fn items_after(&self, at: usize) -> Range<usize> {
        let start = at + 1;
        let rest = self.parts.get(start..).unwrap_or_default();
        let count = rest.iter().take_while(|part| part.is_item()).count();
        start..start + count
    }

    /// Everything below a heading, deeper headings included.
    pub(crate) fn below(&self, heading: usize) -> Range<usize> {
        let level = |part: &Part| match part.kind {
            Kind::Heading(level) => Some(level),
            _ => None,
        };
        let own = self.parts.get(heading).and_then(level).unwrap_or(0);
        let rest = self.parts.get(heading + 1..).unwrap_or_default();
        let ends =
            |part: &Part| level(part).is_some_and(|level| level <= own) || part.kind == Kind::Break;
        let count = rest.iter().take_while(|part| !ends(part)).count();
        heading + 1..heading + 1 + count
    }

    /// The text of these parts, word for word.
    pub(crate) fn verbatim(&self, parts: Range<usize>) -> Option<&str> {
        let first = self.parts.get(parts.start)?;
        let last = self.parts.get(parts.end.checked_sub(1)?)?;
        self.source.text().get(first.at.start..last.at.end)
    }
}
