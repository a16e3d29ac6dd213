//! Owns the letters of a text without what hides them: marks, emphasis, percent signs, capitals, punctuation.
//! Must never lose where in the text a letter stands.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// What does not matter.
#[derive(Clone, Copy)]
pub(crate) struct Spelling {
    /// Capitals.
    pub(crate) small: bool,
    /// Where words end: these letters are written without spaces.
    pub(crate) joined: bool,
}

impl Spelling {
    /// Words, in any letters.
    pub(crate) const SMALL: Self = Self {
        small: true,
        joined: false,
    };
}

/// Letters without marks, words with one space around, and where each byte of them stands in the text.
pub(crate) struct Spelled {
    text: String,
    places: Vec<Range<usize>>,
    spelling: Spelling,
}

impl Spelled {
    pub(crate) fn new(text: &str, spelling: Spelling) -> Self {
        let mut spelled = Self {
            text: String::with_capacity(text.len() + 2),
            places: Vec::with_capacity(text.len() + 2),
            spelling,
        };
        spelled.push(' ', 0..0);
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let (length, letters) = match c {
                '%' => decoded(&text[at..]),
                _ => (c.len_utf8(), String::new()),
            };
            let place = at..at + length;
            if c.is_ascii() && letters.is_empty() {
                spelled.push(c, place.clone());
            } else if letters.is_empty() {
                spelled.letters(std::iter::once(c), &place);
            } else {
                spelled.letters(letters.chars(), &place);
            }
            at = place.end;
        }
        spelled.push(' ', text.len()..text.len());
        spelled
    }

    /// All words.
    pub(crate) fn words(&self) -> &str {
        self.text.trim()
    }

    /// The first place of these words that is good.
    pub(crate) fn find(
        &self,
        words: &str,
        good: impl Fn(Range<usize>) -> bool,
    ) -> Option<Range<usize>> {
        let bound = if self.spelling.joined { "" } else { " " };
        let wanted = format!("{bound}{words}{bound}");
        let mut from = 0;
        while let Some(hit) = self.text.get(from..).and_then(|rest| rest.find(&wanted)) {
            let first = from + hit + bound.len();
            let last = first + words.len().checked_sub(1)?;
            let place = self.places[first].start..self.places[last].end;
            if good(place.clone()) {
                return Some(place);
            }
            // The space behind may be the one before the next hit.
            from = last + 1;
        }
        None
    }

    fn letters(&mut self, letters: impl Iterator<Item = char>, place: &Range<usize>) {
        for part in letters.nfkd().filter(|part| !is_combining_mark(*part)) {
            self.push(part, place.clone());
        }
    }

    fn push(&mut self, c: char, place: Range<usize>) {
        match c.is_alphanumeric() {
            true if self.spelling.small => self.text.extend(c.to_lowercase()),
            true => self.text.push(c),
            false if !self.spelling.joined && !self.text.ends_with(' ') => self.text.push(' '),
            false => {}
        }
        self.places.resize(self.text.len(), place);
    }
}

/// Is it a letter of a script that has no spaces between words?
pub(crate) fn is_unspaced(c: char) -> bool {
    let scripts = [
        '\u{3040}'..='\u{30ff}',
        '\u{3400}'..='\u{9fff}',
        '\u{ac00}'..='\u{d7af}',
        '\u{f900}'..='\u{faff}',
        '\u{20000}'..='\u{3ffff}',
    ];
    scripts.iter().any(|script| script.contains(&c))
}

/// The bytes that begin a text in percent signs: how long they are there, and their letters. Nothing where they are none.
fn decoded(text: &str) -> (usize, String) {
    let mut bytes = Vec::new();
    let digit = |at: usize| char::from(*text.as_bytes().get(at)?).to_digit(16);
    while text.as_bytes().get(bytes.len() * 3) == Some(&b'%') {
        let at = bytes.len() * 3;
        let (Some(high), Some(low)) = (digit(at + 1), digit(at + 2)) else {
            break;
        };
        bytes.extend(u8::try_from(high * 16 + low));
    }
    let length = (bytes.len() * 3).max(1);
    match String::from_utf8(bytes) {
        Ok(letters) => (length, letters),
        Err(_) => (1, String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_signs_hide_no_letter_and_a_broken_one_is_a_sign() {
        let words = |text: &str| Spelled::new(text, Spelling::SMALL).words().to_owned();
        assert_eq!(words("Zo%C3%AB%20Quokkason+x"), "zoe quokkason x");
        assert_eq!(words("50% of%2"), "50 of 2");
        assert_eq!(words("%ff%"), "ff");
        let spelled = Spelled::new("a%20B", Spelling::SMALL);
        assert_eq!(spelled.find("a b", |_| true), Some(0..5));
    }
}
