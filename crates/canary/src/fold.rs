//! Owns what is left of a text when its dress is taken off: words in small letters with one space between them.
//! Must never depend on the format: the same sentence has the same words in TOML, HTML, JSON, Atom and mail.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::sign::{entity, is_spaceless};

/// What a byte is for a reader of words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Part of a word, in its small form.
    Word(u8),
    /// Between words.
    Gap,
    /// The begin of an entity, an escape, a tag, or a character of several bytes.
    Sign,
}

static CLASSES: [Class; 256] = classes();

const fn classes() -> [Class; 256] {
    let mut table = [Class::Gap; 256];
    let mut at = 0;
    // A loop with an iterator is not allowed here yet.
    while at < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "the table has 256 rows")]
        let byte = at as u8;
        table[at] = match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => Class::Word(byte.to_ascii_lowercase()),
            b'&' | b'%' | b'\\' | b'<' | b'_' | 0x80.. => Class::Sign,
            _ => Class::Gap,
        };
        at += 1;
    }
    table
}

/// The words of a text, one space before each and after the last.
pub(crate) fn fold(bytes: &[u8]) -> Vec<u8> {
    Folder::new(bytes, false).run().0
}

/// The words of a text in each way to read it: an old entity may lack its end, or be an ampersand before a word.
pub(crate) fn readings(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let (words, open) = Folder::new(bytes, false).run();
    let other = open.then(|| Folder::new(bytes, true).run().0);
    std::iter::once(words).chain(other)
}

struct Folder<'b> {
    bytes: &'b [u8],
    at: usize,
    out: Vec<u8>,
    /// Is an old entity read where its end is missing?
    lenient: bool,
    /// Was there such a place?
    open: bool,
}

impl<'b> Folder<'b> {
    fn new(bytes: &'b [u8], lenient: bool) -> Self {
        Self {
            bytes,
            at: 0,
            out: Vec::with_capacity(bytes.len() + 2),
            lenient,
            open: false,
        }
    }

    /// The words, and whether they could be read in another way.
    fn run(mut self) -> (Vec<u8>, bool) {
        self.out.push(b' ');
        while let Some(&byte) = self.bytes.get(self.at) {
            match CLASSES[usize::from(byte)] {
                Class::Word(letter) => {
                    self.out.push(letter);
                    self.at += 1;
                }
                Class::Gap => self.gap(1),
                Class::Sign => self.sign(byte),
            }
        }
        self.gap(0);
        (self.out, self.open)
    }

    fn gap(&mut self, length: usize) {
        if self.out.last() == Some(&b'_') {
            self.out.pop();
        }
        if self.out.last() != Some(&b' ') {
            self.out.push(b' ');
        }
        self.at += length;
    }

    fn sign(&mut self, byte: u8) {
        match byte {
            b'&' => self.entity(),
            b'%' => self.percent(),
            b'\\' => self.escape(),
            b'<' => self.tag(self.at + 1),
            b'_' => self.underscore(),
            _ => self.character(),
        }
    }

    fn rest(&self, from: usize) -> &[u8] {
        self.bytes.get(from..).unwrap_or_default()
    }

    /// Part of a word only within it: at the ends of a word it is emphasis.
    fn underscore(&mut self) {
        let inside = self.out.last() != Some(&b' ')
            && self
                .rest(self.at + 1)
                .first()
                .is_some_and(u8::is_ascii_alphanumeric);
        if inside {
            self.out.push(b'_');
            self.at += 1;
        } else {
            self.gap(1);
        }
    }

    /// `&lt;`, `&#x27;`, and the same escaped twice.
    fn entity(&mut self) {
        let mut start = self.at + 1;
        while self.rest(start).starts_with(b"amp;") {
            start += 4;
        }
        let Some(entity) = entity(self.rest(start)) else {
            // No entity: an ampersand before a word.
            return self.gap(start - self.at);
        };
        self.open |= entity.open;
        if entity.open && !self.lenient {
            return self.gap(start - self.at);
        }
        if entity.letters == "<" && !entity.number {
            return self.tag(start + entity.length);
        }
        for c in entity.letters.chars() {
            self.letter(c);
        }
        self.at = start + entity.length;
    }

    /// `%20`, and several in a row for one character.
    fn percent(&mut self) {
        let mut decoded = Vec::new();
        let mut at = self.at;
        while let [b'%', high, low, ..] = *self.rest(at) {
            let digit = |byte: u8| char::from(byte).to_digit(16);
            let (Some(high), Some(low)) = (digit(high), digit(low)) else {
                break;
            };
            decoded.extend(u8::try_from(high * 16 + low));
            at += 3;
        }
        if decoded.is_empty() {
            return self.gap(1);
        }
        for c in String::from_utf8_lossy(&decoded).chars() {
            self.letter(c);
        }
        self.at = at;
    }

    /// Of JSON and TOML, and of Markdown.
    fn escape(&mut self) {
        match *self.rest(self.at + 1) {
            [b'n' | b'r' | b't' | b'\\', ..] => self.gap(2),
            [b'u', a, b, c, d, ..] => {
                let digits = [a, b, c, d].map(char::from);
                let code = digits
                    .iter()
                    .try_fold(0, |code, digit| Some(code * 16 + digit.to_digit(16)?));
                match code.and_then(char::from_u32) {
                    Some(c) => {
                        self.letter(c);
                        self.at += 6;
                    }
                    None => self.gap(1),
                }
            }
            // What is escaped stands for itself.
            _ => self.at += 1,
        }
    }

    /// The name of an element is no word of the text; its attributes may hold some.
    fn tag(&mut self, start: usize) {
        let name = self.rest(start);
        let slash = usize::from(name.starts_with(b"/"));
        let length = name[slash..]
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric())
            .count();
        self.gap(start + slash + length - self.at);
    }

    fn character(&mut self) {
        const WIDEST: usize = 4;
        let window = self.rest(self.at);
        let window = &window[..window.len().min(WIDEST)];
        let chunk = window.utf8_chunks().next();
        match chunk.and_then(|chunk| chunk.valid().chars().next()) {
            Some(c) => {
                self.letter(c);
                self.at += c.len_utf8();
            }
            None => self.gap(1),
        }
    }

    /// A letter without its marks, as small as it gets; what cannot be seen is not there.
    fn letter(&mut self, c: char) {
        if matches!(
            c,
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
        ) {
            return;
        }
        for part in std::iter::once(c).nfkd() {
            if is_combining_mark(part) {
                continue;
            }
            let inside = !matches!(self.out.last(), Some(b' ' | b'_'));
            if part == '_' && inside {
                self.out.push(b'_');
            } else if is_spaceless(part) && part.is_alphanumeric() {
                self.gap(0);
                self.out.extend_from_slice(part.to_string().as_bytes());
                self.gap(0);
            } else if part.is_alphanumeric() {
                let mut bytes = [0; 4];
                for small in part
                    .to_lowercase()
                    .filter(|small| !is_combining_mark(*small))
                {
                    self.out
                        .extend_from_slice(small.encode_utf8(&mut bytes).as_bytes());
                }
            } else {
                self.gap(0);
            }
        }
    }
}

#[cfg(test)]
mod tests;
