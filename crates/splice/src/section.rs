//! Owns the sections of a text: its own headings, and what belongs below each.
//! Must never take a heading in a quotation, a list or a comment for one of the text.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::events;

/// A heading and what is below it, deeper headings included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// 1 is the highest.
    pub level: u8,
    /// The heading without markup.
    pub title: String,
    /// Where the heading is, from 1.
    pub line: usize,
    /// From the heading to where the next one of its level or above begins.
    pub whole: Range<usize>,
    /// The end of the last line that says something; definitions of links say nothing.
    pub end: usize,
}

/// A heading or anything else that stands by itself.
struct Piece {
    at: Range<usize>,
    heading: Option<(u8, String)>,
}

/// Every section, in the order of the text.
pub fn sections(text: &str) -> Vec<Section> {
    let pieces = pieces(text);
    let mut sections = Vec::new();
    let (mut line, mut counted) = (1, 0);
    for (at, piece) in pieces.iter().enumerate() {
        let Some((level, title)) = &piece.heading else {
            continue;
        };
        line += text[counted..piece.at.start].matches('\n').count();
        counted = piece.at.start;
        let rest = &pieces[at + 1..];
        let above = |piece: &Piece| matches!(&piece.heading, Some((other, _)) if other <= level);
        let below = rest.iter().position(above).unwrap_or(rest.len());
        let until = rest.get(below).map_or(text.len(), |next| next.at.start);
        let last = rest[..below].last().unwrap_or(piece);
        sections.push(Section {
            level: *level,
            title: title.clone(),
            line,
            whole: piece.at.start..until,
            end: end_of_line(text, piece.at.start, last.at.end.min(until)),
        });
    }
    sections
}

/// Where the last line ends that says something before a place.
fn end_of_line(text: &str, from: usize, to: usize) -> usize {
    let mut last = from + text[from..to].trim_end().len();
    loop {
        let start = text[from..last]
            .rfind('\n')
            .map_or(from, |at| from + at + 1);
        if start == from || !defines(&text[start..last]) {
            break;
        }
        // The parser counts definitions in a row to what is above them.
        last = from + text[from..start].trim_end().len();
    }
    let rest = &text[last..];
    let line = rest.find('\n').map_or(rest, |end| &rest[..end]);
    last + line.strip_suffix('\r').unwrap_or(line).len()
}

/// Is this line the definition of a link?
fn defines(line: &str) -> bool {
    let named = line
        .strip_prefix('[')
        .and_then(|rest| rest.split_once("]:"));
    named.is_some_and(|(name, _)| !name.is_empty() && !name.contains([']', '[']))
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut depth, mut title) = (0_usize, None);
    for (event, at) in events(text) {
        match event {
            Event::Start(tag) => {
                if depth == 0 {
                    title = matches!(tag, Tag::Heading { .. }).then(String::new);
                    pieces.push(Piece { at, heading: None });
                }
                depth += 1;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                if let (0, TagEnd::Heading(level), Some(piece)) = (depth, end, pieces.last_mut()) {
                    piece.heading = title.take().map(|title| (level as u8, title));
                }
            }
            Event::Text(part) | Event::Code(part) => {
                if let Some(title) = &mut title {
                    title.push_str(&part);
                }
            }
            _ if depth == 0 => pieces.push(Piece { at, heading: None }),
            _ => {}
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_section_reaches_to_the_next_heading_of_its_level() {
        let text = "\u{feff}## [1.1.0](x) - `a`\r\n### Fixed\r\n- b  \r\n\r\n## 1.0.0\nc\n\n[1.1.0]: https://example.org\n";
        let found = sections(text);
        let titles: Vec<_> = found.iter().map(|one| (one.level, &*one.title)).collect();
        assert_eq!(titles, [(2, "1.1.0 - a"), (3, "Fixed"), (2, "1.0.0")]);
        let lines: Vec<_> = found.iter().map(|one| one.line).collect();
        assert_eq!(lines, [1, 2, 5]);
        assert!(text[..found[0].end].ends_with("- b  "));
        assert!(text[found[0].whole.end..].starts_with("## 1.0.0"));
        assert!(text[..found[2].end].ends_with("\nc"));
    }

    #[test]
    fn definitions_in_a_row_are_no_part_of_a_list_above() {
        let text = "## [2]\n\n- c\n\n## [1]\n\n- d\n\n[2]: https://a.example\n[1]: https://b.example\n[0]: https://c.example\n";
        assert!(text[..sections(text)[1].end].ends_with("- d"));
    }

    #[test]
    fn headings_inside_of_something_are_none_of_the_text() {
        let text = "- # a\n\n> ## b\n\n<!--\n## c\n-->\n\n```\n## d\n```\n";
        assert_eq!(sections(text), []);
    }

    proptest! {
        #[test]
        fn every_place_is_in_the_text(text in "(#{1,3} |[a-z]|\\[a\\]: b|\r?\n|```|- |> |<!--|-->|\u{feff}|ä){0,40}") {
            for section in sections(&text) {
                prop_assert!(section.whole.start <= section.end && section.end <= section.whole.end);
                prop_assert!(text.is_char_boundary(section.end));
            }
        }
    }
}
