//! Owns one part between two markers: what is between them is ours, every other byte is not.
//! Must never guess where a part ends.

use crate::{line_of, marker_places};

/// Why two markers are no pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unpaired {
    /// It begins while it has begun.
    BeginsAgain,
    /// It ends, and had ended.
    EndsAgain,
    /// It begins only.
    NeverEnds,
    /// It ends first.
    EndsFirst,
}

impl Unpaired {
    /// As a sentence about `part`.
    pub fn says(self, part: &str) -> String {
        let says = match self {
            Self::BeginsAgain => "begins here a second time",
            Self::EndsAgain => "ends here a second time",
            Self::NeverEnds => "begins here and never ends",
            Self::EndsFirst => "ends here before it begins",
        };
        format!("{part} {says}")
    }
}

/// The one pair of places, or none.
///
/// # Errors
/// The place that is too much or has no counterpart, and why.
pub fn pair(begins: &[usize], ends: &[usize]) -> Result<Option<(usize, usize)>, (usize, Unpaired)> {
    match (begins, ends) {
        ([], []) => Ok(None),
        ([from], [to]) if from < to => Ok(Some((*from, *to))),
        ([_, again, ..], _) => Err((*again, Unpaired::BeginsAgain)),
        (_, [_, again, ..]) => Err((*again, Unpaired::EndsAgain)),
        ([from], []) => Err((*from, Unpaired::NeverEnds)),
        ([] | [_], [to]) => Err((*to, Unpaired::EndsFirst)),
    }
}

/// The text with `part` between its markers, in the text's own kind of line ends; `None` where it has no markers.
///
/// # Errors
/// The line of a marker without a counterpart, and what is wrong with it.
pub fn filled(
    text: &str,
    [begin, end]: [&str; 2],
    part: &str,
) -> Result<Option<String>, (usize, Unpaired)> {
    let places = pair(&marker_places(text, begin), &marker_places(text, end));
    let places = places.map_err(|(at, why)| (line_of(text, at), why))?;
    let Some((from, to)) = places else {
        return Ok(None);
    };
    let from = from + begin.len();
    let end = if text[from..].starts_with("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let part = format!("\n\n{part}\n").replace('\n', end);
    Ok(Some(format!("{}{part}{}", &text[..from], &text[to..])))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKERS: [&str; 2] = ["<!-- ours -->", "<!-- /ours -->"];

    fn put(text: &str, part: &str) -> Result<Option<String>, (usize, Unpaired)> {
        filled(text, MARKERS, part)
    }

    fn text(inside: &str) -> String {
        let [begin, end] = MARKERS;
        format!("above\n{begin}{inside}{end} behind\n\nbelow")
    }

    #[test]
    fn only_what_is_between_the_markers_changes() {
        let once = put(&text("old"), "new\n").expect("paired").expect("marked");
        assert_eq!(once, text("\n\nnew\n\n"));
        assert_eq!(put(&once, "new\n"), Ok(Some(once)));
    }

    #[test]
    fn a_file_with_carriage_returns_keeps_them() {
        let [begin, end] = MARKERS;
        let filled = put(&format!("a\r\n{begin}\r\n{end}\r\n"), "b\n");
        assert_eq!(
            filled,
            Ok(Some(format!("a\r\n{begin}\r\n\r\nb\r\n\r\n{end}\r\n")))
        );
    }

    #[test]
    fn markers_that_are_shown_as_code_mark_nothing() {
        let [begin, end] = MARKERS;
        for shown in [
            format!("```html\n{begin}\n{end}\n```\n"),
            format!("~~~~\n```\n{begin}\n~~~\n{end}\n~~~~\n"),
            format!("- As so:\n\n  ```\n  {begin}\n  {end}\n  ```\n"),
            format!("> ```\n> {begin}\n> {end}\n> ```\n"),
            format!("Above.\n\n    {begin}\n    {end}\n"),
            format!("Write `{begin}` and `{end}`.\n"),
            format!("```\n{begin}\n{end}\n"),
        ] {
            assert_eq!(put(&shown, "x"), Ok(None), "{shown}");
        }
        let both = format!("```\n{begin}\n{end}\n```\n{begin}\nold\n{end}\n");
        let filled = put(&both, "new\n").expect("paired").expect("marked");
        assert!(filled.starts_with(&both[..both.len() / 2]) && !filled.contains("old"));
        for open in ["<div>\n", "- a\n\n  ", "\u{feff}", "a\r\n"] {
            let text = format!("{open}{begin}\nold\n{end}\n");
            assert!(matches!(put(&text, "x"), Ok(Some(_))), "{text}");
        }
    }

    #[test]
    fn markers_that_are_no_pair_are_refused_with_their_line() {
        let [begin, end] = MARKERS;
        assert_eq!(put("nothing", "x"), Ok(None));
        for (text, line) in [
            (format!("\n{begin}\n"), 2),
            (format!("\n\n{end}\n"), 3),
            (format!("{end}\n{begin}\n"), 1),
            (format!("{begin}\n{begin}\n{end}"), 2),
            (format!("{begin}\n{end}\n{end}"), 3),
        ] {
            let fault = put(&text, "x").expect_err("no pair");
            assert_eq!(fault.0, line, "{text}");
        }
    }
}
