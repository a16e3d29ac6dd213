//! Owns a text as its words alone, with the place of each byte of them in the text.
//! Must never lose a place: what is found is shown where it was written.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Letters without marks, words with one space around, and where each byte of them stands in the text.
pub(crate) struct Spelled {
    text: String,
    places: Vec<(usize, usize)>,
}

impl Spelled {
    /// `small` where capitals do not matter.
    pub(crate) fn new(text: &str, small: bool) -> Self {
        let mut spelled = Self {
            text: " ".to_owned(),
            places: vec![(0, 0)],
        };
        for (at, c) in text.char_indices() {
            for part in std::iter::once(c)
                .nfkd()
                .filter(|part| !is_combining_mark(*part))
            {
                spelled.push(part, at..at + c.len_utf8(), small);
            }
        }
        spelled.push(' ', text.len()..text.len(), small);
        spelled
    }

    /// The words with one space between them.
    pub(crate) fn words(&self) -> &str {
        self.text.trim()
    }

    /// Where these words stand, whatever is between their letters in the text.
    pub(crate) fn find(&self, words: &str) -> Option<Range<usize>> {
        let wanted = format!(" {words} ");
        let at = self.text.find(&wanted)?;
        let last = at + wanted.len() - 2;
        Some(self.places[at + 1].0..self.places[last].1)
    }

    fn push(&mut self, c: char, at: Range<usize>, small: bool) {
        let before = self.text.len();
        match c.is_alphanumeric() {
            true if small => self.text.extend(c.to_lowercase()),
            true => self.text.push(c),
            false if !self.text.ends_with(' ') => self.text.push(' '),
            false => {}
        }
        self.places.resize(
            self.places.len() + self.text.len() - before,
            (at.start, at.end),
        );
    }
}
