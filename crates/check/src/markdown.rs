//! Owns what is code in a piece of Markdown, and where its links lead.
//! Must never render: it only finds places, byte for byte, and reads each text once.

use std::ops::Range;

/// The text with all code replaced by spaces, so that every other byte stays where it is.
pub(crate) fn without_code(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut at, mut fence, mut blank_before) = (0, None, true);
    let mut open = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        let code = in_block(line, &mut fence, &mut blank_before);
        if code || line.trim().is_empty() {
            without_spans(&text[open..at], &mut out);
            blank(line, &mut out);
            open = end;
        }
        at = end;
    }
    without_spans(&text[open..], &mut out);
    out
}

/// Is this line part of a fenced or indented block?
fn in_block(line: &str, fence: &mut Option<(u8, usize)>, blank_before: &mut bool) -> bool {
    let body = line.trim();
    let run = |sign: u8| body.bytes().take_while(|byte| *byte == sign).count();
    if let Some((sign, length)) = *fence {
        if run(sign) >= length && run(sign) == body.len() {
            *fence = None;
        }
        *blank_before = false;
        return true;
    }
    let sign = body.bytes().next().unwrap_or_default();
    let opens = (sign == b'`' && run(b'`') >= 3 && !body[run(b'`')..].contains('`'))
        || (sign == b'~' && run(b'~') >= 3);
    if opens {
        *fence = Some((sign, run(sign)));
        return true;
    }
    let indented = *blank_before && (line.starts_with("    ") || line.starts_with('\t'));
    *blank_before = body.is_empty() || indented;
    indented
}

/// One paragraph: a run of backticks ends at the next run of the same length.
pub(crate) fn without_spans(text: &str, out: &mut String) {
    let runs = runs(text);
    let mut last_of = Vec::new();
    for (index, run) in runs.iter().enumerate() {
        if last_of.len() <= run.len() {
            last_of.resize(run.len() + 1, 0);
        }
        last_of[run.len()] = index;
    }
    let (mut done, mut index) = (0, 0);
    while let Some(run) = runs.get(index) {
        let escaped = text[..run.start].ends_with('\\');
        if escaped || last_of[run.len()] <= index {
            index += 1;
            continue;
        }
        // What is skipped here is never looked at again, so all of it is one pass.
        let step = runs[index + 1..]
            .iter()
            .position(|other| other.len() == run.len());
        let close = index + 1 + step.unwrap_or_default();
        out.push_str(&text[done..run.start]);
        blank(&text[run.start..runs[close].end], out);
        (done, index) = (runs[close].end, close + 1);
    }
    out.push_str(&text[done..]);
}

fn runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices('`') {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// Spaces for bytes; line breaks stay.
pub(crate) fn blank(text: &str, out: &mut String) {
    out.extend(
        text.bytes()
            .map(|byte| if byte == b'\n' { '\n' } else { ' ' }),
    );
}

/// A link or an image as Markdown writes it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// Where its address stands.
    pub(crate) address: Range<usize>,
    /// `![..](..)`.
    pub(crate) image: bool,
}

/// No address that anybody wrote is longer, in bytes.
const LONGEST: usize = 1_000;

/// Every link of a text without code: `[..](address)`, `[name]: address` and `<address>`.
pub(crate) fn links(text: &str) -> Vec<Link> {
    let mut found = inline_links(text);
    found.extend(named(text));
    for (at, _) in text.match_indices('<') {
        let rest = text[at + 1..].bytes().take(LONGEST);
        let length = rest
            .into_iter()
            .position(|byte| byte == b'>' || byte.is_ascii_whitespace());
        let end = at + 1 + length.unwrap_or_default();
        if text[end..].starts_with('>') && text[at + 1..end].contains("://") {
            found.push(Link {
                address: at + 1..end,
                image: false,
            });
        }
    }
    found
}

