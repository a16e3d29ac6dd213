//! Owns the text of one file and the arithmetic of places in it.
//! Must never hold a span that cuts a character in two: the printer would have to guess.

use std::ops::Range;
use std::sync::OnceLock;

/// A byte range of a [`Source`] that begins and ends between characters. Made only by [`Source::span`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// First byte.
    pub fn start(&self) -> usize {
        self.start
    }

    /// One past the last byte.
    pub fn end(&self) -> usize {
        self.end
    }

    /// Both ends as a range of bytes.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// A place as editors count it: both numbers start at 1, columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// One file as read: its path within the repository (forward slashes) and its text.
#[derive(Debug)]
pub struct Source {
    path: String,
    text: String,
    lines: OnceLock<Vec<usize>>,
}

impl Source {
    /// A source whose text is already known to be UTF-8.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
            lines: OnceLock::new(),
        }
    }

    /// Decodes bytes. Where they are not UTF-8 the text is decoded with replacement characters,
    /// and the span of the first one comes back too.
    pub fn decode(path: impl Into<String>, bytes: Vec<u8>) -> (Self, Option<Span>) {
        match String::from_utf8(bytes) {
            Ok(text) => (Self::new(path, text), None),
            Err(error) => {
                let start = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let source = Self::new(path, text);
                let span = source.span(start..start + 1);
                (source, Some(span))
            }
        }
    }

    /// The path within the repository.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The nearest valid span: clipped to the text, and widened to whole characters.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self
            .text
            .floor_char_boundary(range.start.min(self.text.len()));
        let end = self.text.ceil_char_boundary(range.end.min(self.text.len()));
        Span {
            start,
            end: end.max(start),
        }
    }

    /// The span of the first line without its line break; where a file as a whole is at fault.
    pub fn first_line(&self) -> Span {
        let end = self.text.find(['\n', '\r']).unwrap_or(self.text.len());
        self.span(0..end)
    }

    /// The line and column at which a span starts.
    pub fn position(&self, span: &Span) -> Position {
        let line = self.line_of(span.start);
        let column = self.text[self.lines()[line]..span.start].chars().count() + 1;
        Position {
            line: line + 1,
            column,
        }
    }

    /// The line and column just behind a span.
    pub fn end_position(&self, span: &Span) -> Position {
        self.position(&self.span(span.end..span.end))
    }

    /// The bytes of the whole lines that a span touches, and the number (from 1) of the first of them.
    pub fn lines_around(&self, range: Range<usize>) -> (Range<usize>, usize) {
        let first = self.line_of(range.start);
        let last = self.line_of(range.end.max(range.start));
        let end = self
            .lines()
            .get(last + 1)
            .map_or(self.text.len(), |next| next - 1);
        (self.lines()[first]..end.max(range.end), first + 1)
    }

    fn line_of(&self, offset: usize) -> usize {
        self.lines()
            .partition_point(|start| *start <= offset)
            .saturating_sub(1)
    }

    fn lines(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            let breaks = self
                .text
                .bytes()
                .enumerate()
                .filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0)
                .chain(breaks.map(|(at, _)| at + 1))
                .collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_position_counts_characters_not_bytes() {
        let source = Source::new("a.toml", "x\nä = 1\n");
        let span = source.span(5..6);
        assert_eq!(source.position(&span), Position { line: 2, column: 3 });
    }

    #[test]
    fn bytes_that_are_not_utf8_name_the_first_bad_place() {
        let (source, bad) = Source::decode("a.toml", b"ok\n\xff\xfe".to_vec());
        let bad = bad.expect("not UTF-8");
        assert_eq!(source.position(&bad), Position { line: 2, column: 1 });
    }

    proptest! {
        #[test]
        fn every_span_lies_between_characters(text in ".*", start in 0usize..40, length in 0usize..40) {
            let source = Source::new("a", text);
            let span = source.span(start..start + length);
            prop_assert!(source.text().get(span.range()).is_some());
            let (lines, number) = source.lines_around(span.range());
            prop_assert!(source.text().get(lines.clone()).is_some());
            prop_assert!(lines.start <= span.start() && span.end() <= lines.end && number >= 1);
        }
    }
}
