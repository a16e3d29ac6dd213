//! Owns reading the TOML at the head of a Markdown file into a tree, with the remarks that its authors wrote beside it.
//! Must never lose a comment: reasons for withdrawals stand in them.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

use crate::node::{Node, Value};
use crate::sheet::Sheet;

/// The tree of the TOML in these bytes of the source. `None` only if something was reported.
pub(crate) fn tree(sheet: &mut Sheet, bytes: Range<usize>) -> Option<Node> {
    let source = std::sync::Arc::clone(sheet.source());
    let text = &source.text()[bytes.clone()];
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let at = error.span().unwrap_or(0..0);
        sheet.fault(
            "syntax",
            bytes.start + at.start..bytes.start + at.end,
            error.message(),
        );
    }
    let node = Node {
        span: bytes.clone(),
        value: Value::Table(rows(table.get_ref(), text, bytes.start)),
    };
    errors.is_empty().then_some(node)
}

fn rows(table: &DeTable<'_>, text: &str, base: usize) -> BTreeMap<String, Node> {
    let row = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
        let key: &std::borrow::Cow<'_, str> = key.get_ref();
        (key.to_string(), node(value, text, base))
    };
    table.iter().map(row).collect()
}

fn node(value: &Spanned<DeValue<'_>>, text: &str, base: usize) -> Node {
    let span = value.span();
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Integer(number) => Value::Other(whole(number)),
        DeValue::Float(number) => Value::Other(number.as_str().to_owned()),
        DeValue::Datetime(date) => Value::Other(written(text, &span, date)),
        DeValue::Array(items) => {
            Value::List(items.iter().map(|item| node(item, text, base)).collect())
        }
        DeValue::Table(table) => Value::Table(rows(table, text, base)),
    };
    Node {
        span: base + span.start..base + span.end,
        value,
    }
}

/// A date with all the digits that it was given: `.940` is not `.94` to whoever compares texts.
fn written(text: &str, span: &Range<usize>, date: &impl std::fmt::Display) -> String {
    let found = text.get(span.clone()).map(str::trim);
    let found = found.filter(|found| found.starts_with(|c: char| c.is_ascii_digit()));
    found.map_or_else(|| date.to_string(), str::to_owned)
}

/// In decimal digits; a number that is too large for that stays as it is.
fn whole(number: &DeInteger<'_>) -> String {
    let text = number.as_str();
    let read = i64::from_str_radix(text.trim_start_matches('+'), number.radix());
    read.map_or_else(|_| text.to_owned(), |number| number.to_string())
}

/// The comments of the TOML in a tree, each with its place: a `#` that is in no string.
pub(crate) fn comments(source: &str, root: &Node) -> Vec<(Range<usize>, String)> {
    let mut strings = Vec::new();
    leaves(root, &mut strings);
    let mut found = Vec::new();
    let (mut at, end) = (root.span.start, root.span.end);
    while let Some(offset) = source.get(at..end).and_then(|text| text.find('#')) {
        let hash = at + offset;
        let inside = strings.iter().find(|span| span.contains(&hash));
        if let Some(span) = inside {
            at = span.end.max(hash + 1);
            continue;
        }
        let rest = &source[hash..end];
        let line = rest.lines().next().unwrap_or(rest);
        let text = line.trim_start_matches('#').trim();
        if !text.is_empty() {
            found.push((hash..hash + line.len(), text.to_owned()));
        }
        at = hash + line.len().max(1);
    }
    found
}

fn leaves(node: &Node, strings: &mut Vec<Range<usize>>) {
    match &node.value {
        Value::Text(_) => strings.push(node.span.clone()),
        Value::List(items) => items.iter().for_each(|item| leaves(item, strings)),
        Value::Table(table) => table.values().for_each(|node| leaves(node, strings)),
        Value::Flag(_) | Value::Other(_) | Value::Null => {}
    }
}
