//! Owns parts that know whether somebody changed them: each names what it is about, and the hash of what it holds.
//! Must never hold a part for ours that its hash does not fit.

use std::fmt::Write as _;
use std::ops::Range;

use sha2::{Digest as _, Sha256};

use crate::{Unpaired, html_parts, line_of};

/// A part between its markers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is about.
    pub label: String,
    /// The line of the marker that begins it, from 1.
    pub line: usize,
    /// With both markers.
    pub whole: Range<usize>,
    /// Without them.
    pub body: Range<usize>,
    /// Is it not what its hash says? An empty one without a hash marks a place.
    pub edited: bool,
}

/// A marker.
enum Mark {
    Begin {
        at: Range<usize>,
        label: String,
        hash: Option<String>,
    },
    End(Range<usize>),
}

/// A part as it is written: what `name` calls the kind of part, `label` this one.
///
/// One space goes before each marker: programs that read changelogs line by line take one at the left margin for
/// an element that may not stand there.
pub fn sealed(name: &str, label: &str, body: &str) -> String {
    let body = format!("\n\n{body}\n ");
    let hash = hash(label, &body);
    format!(" <!-- {name} {label} sha256:{hash} -->{body}<!-- /{name} -->")
}

/// Every part of one kind.
///
/// # Errors
/// The line of a marker without a counterpart, and what is wrong with it.
pub fn blocks(text: &str, name: &str) -> Result<Vec<Block>, (usize, Unpaired)> {
    let mut blocks = Vec::new();
    let mut open: Option<(Range<usize>, String, Option<String>)> = None;
    for mark in marks(text, name) {
        match (mark, open.take()) {
            (Mark::Begin { at, label, hash }, None) => open = Some((at, label, hash)),
            (Mark::Begin { at, .. }, Some(_)) => {
                return Err((line_of(text, at.start), Unpaired::BeginsAgain));
            }
            (Mark::End(at), Some(begin)) => blocks.push(block(text, begin, &at)),
            (Mark::End(at), None) => {
                return Err((line_of(text, at.start), Unpaired::EndsFirst));
            }
        }
    }
    match open {
        Some((at, ..)) => Err((line_of(text, at.start), Unpaired::NeverEnds)),
        None => Ok(blocks),
    }
}

fn block(text: &str, begin: (Range<usize>, String, Option<String>), end: &Range<usize>) -> Block {
    let (at, label, written) = begin;
    let body = at.end..end.start;
    // The space before the marker is part of what is written.
    let from = at.start - usize::from(text[..at.start].ends_with(' '));
    let edited = match written {
        Some(written) => written != hash(&label, &text[body.clone()]),
        None => !text[body.clone()].trim().is_empty(),
    };
    Block {
        line: line_of(text, at.start),
        whole: from..end.end,
        label,
        body,
        edited,
    }
}

/// Every marker of one kind, in the order of the text.
fn marks(text: &str, name: &str) -> Vec<Mark> {
    let (begin, end) = (format!("<!-- {name} "), format!("<!-- /{name} -->"));
    let mut marks = Vec::new();
    if !text.contains(&begin) && !text.contains(&end) {
        return marks;
    }
    for part in html_parts(text) {
        let mut at = part.start;
        while let Some(next) = text[at..part.end].find("<!--") {
            let from = at + next;
            let html = &text[from..part.end];
            let to = from + html.find("-->").map_or(html.len(), |close| close + 3);
            let comment = &text[from..to];
            if let Some(inside) = comment.strip_prefix(&begin) {
                let (label, hash) = named(inside.strip_suffix("-->").unwrap_or(inside));
                let at = from..to;
                marks.push(Mark::Begin { at, label, hash });
            } else if comment == end {
                marks.push(Mark::End(from..to));
            }
            at = to;
        }
    }
    marks
}

/// The label of a marker and its hash.
fn named(inside: &str) -> (String, Option<String>) {
    let mut words: Vec<&str> = inside.split_whitespace().collect();
    let hash = words.last().and_then(|last| last.strip_prefix("sha256:"));
    let hash = hash.map(str::to_owned);
    if hash.is_some() {
        words.pop();
    }
    (words.join(" "), hash)
}

/// A file with other line ends holds the same.
fn hash(label: &str, body: &str) -> String {
    let text = format!("{label}\n{}", body.replace("\r\n", "\n"));
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_part_is_found_whole_in_any_line_ends() {
        let part = sealed("ours", "a 1.0", "### B\n\n- c");
        for text in [
            part.clone(),
            format!("x\n\n{part}\ny"),
            format!("- x\n\n{part}\n\n## y\n").replace('\n', "\r\n"),
        ] {
            let found = blocks(&text, "ours").expect("paired");
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!((&*found[0].label, found[0].edited), ("a 1.0", false));
            assert_eq!(text[found[0].whole.clone()].replace("\r\n", "\n"), part);
        }
    }

    #[test]
    fn a_part_that_somebody_changed_is_told() {
        let part = sealed("ours", "a 1.0", "- c");
        for changed in [
            part.replace("- c", "- d"),
            part.replace("a 1.0", "a 1.1"),
            part.replace("sha256:", "sha256:0"),
            part.replace("- c", "- c\n"),
            "<!-- ours a -->\nb\n<!-- /ours -->".to_owned(),
        ] {
            assert!(
                blocks(&changed, "ours").expect("paired")[0].edited,
                "{changed}"
            );
        }
        let place = "<!-- ours a -->\n<!-- /ours -->";
        assert!(!blocks(place, "ours").expect("paired")[0].edited);
    }

    #[test]
    fn markers_that_are_no_pair_are_told_with_their_line() {
        let (begin, end) = ("<!-- ours a -->", "<!-- /ours -->");
        for (text, fault) in [
            (format!("\n{begin}\n"), (2, Unpaired::NeverEnds)),
            (format!("{end}\n{begin}\n"), (1, Unpaired::EndsFirst)),
            (
                format!("{begin}\n{begin}\n{end}"),
                (2, Unpaired::BeginsAgain),
            ),
            (format!("{begin}\n{end}\n{end}"), (3, Unpaired::EndsFirst)),
        ] {
            assert_eq!(blocks(&text, "ours"), Err(fault), "{text}");
        }
        let example = format!("```\n{begin}\n```\n");
        assert_eq!(blocks(&example, "ours"), Ok(Vec::new()));
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in "(<!-- ours a|sha256:0| -->|<!-- /ours -->|\r?\n|```|- |[a-z]|`|<!--|-->|ä){0,30}") {
            for block in blocks(&text, "ours").unwrap_or_default() {
                prop_assert!(text.is_char_boundary(block.whole.start) && block.whole.end <= text.len());
            }
        }
    }
}
