//! Owns what TOML libraries do not keep apart: line ends, the comment at the top of a file, comments as such.
//! Must never look at a value.

use toml_edit::DocumentMut;

use crate::Fault;

/// Changes a text with line feeds, and gives it back with the line ends that it had.
pub(crate) fn edited(
    text: &str,
    edit: impl FnOnce(&str) -> Result<String, Fault>,
) -> Result<String, Fault> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let breaks = body.matches('\n').count();
    // Where both kinds occur, one of them is part of a value, or nobody cares.
    let foreign = breaks > 0 && body.matches("\r\n").count() == breaks;
    if !foreign {
        return edit(body);
    }
    let edited = edit(&body.replace("\r\n", "\n"))?;
    Ok(edited.replace('\n', "\r\n"))
}

/// Parses a text.
pub(crate) fn parse(text: &str) -> Result<DocumentMut, Fault> {
    text.parse()
        .map_err(|error: toml_edit::TomlError| Fault::Syntax(error.message().to_owned()))
}

/// The lines before the first key or table: blank ones and comments.
pub(crate) fn opening(text: &str) -> &str {
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() && !line.trim_start().starts_with('#') {
            break;
        }
        end += line.len();
    }
    &text[..end]
}

/// Cuts off the comment that stands at the top of a file, apart from the first key by a blank line.
pub(crate) fn split_header(text: &str) -> (&str, &str) {
    let mut end = 0;
    let mut at = 0;
    for line in opening(text).split_inclusive('\n') {
        at += line.len();
        if line.trim().is_empty() {
            end = at;
        }
    }
    text.split_at(end)
}

/// Every comment of a valid text, without spaces at its end.
pub(crate) fn comments(text: &str) -> Vec<&str> {
    let (mut found, mut rest) = (Vec::new(), text);
    while let Some(at) = rest.find(['#', '"', '\'']) {
        rest = &rest[at..];
        let length = match rest.as_bytes()[0] {
            b'#' => rest.find('\n').unwrap_or(rest.len()),
            quote => string(rest, quote),
        };
        if rest.starts_with('#') {
            found.push(rest[..length].trim_end());
        }
        rest = &rest[length..];
    }
    found
}

/// How many bytes the string has that stands at the beginning of `text`.
fn string(text: &str, quote: u8) -> usize {
    let bytes = text.as_bytes();
    let wide = bytes.starts_with(&[quote; 3]);
    let needed = if wide { 3 } else { 1 };
    let mut at = needed;
    while at < bytes.len() {
        if bytes[at] == b'\\' && quote == b'"' {
            at += 1;
        } else if bytes[at..].starts_with(&[quote; 3][..needed]) {
            // Up to two quotes may stand before the three that end it.
            let run = bytes[at..]
                .iter()
                .take_while(|byte| **byte == quote)
                .count();
            return at + if wide { run.min(5) } else { 1 };
        }
        at += 1;
    }
    // A character may not be cut even where the text is no TOML.
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_strings_is_no_comment() {
        let text = "a = '#1' # one\nb = \"\\\"#2\"#two  \nc = '''\n#3'#'''' # three\nd = \"\" # four\ne = \"\"\"#\\\"\"\"\"\"\n# five";
        assert_eq!(
            comments(text),
            ["# one", "#two", "# three", "# four", "# five"]
        );
    }

    #[test]
    fn a_comment_at_the_top_belongs_to_the_file_if_a_blank_line_follows() {
        assert_eq!(
            split_header("# file\n\n# key\na = 1\n"),
            ("# file\n\n", "# key\na = 1\n")
        );
        assert_eq!(split_header("# key\na = 1\n\n"), ("", "# key\na = 1\n\n"));
        assert_eq!(split_header("# only\n"), ("", "# only\n"));
    }

    #[test]
    fn line_ends_come_back_as_they_were() {
        let same = |text: &str| Ok(text.replace('a', "b\n"));
        assert_eq!(edited("a\r\n", same), Ok("b\r\n\r\n".to_owned()));
        assert_eq!(edited("a\r\na\n", same), Ok("b\n\r\nb\n\n".to_owned()));
    }
}
