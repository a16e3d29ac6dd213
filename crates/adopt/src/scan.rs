//! Owns the way from lines to parts. Markdown is read as people see it, and so is text that only looks like it.
//! Must never take more than one pass, or lose a line.

use std::ops::Range;

use crate::page::{Kind, Part, Piece};
use crate::shapes::{
    bold_title, comment, fence, heading, is_block, is_break, is_tags, item, labelled, underlined,
};
use crate::{sentence, table, words};

/// A longer line is no sentence: it is reported, and not read.
const LONGEST_LINE: usize = 10_000;

/// No policy has more parts: what is below is reported, and not read.
const MOST_PARTS: usize = 10_000;

/// One line without its end.
#[derive(Clone)]
pub(crate) struct Line<'t> {
    pub(crate) text: &'t str,
    pub(crate) start: usize,
}

impl Line<'_> {
    pub(crate) fn at(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }
}

pub(crate) fn scan(text: &str) -> (Vec<Part>, Vec<Range<usize>>) {
    let mut scanner = Scanner {
        text,
        parts: Vec::new(),
        open: Vec::new(),
        long: Vec::new(),
    };
    let lines = lines(text);
    let mut at = 0;
    while at < lines.len() && scanner.parts.len() < MOST_PARTS {
        at += scanner.line(&lines, at).max(1);
    }
    if let Some(line) = lines.get(at) {
        scanner.long.push(line.start..text.len());
    }
    (scanner.parts, scanner.long)
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    let line = |raw| {
        let line = Line {
            text: str::trim_end(raw),
            start,
        };
        start += raw.len();
        line
    };
    text.split_inclusive('\n').map(line).collect()
}

struct Scanner<'t> {
    text: &'t str,
    parts: Vec<Part>,
    /// The headings that are open, with their levels.
    open: Vec<(usize, usize)>,
    long: Vec<Range<usize>>,
}

