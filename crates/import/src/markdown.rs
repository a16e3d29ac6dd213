//! Owns the outer form of RustSec and Julia advisories: TOML between two fences, a heading, Markdown.
//! Must never change the words of the text.

use std::ops::Range;

/// The parts of such a file, as places in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) front: Range<usize>,
    /// Without `#`.
    pub(crate) heading: Option<Range<usize>>,
    pub(crate) body: Range<usize>,
}

/// Takes a file apart; `Err` is a sentence.
pub(crate) fn split(text: &str) -> Result<Parts, &'static str> {
    const OPEN: &str = "```toml";
    let start = text.len() - text.trim_start_matches(['\u{feff}', ' ', '\n', '\r']).len();
    let rest = &text[start..];
    let first = rest.lines().next().unwrap_or_default();
    if first.trim_end() != OPEN {
        return Err("this is no advisory: it does not begin with a TOML block (```toml)");
    }
    let front = start + OPEN.len();
    let mut at = front;
    let close = text[front..].split_inclusive('\n').find_map(|line| {
        let here = at;
        at += line.len();
        (line.trim_end() == "```").then_some((here, at))
    });
    let Some((close, after)) = close else {
        return Err("the TOML block at the head has no end (```)");
    };
    let (heading, body) = heading(text, after);
    let body = trimmed(text, body..text.len());
    Ok(Parts {
        front: front..close,
        heading,
        body,
    })
}

/// The heading, if the text begins with one, and where the text goes on.
fn heading(text: &str, after: usize) -> (Option<Range<usize>>, usize) {
    let start = trimmed(text, after..text.len()).start;
    let line = text[start..].split_inclusive('\n').next().unwrap_or("");
    match line.strip_prefix("# ") {
        Some(title) => {
            let end = start + line.len();
            let title = trimmed(text, end - title.len()..end);
            (Some(title), end)
        }
        None => (None, start),
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    start..(start + part.trim().len())
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_file_has_a_front_a_heading_and_a_body() {
        let text = "```toml\nid = 1\n```\n\n# A title \n\nText.\n\n# More\n";
        let parts = split(text).expect("good");
        let heading = parts.heading.expect("a heading");
        assert_eq!(&text[parts.front], "\nid = 1\n");
        assert_eq!(
            (&text[heading], &text[parts.body]),
            ("A title", "Text.\n\n# More")
        );
    }

    #[test]
    fn a_heading_may_be_missing_and_so_may_the_text() {
        let text = "```toml\r\n```\r\nText.";
        let parts = split(text).expect("good");
        assert_eq!((parts.heading, &text[parts.body]), (None, "Text."));
        let text = "```toml\n```";
        assert!(split(text).expect("good").body.is_empty());
    }

    #[test]
    fn what_is_no_advisory_is_said() {
        for bad in ["", "# Title", "```toml\nid = 1\n", "```json\n```\n"] {
            assert!(split(bad).is_err(), "{bad}");
        }
    }
}
