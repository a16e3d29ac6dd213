//! Owns lines of TOML with comments above: where a value comes from, and whether it is a guess.
//! Must never write a comment that could be read as anything else.

use std::ops::Range;

use toml_writer::{ToTomlValue as _, TomlStringBuilder};

use crate::facts::{Left, Said};
use crate::page::Page;

/// A file while it is written.
pub(super) struct Sheet<'p> {
    out: String,
    page: Option<&'p Page>,
    /// What is to be told beside the first value of the same part.
    left: Vec<&'p Left>,
}

impl<'p> Sheet<'p> {
    pub(super) fn new(page: &'p Page, left: &'p [Left]) -> Self {
        Self {
            out: String::new(),
            page: Some(page),
            left: left.iter().collect(),
        }
    }

    /// Without a text to refer to.
    pub(super) fn bare() -> Self {
        Self {
            out: String::new(),
            page: None,
            left: Vec::new(),
        }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    pub(super) fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    pub(super) fn gap(&mut self) {
        self.out.push('\n');
    }

    /// `[name]` or `[[name]]`.
    pub(super) fn header(&mut self, name: &str) {
        self.gap();
        self.line(name);
    }

    /// A comment: nothing in it can end it, or drive a terminal.
    pub(super) fn remark(&mut self, text: &str) {
        let hidden = |c: char| {
            c.is_control()
                || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        };
        self.out.push_str("# ");
        for c in text.chars() {
            if hidden(c) {
                self.out.extend(c.escape_unicode());
            } else {
                self.out.push(c);
            }
        }
        self.out.push('\n');
    }

    /// `SECURITY.md:12`; nothing for what the text does not say.
    fn place(&self, at: &Range<usize>) -> Option<String> {
        let page = self.page?;
        (at.end > 0).then(|| format!("{}:{}", page.source.path(), page.line(at)))
    }

    /// Where something comes from, above it.
    pub(super) fn origin(&mut self, at: &Range<usize>, guess: Option<&str>) {
        match (self.place(at), guess) {
            (Some(place), Some(why)) => self.remark(&format!("guess: {why} ({place})")),
            (Some(place), None) => self.remark(&place),
            (None, Some(why)) => self.remark(&format!("guess: {why}")),
            (None, None) => {}
        }
        let near = |left: &&Left| left.part.start < at.end && at.start < left.part.end;
        let (near, rest) = std::mem::take(&mut self.left).into_iter().partition(near);
        self.left = rest;
        self.missing(near);
    }

    /// What no value has, and whose part has no comment of its own either.
    pub(super) fn leftovers(&mut self) {
        let rest = std::mem::take(&mut self.left);
        if !rest.is_empty() {
            self.gap();
            self.remark("These words of lines that were read are in no value:");
            self.missing(rest);
        }
    }

    fn missing(&mut self, left: Vec<&Left>) {
        for left in left {
            let place = self.place(&left.at).unwrap_or_default();
            for words in &left.words {
                self.remark(&format!("not taken over: {} ({place})", one_line(words)));
            }
        }
    }

    pub(super) fn key(&mut self, key: &str, value: &str) {
        self.line(&format!("{key} = {value}"));
    }

    /// A value as it stands in TOML, with its origin.
    pub(super) fn said<T>(&mut self, key: &str, said: &Said<T>, value: &str) {
        self.origin(&said.at, said.guess.as_deref());
        self.key(key, value);
    }

    /// One line of text.
    pub(super) fn text(&mut self, key: &str, said: &Said<String>) {
        self.said(key, said, &string(&said.value));
    }

    /// A word of a closed list.
    pub(super) fn word<T>(&mut self, key: &str, said: &Said<T>, word: &str) {
        self.said(key, said, &string(word));
    }

    /// Texts, one line each.
    pub(super) fn list<'s>(
        &mut self,
        key: &str,
        all: impl IntoIterator<Item = (&'s str, &'s Range<usize>, Option<&'s str>)>,
    ) {
        let mut lines = Vec::new();
        for (value, at, guess) in all {
            let place = self.place(at).unwrap_or_default();
            let why = guess.map_or_else(String::new, |why| format!("guess: {why}, "));
            lines.push(format!("    {},  # {why}{place}", string(value)));
        }
        if !lines.is_empty() {
            self.line(&format!("{key} = ["));
            for line in lines {
                self.line(&line);
            }
            self.line("]");
        }
    }

    /// Texts that were said.
    pub(super) fn texts(&mut self, key: &str, all: &[Said<String>]) {
        let items = all
            .iter()
            .map(|said| (said.value.as_str(), &said.at, said.guess.as_deref()));
        self.list(key, items);
    }

    /// What a person must fill in, as comments.
    pub(super) fn open(&mut self, lines: &[&str]) {
        for line in lines {
            self.remark(line);
        }
    }

    /// What was not understood, word for word.
    pub(super) fn quote(&mut self, at: &Range<usize>) {
        let text = self
            .page
            .and_then(|page| page.source.text().get(at.clone()))
            .unwrap_or_default();
        let place = self.place(at).unwrap_or_default();
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        for line in lines {
            self.remark(&format!("{place}: {}", one_line(line)));
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// On one line, in the quotes that need no escapes where there are such.
pub(super) fn string(value: &str) -> String {
    let line = one_line(value);
    let builder = TomlStringBuilder::new(&line);
    let plain = builder.as_basic_pretty().or_else(|| builder.as_literal());
    plain.unwrap_or_else(|| builder.as_basic()).to_toml_value()
}

/// Markdown on lines of its own, word for word.
pub(super) fn prose(value: &str) -> String {
    let builder = TomlStringBuilder::new(value);
    let literal = builder.as_ml_literal();
    literal
        .unwrap_or_else(|| builder.as_ml_basic())
        .to_toml_value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_comment_ends_it() {
        let mut sheet = Sheet::bare();
        sheet.remark("a\nb = 1\r\u{1b}[31m\u{202e}");
        assert_eq!(sheet.finish().lines().count(), 1);
    }

    #[test]
    fn strings_take_the_quotes_they_need() {
        assert_eq!(string("a \"b\"\nc"), "'a \"b\" c'");
        assert_eq!(string("plain"), "\"plain\"");
        assert!(prose("a\nb'''\n").starts_with("\"\"\""));
    }
}
