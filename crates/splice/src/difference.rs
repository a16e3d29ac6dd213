//! Owns where two texts part.
//! Must never let a byte of a file reach a terminal as a command.

/// The first line in which two texts differ.
#[derive(Debug, PartialEq, Eq)]
pub struct Difference {
    /// From 1.
    pub line: usize,
    /// As they can be shown; none where a text has ended.
    pub found: Option<String>,
    /// The same of the other text.
    pub wanted: Option<String>,
}

/// Where two texts part, line by line; none where they are the same.
pub fn first_difference(found: &str, wanted: &str) -> Option<Difference> {
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

    #[test]
    fn the_first_line_that_differs_is_found() {
        let difference = first_difference("a\nb\u{1b}\nc", "a\nd\nc").expect("they differ");
        assert_eq!(difference.line, 2);
        assert_eq!(difference.found.as_deref(), Some("b\\u{1b}"));
        assert_eq!(first_difference("a\n", "a\n"), None);
        assert_eq!(first_difference("a", "a\n").map(|d| d.line), Some(2));
    }
}
