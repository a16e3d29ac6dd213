//! Owns how a line of a text looks: heading, item, fence, label, comment.
//! Must never look further than a few lines.

use crate::scan::Line;
use crate::words;

/// How many lines a comment has. One that never ends is none, and what stands behind its end is text.
pub(crate) fn comment(lines: &[Line<'_>]) -> Option<usize> {
    /// A longer comment is text that somebody lost the end of.
    const LONGEST: usize = 500;
    if !lines.first()?.text.trim_start().starts_with("<!--") {
        return None;
    }
    let near = lines.iter().take(LONGEST);
    let last = near.clone().position(|line| line.text.contains("-->"))?;
    let (_, behind) = lines[last].text.rsplit_once("-->")?;
    behind.trim().is_empty().then_some(last + 1)
}

pub(crate) fn fence(text: &str) -> Option<(u8, usize)> {
    let mark = text.bytes().next().filter(|byte| b"`~".contains(byte))?;
    let count = text.bytes().take_while(|byte| *byte == mark).count();
    let info = &text[count..];
    (count >= 3 && !info.contains('`')).then_some((mark, count))
}

/// Tags that begin something of their own; others are within a sentence.
pub(crate) fn is_block(text: &str) -> bool {
    let names = [
        "table", "tr", "td", "th", "ul", "ol", "li", "p", "div", "h1", "h2", "h3", "h4", "h5",
        "h6", "details", "summary", "pre", "hr", "!--", "section", "center",
    ];
    let Some(rest) = text.strip_prefix('<') else {
        return false;
    };
    let rest = rest.trim_start_matches('/');
    let end = rest.find([' ', '>', '/']).unwrap_or(rest.len());
    names.contains(&rest[..end].to_ascii_lowercase().as_str())
}

/// Nothing but tags, without a link in them.
pub(crate) fn is_tags(text: &str) -> bool {
    is_block(text)
        && !text.contains("://")
        && !text.contains('@')
        && !text.to_ascii_lowercase().starts_with("<table")
        && words::plain(text).is_empty()
}

/// `<h2>Title</h2>`.
fn html_heading(text: &str) -> Option<(usize, String)> {
    let lower = text.to_ascii_lowercase();
    let rest = lower.strip_prefix("<h")?;
    let level = rest
        .bytes()
        .next()
        .filter(|byte| (b'1'..=b'6').contains(byte))?;
    let title = words::plain(text);
    (lower.contains("</h") && !title.is_empty()).then_some((usize::from(level - b'0'), title))
}

/// `## Title` of Markdown, `== Title` of `AsciiDoc` and `<h2>Title</h2>`.
pub(crate) fn heading(text: &str) -> Option<(usize, String)> {
    if text.starts_with("<h") || text.starts_with("<H") {
        return html_heading(text);
    }
    let mark = text.chars().next().filter(|c| "#=".contains(*c))?;
    let level = text.chars().take_while(|c| *c == mark).count();
    let title = text[level..]
        .strip_prefix(' ')?
        .trim_end_matches(['#', '=', ' ']);
    (level <= 6 && !title.is_empty()).then(|| (level, words::plain(title)))
}

/// A line with a line of `===` or `---` below.
pub(crate) fn underlined(lines: &[Line<'_>], at: usize) -> Option<(usize, String)> {
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
pub(crate) fn bold_title(lines: &[Line<'_>], at: usize) -> Option<String> {
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

pub(crate) fn is_break(text: &str) -> bool {
    let mark = text.as_bytes().first().copied().unwrap_or_default();
    text.len() >= 3 && b"-_*".contains(&mark) && text.bytes().all(|byte| byte == mark)
}

/// What stands after the mark of a list.
pub(crate) fn item(text: &str) -> Option<&str> {
    let text = text.trim_start();
    if let Some(rest) = text.strip_prefix("<li>") {
        return Some(rest.trim_start());
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = if (1..=3).contains(&digits) {
        text[digits..].strip_prefix(['.', ')'])
    } else {
        text.strip_prefix(['-', '*', '+', '•'])
    }?;
    rest.starts_with([' ', '\t']).then(|| rest.trim_start())
}

/// The label of a line and the rest, both without markup: `**Label**: rest`, `**Label** - rest` or `Label: rest`.
pub(crate) fn labelled(raw: &str) -> (Option<String>, String) {
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