impl Scanner<'_> {
    /// Reads what begins at this line, and says how many lines that were.
    fn line(&mut self, lines: &[Line<'_>], at: usize) -> usize {
        let line = &lines[at];
        // A quotation is read as what it quotes.
        let text = line.text.trim_start().trim_start_matches("> ");
        if text.is_empty() || text == ">" {
            return 1;
        }
        if text.len() > LONGEST_LINE {
            self.long.push(line.at());
            return 1;
        }
        if let Some(fence) = fence(text) {
            return self.code(lines, at, fence);
        }
        if let Some(count) = comment(&lines[at..]) {
            return count;
        }
        if let Some(count) = self.indented(lines, at) {
            return count;
        }
        if let Some((level, title)) = heading(text).or_else(|| underlined(lines, at)) {
            self.heading(level, title, line.at());
            return if heading(text).is_some() { 1 } else { 2 };
        }
        if is_tags(text) {
            return 1;
        }
        if is_break(text) {
            self.push(Kind::Break, line.at(), None, String::new());
            return 1;
        }
        if let Some((rows, count)) = table::table(&lines[at..]) {
            for row in rows {
                self.push(Kind::Row, row.at, None, row.text);
                self.pieces(row.cells);
            }
            return count;
        }
        if let Some(inner) = item(text) {
            let depth = line.text.len() - text.len();
            let count = self.prose(Kind::Item(depth), lines, at, inner);
            return count;
        }
        if let Some(title) = bold_title(lines, at) {
            self.heading(6, title, line.at());
            return 1;
        }
        self.prose(Kind::Text, lines, at, text)
    }

    /// Four spaces after an empty line, and not below an item of a list: an example, and nothing that is said.
    fn indented(&mut self, lines: &[Line<'_>], at: usize) -> Option<usize> {
        let deep = |line: &Line<'_>| line.text.starts_with("    ") || line.text.starts_with('\t');
        let apart = at.checked_sub(1).is_none_or(|at| lines[at].text.is_empty());
        let listed = self.parts.last().is_some_and(Part::is_item);
        let tagged = lines[at].text.contains('<') || item(lines[at].text).is_some();
        if !deep(&lines[at]) || !apart || listed || tagged || lines[at].text.contains('|') {
            return None;
        }
        let rest = lines[at..].iter().take(500);
        let count = rest.take_while(|line| deep(line)).count();
        let whole = lines[at].start..lines[at + count - 1].at().end;
        self.push(Kind::Code(whole.clone()), whole, None, String::new());
        Some(count)
    }

    fn code(&mut self, lines: &[Line<'_>], at: usize, fence: (u8, usize)) -> usize {
        let closes = |line: &Line<'_>| {
            let text = line.text.trim_start();
            let marks = text.bytes().take_while(|byte| *byte == fence.0).count();
            marks >= fence.1 && marks == text.len()
        };
        let inner = lines[at + 1..]
            .iter()
            .take_while(|line| !closes(line))
            .count();
        let last = (at + 1 + inner).min(lines.len() - 1);
        let start = lines
            .get(at + 1)
            .map_or(lines[at].at().end, |line| line.start);
        let end = lines[at + inner].at().end.max(start);
        let whole = lines[at].start..lines[last].at().end.max(end);
        self.push(Kind::Code(start..end), whole, None, String::new());
        inner + 2
    }

    /// A paragraph or an item with the lines that belong to it.
    fn prose(&mut self, kind: Kind, lines: &[Line<'_>], at: usize, first: &str) -> usize {
        let goes_on = |line: &Line<'_>| {
            let text = line.text.trim_start();
            let plain = !text.is_empty() && text.len() <= LONGEST_LINE;
            plain
                && fence(text).is_none()
                && heading(text).is_none()
                && item(text).is_none()
                && !is_block(text)
                && !text.starts_with('|')
                && !is_break(text)
                && (labelled(text).0.is_none() || line.text.starts_with("  "))
        };
        // No paragraph of a policy has more lines: what follows is another one.
        let more = lines[at + 1..].iter().take(100);
        let count = 1 + more.take_while(|line| goes_on(line)).count();
        let whole = lines[at].start..lines[at + count - 1].at().end;
        let start = lines[at].at().end - first.len();
        let raw = &self.text[start..whole.end];
        let mut label = None;
        let mut pieces = Vec::new();
        for (nth, found) in sentence::split(raw).into_iter().enumerate() {
            let text = if nth == 0 {
                let (name, rest) = labelled(&raw[found.clone()]);
                label = name;
                rest
            } else {
                words::plain(&raw[found.clone()])
            };
            let at = start + found.start..start + found.end;
            pieces.push(Piece { text, at });
        }
        let texts = pieces.iter().map(|piece| piece.text.as_str());
        let text = texts
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        self.push(kind, whole, label, text);
        self.pieces(pieces);
        count
    }

    fn heading(&mut self, level: usize, title: String, at: Range<usize>) {
        while self.open.last().is_some_and(|(_, above)| *above >= level) {
            self.open.pop();
        }
        self.push(Kind::Heading(level), at, None, title);
        self.open.push((self.parts.len() - 1, level));
    }

    fn push(&mut self, kind: Kind, at: Range<usize>, label: Option<String>, text: String) {
        if kind == Kind::Break {
            // What follows a line across the page is about the page.
            self.open.clear();
        }
        let lower = match &label {
            Some(label) => format!("{label}: {text}").to_lowercase(),
            None => text.to_lowercase(),
        };
        let section = self.open.last().map(|(at, _)| *at);
        self.parts.push(Part {
            kind,
            at,
            section,
            label,
            text,
            lower,
            pieces: Vec::new(),
        });
    }

    /// The pieces of the part that was pushed last.
    fn pieces(&mut self, pieces: Vec<Piece>) {
        if let Some(part) = self.parts.last_mut() {
            part.pieces = pieces;
        }
    }
}
