//! Owns the markers of a file: what is between them is ours, every other byte is not.
//! Must never guess where a part ends.

use caveat_render::{MARKERS, marker_places};

/// A line, and what is wrong there.
pub(super) type Fault = (usize, &'static str);

/// The text with `part` between its markers, in the text's own kind of line ends; `None` where it has no markers.
pub(super) fn filled(text: &str, part: &str) -> Result<Option<String>, Fault> {
    let Some((from, to)) = inside(text)? else {
        return Ok(None);
    };
    let end = if text[from..].starts_with("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let part = format!("\n\n{part}\n").replace('\n', end);
    Ok(Some(format!("{}{part}{}", &text[..from], &text[to..])))
}

/// Where the part begins and ends.
fn inside(text: &str) -> Result<Option<(usize, usize)>, Fault> {
    let [begin, end] = MARKERS;
    let begins = marker_places(text, begin);
    let ends = marker_places(text, end);
    let line = |at: usize| text[..at].matches('\n').count() + 1;
    match (&begins[..], &ends[..]) {
        ([], []) => Ok(None),
        ([from], [to]) if from < to => Ok(Some((from + begin.len(), *to))),
        ([_, again, ..], _) => Err((line(*again), "the policy begins here a second time")),
        (_, [_, again, ..]) => Err((line(*again), "the policy ends here a second time")),
        ([from], []) => Err((line(*from), "the policy begins here and never ends")),
        ([] | [_], [to]) => Err((line(*to), "the policy ends here before it begins")),
    }
}

/// The first line in which two texts differ.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) line: usize,
    /// As they can be shown; none where a text has ended.
    pub(super) found: Option<String>,
    pub(super) wanted: Option<String>,
}

pub(super) fn first_difference(found: &str, wanted: &str) -> Option<Difference> {
    let (mut found, mut wanted) = (found.split('\n'), wanted.split('\n'));
    let mut line = 0;
    loop {
        line += 1;
        match (found.next(), wanted.next()) {
            (None, None) => return None,
            (found, wanted) if found == wanted => {}
            (found, wanted) => {
                return Some(Difference {
                    line,
                    found: found.map(shown),
                    wanted: wanted.map(shown),
                });
            }
        }
    }
}

/// A file's bytes must not reach a terminal as commands.
fn shown(line: &str) -> String {
    let safe = |c: char| {
        if c.is_control() {
            c.escape_debug().collect()
        } else {
            c.to_string()
        }
    };
    line.chars().map(safe).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(inside: &str) -> String {
        let [begin, end] = MARKERS;
        format!("above\n{begin}{inside}{end} behind\n\nbelow")
    }

    #[test]
    fn only_what_is_between_the_markers_changes() {
        let once = filled(&text("old"), "new\n")
            .expect("paired")
            .expect("marked");
        assert_eq!(once, text("\n\nnew\n\n"));
        assert_eq!(filled(&once, "new\n"), Ok(Some(once)));
    }

    #[test]
    fn a_file_with_carriage_returns_keeps_them() {
        let [begin, end] = MARKERS;
        let filled = filled(&format!("a\r\n{begin}\r\n{end}\r\n"), "b\n");
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
            assert_eq!(filled(&shown, "x"), Ok(None), "{shown}");
        }
        let both = format!("```\n{begin}\n{end}\n```\n{begin}\nold\n{end}\n");
        let filled = filled(&both, "new\n").expect("paired").expect("marked");
        assert!(filled.starts_with(&both[..both.len() / 2]) && !filled.contains("old"));
        for open in ["<div>\n", "- a\n\n  ", "\u{feff}", "a\r\n"] {
            let text = format!("{open}{begin}\nold\n{end}\n");
            assert!(matches!(super::filled(&text, "x"), Ok(Some(_))), "{text}");
        }
    }

    #[test]
    fn markers_that_are_no_pair_are_refused_with_their_line() {
        let [begin, end] = MARKERS;
        assert_eq!(filled("nothing", "x"), Ok(None));
        for (text, line) in [
            (format!("\n{begin}\n"), 2),
            (format!("\n\n{end}\n"), 3),
            (format!("{end}\n{begin}\n"), 1),
            (format!("{begin}\n{begin}\n{end}"), 2),
            (format!("{begin}\n{end}\n{end}"), 3),
        ] {
            let fault = filled(&text, "x").expect_err("no pair");
            assert_eq!(fault.0, line, "{text}");
        }
    }

    #[test]
    fn the_first_line_that_differs_is_found() {
        let difference = first_difference("a\nb\u{1b}\nc", "a\nd\nc").expect("they differ");
        assert_eq!(difference.line, 2);
        assert_eq!(difference.found.as_deref(), Some("b\\u{1b}"));
        assert_eq!(first_difference("a\n", "a\n"), None);
        assert_eq!(first_difference("a", "a\n").map(|d| d.line), Some(2));
    }
}
