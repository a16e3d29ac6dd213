//! Owns the prose of one advisory, read once for all rules: what is code in it, what are links, what are words.
//! Must never judge, and never move a byte: a place in a masked text is the same place in the file.

use std::ops::Range;

use caveat_diag::Diagnostic;

use crate::candidate::Candidate;
use crate::markdown::Link;
use crate::rule::Finder;
use crate::rules::is_open;
use crate::text::texts;
use crate::{address, markdown};

/// How a piece of text is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Blocks, links and code.
    Markdown,
    /// One line, where only backticks mean something.
    Line,
    /// The name of somebody.
    Name,
    /// The name of a function.
    Code,
}

/// One text of an advisory.
pub(crate) struct Piece<'a> {
    /// Its field.
    pub(crate) field: String,
    /// How it is to be read.
    pub(crate) kind: Kind,
    /// As written.
    pub(crate) text: &'a str,
    /// As written, with spaces for code.
    pub(crate) open: String,
    /// The links of Markdown, in `open`.
    pub(crate) links: Vec<Link>,
    /// With spaces for code and addresses: what a person reads as sentences.
    pub(crate) words: String,
    /// The same in small letters.
    pub(crate) lower: String,
}

/// All texts of an advisory.
pub(crate) struct Prose<'a> {
    /// The advisory.
    pub(crate) candidate: &'a Candidate,
    /// Every piece, in the order of the form.
    pub(crate) pieces: Vec<Piece<'a>>,
}

impl<'a> Prose<'a> {
    pub(crate) fn new(candidate: &'a Candidate) -> Self {
        // What is still to be written has one fault, and is not judged as prose.
        let written = |(_, text): &(String, &str)| !is_open(text);
        let texts = texts(candidate).into_iter().filter(written);
        let pieces = texts.map(|(field, text)| Piece::new(field, text));
        Self {
            candidate,
            pieces: pieces.collect(),
        }
    }

    /// What is written in sentences or phrases.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = &Piece<'a>> {
        let kinds = [Kind::Markdown, Kind::Line];
        self.pieces
            .iter()
            .filter(move |piece| kinds.contains(&piece.kind))
    }

    /// What is written in Markdown.
    pub(crate) fn markdown(&self) -> impl Iterator<Item = &Piece<'a>> {
        self.pieces
            .iter()
            .filter(|piece| piece.kind == Kind::Markdown)
    }

    /// The piece of one field.
    pub(crate) fn piece(&self, field: &str) -> Option<&Piece<'a>> {
        self.pieces.iter().find(|piece| piece.field == field)
    }

    /// The names of the affected packages and of their projects.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let packages = self.candidate.rows.iter();
        let packages = packages.filter_map(|row| row.package.as_ref().ok());
        packages.flat_map(|package| [package.name.as_str(), package.title.as_str()])
    }

    /// A finding on some bytes of a piece.
    pub(crate) fn at(
        &self,
        finder: &Finder<'_>,
        piece: &Piece<'_>,
        bytes: Range<usize>,
        message: impl AsRef<str>,
    ) -> Diagnostic {
        let document = &self.candidate.document;
        let span = document.within(&piece.field, piece.text, bytes);
        finder.on(document, span, message)
    }
}

impl<'a> Piece<'a> {
    pub(crate) fn new(field: String, text: &'a str) -> Self {
        let kind = kind(&field);
        let mut open = String::with_capacity(text.len());
        match kind {
            Kind::Markdown => open = markdown::without_code(text),
            Kind::Line => markdown::without_spans(text, &mut open),
            Kind::Name => open.push_str(text),
            Kind::Code => markdown::blank(text, &mut open),
        }
        let links = match kind {
            Kind::Markdown => markdown::links(&open),
            _ => Vec::new(),
        };
        let words = without_addresses(&open, &links);
        Self {
            field,
            kind,
            text,
            lower: words.to_ascii_lowercase(),
            words,
            links,
            open,
        }
    }

    /// For each of these phrases in small letters, where it stands as whole words.
    pub(crate) fn phrases<'s>(
        &'s self,
        phrases: &'s [&'s str],
    ) -> impl Iterator<Item = (usize, &'s str)> {
        phrases.iter().flat_map(|phrase| {
            let hits = self.lower.match_indices(phrase);
            hits.filter(|(at, found)| whole(&self.lower, *at..*at + found.len()))
        })
    }
}

fn kind(field: &str) -> Kind {
    match field {
        "description" | "affected-if" | "workaround" => Kind::Markdown,
        _ if field.starts_with("credit") => Kind::Name,
        _ if field.ends_with(".no-fix") || field.ends_with(".availability") => Kind::Line,
        _ if field.starts_with("affected[") => Kind::Code,
        _ => Kind::Line,
    }
}

fn without_addresses(open: &str, links: &[Link]) -> String {
    let mut places = address::web(open);
    places.extend(links.iter().map(|link| link.address.clone()));
    places.sort_by_key(|place| place.start);
    let mut out = String::with_capacity(open.len());
    for place in places {
        if place.end > out.len() {
            let start = place.start.max(out.len());
            out.push_str(&open[out.len()..start]);
            markdown::blank(&open[start..place.end], &mut out);
        }
    }
    out.push_str(&open[out.len()..]);
    out
}

/// Does no word go on beyond either end?
pub(crate) fn whole(text: &str, place: Range<usize>) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    !text[..place.start].ends_with(part) && !text[place.end..].starts_with(part)
}

/// Words of a text and where they begin: letters, digits, and the signs of names and versions between them.
pub(crate) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let inner = |c: char| c.is_alphanumeric() || "_-'.+/@:".contains(c);
    let mut at = 0;
    std::iter::from_fn(move || {
        at += text[at..].find(char::is_alphanumeric)?;
        let rest = &text[at..];
        let length = rest.find(|c| !inner(c)).unwrap_or(rest.len());
        let word = rest[..length].trim_end_matches(|c: char| !c.is_alphanumeric());
        let start = at;
        at += length;
        Some((start, word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_reads_is_neither_code_nor_an_address() {
        let piece = Piece::new(
            "description".to_owned(),
            "See `a` at <https://b.c>, [d](e) and https://f.g/h.",
        );
        assert_eq!(
            piece.words,
            "See     at <           >, [d]( ) and              ."
        );
        let title = Piece::new("title".to_owned(), "`a` in\n    [b](c)");
        assert_eq!(title.words, "    in\n    [b](c)");
    }

    #[test]
    fn words_keep_the_signs_within_them() {
        let found: Vec<_> = words("Use-after-free, in 1.2.3-rc.1. (x_y) é!").collect();
        let expected = [
            (0, "Use-after-free"),
            (16, "in"),
            (19, "1.2.3-rc.1"),
            (32, "x_y"),
            (37, "é"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_phrase_is_no_part_of_a_word() {
        let piece = Piece::new("title".to_owned(), "Todays today `today`");
        assert_eq!(
            piece.phrases(&["today"]).collect::<Vec<_>>(),
            [(7, "today")]
        );
    }
}
