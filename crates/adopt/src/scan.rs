//! Owns the way from lines to parts. Markdown is read as people see it, and so is text that only looks like it.
//! Must never take more than one pass, or lose a line.

use std::ops::Range;

use crate::page::{Kind, Part};
use crate::{table, words};

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

struct Scanner {
    parts: Vec<Part>,
    /// The headings that are open, with their levels.
    open: Vec<(usize, usize)>,
    long: Vec<Range<usize>>,
}

impl Scanner {
    /// Reads what begins at this line, and says how many lines that were.
    fn line(&mut self, lines: &[Line<'_>], at: usize) -> usize {
        let line = &lines[at];
        let text = line.text.trim_start();
        if text.is_empty() {
            return 1;
        }
        if text.len() > LONGEST_LINE {
            self.long.push(line.at());
            return 1;
        }
        if let Some(fence) = fence(text) {
            return self.code(lines, at, fence);
        }
        if text.starts_with("<!--") {
            return 1 + lines[at..]
                .iter()
                .take_while(|line| !line.text.contains("-->"))
                .count();
        }
        if let Some((level, title)) = heading(text).or_else(|| underlined(lines, at)) {
            self.heading(level, title, line.at());
            return if heading(text).is_some() { 1 } else { 2 };
        }
        if is_break(text) {
            self.push(Kind::Break, line.at(), None, String::new());
            return 1;
        }
        if let Some((rows, count)) = table::table(&lines[at..]) {
            for row in rows {
                let (kind, text) = (Kind::Row(row.cells), row.text);
                self.push(kind, row.at, None, text);
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
        let (label, rest) = labelled(first);
        let goes_on = |line: &Line<'_>| {
            let text = line.text.trim_start();
            let plain = !text.is_empty() && text.len() <= LONGEST_LINE;
            plain
                && fence(text).is_none()
                && heading(text).is_none()
                && item(text).is_none()
                && !text.starts_with('<')
                && !text.starts_with('|')
                && !is_break(text)
                && (labelled(text).0.is_none() || line.text.starts_with("  "))
        };
        // No paragraph of a policy has more lines: what follows is another one.
        let more = lines[at + 1..]
            .iter()
            .take(100)
            .take_while(|line| goes_on(line));
        let mut text = rest;
        let mut count = 1;
        for line in more {
            let line = words::plain(line.text);
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&line);
            count += 1;
        }
        let whole = lines[at].start..lines[at + count - 1].at().end;
        self.push(kind, whole, label, text);
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
        });
    }
}

fn fence(text: &str) -> Option<(u8, usize)> {
    let mark = text.bytes().next().filter(|byte| b"`~".contains(byte))?;
    let count = text.bytes().take_while(|byte| *byte == mark).count();
    let info = &text[count..];
    (count >= 3 && !info.contains('`')).then_some((mark, count))
}

/// `## Title` of Markdown and `== Title` of `AsciiDoc`.
fn heading(text: &str) -> Option<(usize, String)> {
    let mark = text.chars().next().filter(|c| "#=".contains(*c))?;
    let level = text.chars().take_while(|c| *c == mark).count();
    let title = text[level..]
        .strip_prefix(' ')?
        .trim_end_matches(['#', '=', ' ']);
    (level <= 6 && !title.is_empty()).then(|| (level, words::plain(title)))
}

/// A line with a line of `===` or `---` below.
fn underlined(lines: &[Line<'_>], at: usize) -> Option<(usize, String)> {
    let below = lines.get(at + 1)?.text;
    let level = match below.bytes().next()? {
        b'=' => 1,
        b'-' => 2,
        _ => return None,
    };
    let line = below.len() >= 2 && below.bytes().all(|byte| byte == below.as_bytes()[0]);
    let text = lines[at].text;
    let title = line && !text.contains('|') && item(text).is_none() && text.len() < 120;
    title.then(|| (level, words::plain(text)))
}

/// `**Title**` alone between empty lines, short and without the end of a sentence.
fn bold_title(lines: &[Line<'_>], at: usize) -> Option<String> {
    let empty = |line: Option<&Line<'_>>| line.is_none_or(|line| line.text.is_empty());
    let before = at.checked_sub(1).and_then(|at| lines.get(at));
    let inner = lines[at]
        .text
        .trim()
        .strip_prefix("**")?
        .strip_suffix("**")?;
    let title = inner.trim_end_matches(':');
    let short = title.split_whitespace().count() <= 5 && !title.ends_with(['.', '!', '?']);
    (short && empty(before) && empty(lines.get(at + 1))).then(|| words::plain(title))
}

fn is_break(text: &str) -> bool {
    let mark = text.as_bytes().first().copied().unwrap_or_default();
    text.len() >= 3 && b"-_*".contains(&mark) && text.bytes().all(|byte| byte == mark)
}

/// What stands after the mark of a list.
pub(crate) fn item(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = if (1..=3).contains(&digits) {
        text[digits..].strip_prefix(['.', ')'])
    } else {
        text.strip_prefix(['-', '*', '+', '•'])
    }?;
    rest.starts_with([' ', '\t']).then(|| rest.trim_start())
}

/// The label of a line and the rest, both without markup: `**Label**: rest`, `**Label** - rest` or `Label: rest`.
fn labelled(raw: &str) -> (Option<String>, String) {
    let symbol = |c: char| !c.is_ascii() && !c.is_alphanumeric() && !c.is_whitespace();
    let trimmed = raw.trim_start_matches(|c| symbol(c) || c == ' ');
    let bold = trimmed
        .strip_prefix("**")
        .and_then(|rest| rest.split_once("**"));
    if let Some((label, rest)) = bold {
        let inside = label.strip_suffix(':');
        let after = [": ", ":", " - ", " – ", " — "];
        let after = after.iter().find_map(|mark| rest.strip_prefix(mark));
        if let Some(rest) = after.or(inside.map(|_| rest)) {
            let label = inside.unwrap_or(label);
            return (Some(words::plain(label)), words::plain(rest));
        }
        return (None, words::plain(raw));
    }
    let Some((label, rest)) = trimmed.split_once(':') else {
        return (None, words::plain(raw));
    };
    let short = label.len() <= 40 && label.split_whitespace().count() <= 4;
    let name =
        label.starts_with(|c: char| c.is_uppercase()) && !label.contains(['(', '[', '<', '.', ',']);
    if short && name && rest.starts_with(' ') {
        return (Some(words::plain(label)), words::plain(rest));
    }
    (None, words::plain(raw))
}