/// Lines such as `[name]: address`.
fn named(text: &str) -> Vec<Link> {
    let (mut found, mut at) = (Vec::new(), 0);
    for line in text.split_inclusive('\n') {
        let colon = line.trim_start().starts_with('[').then(|| line.find("]: "));
        if let Some(colon) = colon
            .flatten()
            .filter(|colon| !line[..*colon].contains("]("))
        {
            let start = colon + 3;
            let length = line[start..].find(char::is_whitespace);
            let end = length.map_or(line.len(), |length| start + length);
            found.push(Link {
                address: at + start..at + end,
                image: false,
            });
        }
        at += line.len();
    }
    found
}

fn inline_links(text: &str) -> Vec<Link> {
    let mut found = Vec::new();
    // The innermost bracket that is still open, outermost first.
    let mut open = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => open.push(at),
            b']' => {
                let Some(bracket) = open.pop() else { continue };
                if text[at + 1..].starts_with('(') {
                    let image = text[..bracket].ends_with('!');
                    found.extend(address(text, at + 2).map(|address| Link { address, image }));
                }
            }
            b'\n' if text[at + 1..].starts_with('\n') => open.clear(),
            _ => {}
        }
    }
    found
}

/// The address that begins here, up to the bracket that closes the link or to a title.
fn address(text: &str, start: usize) -> Option<Range<usize>> {
    let mut depth = 0;
    for (offset, byte) in text[start..].bytes().enumerate().take(LONGEST) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(start..start + offset),
            b')' => depth -= 1,
            b' ' | b'\t' if offset > 0 => return Some(start..start + offset),
            b'\n' => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn addresses(text: &str) -> Vec<&str> {
        let links = links(text).into_iter();
        links.map(|link| &text[link.address]).collect()
    }

    #[test]
    fn code_of_every_kind_is_blank_and_nothing_else_moves() {
        for (text, rest) in [
            ("a `b` c", "a     c"),
            ("a ``b ` c`` d", "a           d"),
            ("a ` b", "a ` b"),
            ("a \\`b` c", "a \\`b` c"),
            ("`a\n\nb`", "`a\n\nb`"),
            ("x\n```sh\ny\n```\nz", "x\n     \n \n   \nz"),
            ("```\ny", "   \n "),
            ("~~~~\n~~~\n~~~~\nz", "    \n   \n    \nz"),
            ("x\n\n    y\nz", "x\n\n     \nz"),
            ("* x\n    y", "* x\n    y"),
        ] {
            assert_eq!(without_code(text), rest, "{text:?}");
        }
    }

    #[test]
    fn links_are_found_in_every_spelling() {
        assert_eq!(
            addresses("[a](b) [c](d \"t\") [](e(f))"),
            ["b", "d", "e(f)"]
        );
        assert_eq!(addresses("see\n[x]: https://a.b\n"), ["https://a.b"]);
        assert_eq!(addresses("<https://a.b> <b> 1 < 2"), ["https://a.b"]);
        assert_eq!(addresses("a[0](1"), [""; 0]);
        assert_eq!(addresses("a] (b) [c]\n\n](d)"), [""; 0]);
        let image = links("![a [b]](c)");
        assert!(image.len() == 1 && image[0].image);
    }

    #[test]
    fn hostile_backticks_and_brackets_are_read_in_one_pass() {
        let ticks: String = (1..1_200).map(|n| "`".repeat(n) + " ").collect();
        let hostile =
            ticks + &"` ".repeat(100_001) + &"[](".repeat(10_000) + &"<]: ".repeat(10_000);
        assert_eq!(without_code(&hostile).len(), hostile.len());
        assert!(links(&hostile).len() < hostile.len());
    }

    proptest! {
        #[test]
        fn every_text_keeps_its_length_and_its_lines(text in "([`~\\[\\]()<>: \n\\\\!a#]|ä|    |```|://){0,60}") {
            let open = without_code(&text);
            prop_assert_eq!(open.len(), text.len());
            prop_assert_eq!(open.matches('\n').count(), text.matches('\n').count());
            for link in links(&open) {
                prop_assert!(open.get(link.address).is_some());
            }
        }
    }
}
