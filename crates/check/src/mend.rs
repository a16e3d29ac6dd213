//! Owns where in a TOML text an edit goes that mends a finding.
//! Must never offer an edit that could change anything but the value at fault, or lose a comment.

use std::ops::Range;

use caveat_advisory::Document;
use caveat_diag::{Diagnostic, Source, Span};

/// Offers to write another value. Not where escapes hide the value, or the new one would need some.
pub(crate) fn value<T>(
    found: Diagnostic,
    document: &Document<T>,
    field: &str,
    (from, to): (&str, &str),
) -> Diagnostic {
    match inside(document, field, from) {
        Some(span) if is_plain(to) && from != to => {
            found.fix(format!("write `{to}`"), document.source().span(span), to)
        }
        _ => found,
    }
}

/// Offers to take some bytes out of a value.
pub(crate) fn cut<T>(
    found: Diagnostic,
    document: &Document<T>,
    field: &str,
    (value, bytes): (&str, Range<usize>),
) -> Diagnostic {
    let Some(whole) = inside(document, field, value) else {
        return found;
    };
    let span = whole.start + bytes.start..whole.start + bytes.end;
    found.fix("take it out", document.source().span(span), "")
}

/// Offers to take an item out of a list, with its comma.
pub(crate) fn item<T>(found: Diagnostic, document: &Document<T>, field: &str) -> Diagnostic {
    let source = document.source();
    match item_span(source.text(), document.at(field).range()) {
        Some(range) if document.has(field) => found.fix("take it out", source.span(range), ""),
        _ => found,
    }
}

/// Offers to take out a whole `[[table]]` of the given keys.
pub(crate) fn table<T>(
    found: Diagnostic,
    document: &Document<T>,
    field: &str,
    keys: &[&str],
) -> Diagnostic {
    let places: Vec<Span> = keys
        .iter()
        .map(|key| document.at(&format!("{field}.{key}")))
        .collect();
    match table_span(document.source(), document.at(field).start(), &places) {
        Some(range) => found.fix("take it out", document.source().span(range), ""),
        None => found,
    }
}

/// The bytes between the quotes, if exactly this value stands there.
fn inside<T>(document: &Document<T>, field: &str, value: &str) -> Option<Range<usize>> {
    let whole = document.at(field).range();
    let written = document.source().text().get(whole.clone())?;
    let quote = ["\"\"\"", "'''", "\"", "'"]
        .into_iter()
        .find(|quote| written.len() >= 2 * quote.len() && written.starts_with(quote))?;
    let inner = written.strip_prefix(quote)?.strip_suffix(quote)?;
    let start = whole.start + quote.len();
    (document.has(field) && inner == value).then_some(start..start + value.len())
}

/// Reads the same between any quotes.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && !text.contains(|c: char| c.is_control() || "\"'\\".contains(c))
}

/// The item with the comma and blanks behind it; for the last, the comma and blanks before it.
/// None where a comment stands between item and comma.
fn item_span(text: &str, item: Range<usize>) -> Option<Range<usize>> {
    let (before, after) = (text.get(..item.start)?, text.get(item.end..)?);
    let comma = after.len() - after.trim_start().len();
    if after.trim_start().starts_with('#') {
        return None;
    }
    if let Some(rest) = after.trim_start().strip_prefix(',') {
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let range = item.start..item.end + comma + 1 + blanks;
        return Some(whole_lines(text, range));
    }
    let kept = before.trim_end();
    match kept.strip_suffix(',') {
        // Behind a `#` the comma would be part of a comment.
        Some(kept) if !kept.rsplit('\n').next()?.contains('#') => Some(kept.len()..item.end),
        _ => Some(item),
    }
}

/// With the line's indentation and its end, if nothing else would be left of it.
fn whole_lines(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text[..range.start].trim_end_matches([' ', '\t']).len();
    let rest = &text[range.end..];
    let end = rest.strip_prefix("\r\n").or(rest.strip_prefix('\n'));
    match end {
        Some(end) if text[..start].ends_with('\n') => start..text.len() - end.len(),
        _ => range,
    }
}

/// From the header to the end of the last key's line and the blank lines behind it.
fn table_span(source: &Source, header: usize, keys: &[Span]) -> Option<Range<usize>> {
    let text = source.text();
    let last = keys.iter().map(Span::end).max()?;
    let mut words = text.get(header..last)?.to_owned();
    for key in keys {
        words = words.replacen(text.get(key.range())?, "", 1);
    }
    let lines = words.lines().filter(|line| !line.trim().is_empty());
    let alone = text[..header].is_empty() || text[..header].ends_with('\n');
    let fits = words.starts_with("[[") && alone && lines.count() == keys.len() + 1;
    let rest = text.get(last..)?;
    let tail = rest.find('\n').map_or(rest, |end| &rest[..=end]);
    if !fits || words.contains('#') || !tail.trim().is_empty() {
        return None;
    }
    let mut end = last + tail.len();
    while let Some(blank) = text[end..].split_inclusive('\n').next() {
        if !blank.trim().is_empty() {
            return Some(header..end);
        }
        end += blank.len();
    }
    // At the end of the file the blank lines before it go instead.
    let kept = text[..header].trim_end().len();
    let start = kept + text[kept..header].find('\n').map_or(0, |at| at + 1);
    Some(start..end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::item_span;

    fn without(text: &str, item: &str) -> String {
        let at = text.rfind(item).expect("the item is there");
        let range = item_span(text, at..at + item.len()).expect("a list");
        let mut text = text.to_owned();
        text.replace_range(range, "");
        text
    }

    #[test]
    fn an_item_goes_with_its_comma() {
        assert_eq!(without("a = ['b', 'c']", "'b'"), "a = ['c']");
        assert_eq!(without("a = ['b', 'c']", "'c'"), "a = ['b']");
        assert_eq!(without("a = ['b']", "'b'"), "a = []");
        assert_eq!(
            without("a = [\n  'b',\n  'c',\n]", "'c'"),
            "a = [\n  'b',\n]"
        );
        assert_eq!(without("a = [\n  'b',\n  'c'\n]", "'c'"), "a = [\n  'b'\n]");
    }

    #[test]
    fn comments_of_a_list_stay() {
        assert_eq!(
            without("a = [\n  'b', # one\n  'c', # two\n]", "'c'"),
            "a = [\n  'b', # one\n  # two\n]"
        );
        assert_eq!(
            without("a = [\n  'b', # x,\n  'c'\n]", "'c'"),
            "a = [\n  'b', # x,\n  \n]"
        );
    }

    proptest! {
        #[test]
        fn any_item_of_any_list_leaves_a_list(
            gaps in proptest::collection::vec("[ \t\n]{0,2}(#,?\n)?[ \n]{0,2}", 8), which in 0usize..3, trailing: bool,
        ) {
            let mut text = "a = [".to_owned();
            let mut places = Vec::new();
            for (nth, word) in ["'b'", "'c'", "'d'"].iter().enumerate() {
                text += &gaps[2 * nth];
                places.push(text.len()..text.len() + 3);
                text += word;
                text += &gaps[2 * nth + 1];
                if nth < 2 || trailing {
                    text.push(',');
                }
            }
            text += &format!("{}]\n", gaps[6]);
            let comments = text.matches('#').count();
            let Some(range) = item_span(&text, places[which].clone()) else {
                return Ok(());
            };
            text.replace_range(range, "");
            let read: toml::Table = text.parse().map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
            let mut left = vec!["b", "c", "d"];
            left.remove(which);
            prop_assert_eq!(read["a"].as_array().expect("a list").iter().filter_map(toml::Value::as_str).collect::<Vec<_>>(), left);
            prop_assert_eq!(text.matches('#').count(), comments);
        }
    }
}
