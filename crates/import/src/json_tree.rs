//! Owns reading JSON into a tree that knows where each value stands.
//! Must never follow a hostile file into the depths: nesting is limited.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::node::{Node, Value};
use crate::sheet::Sheet;

/// No record nests deeper than a dozen.
const DEEPEST: usize = 40;

/// The tree of a JSON file. `None` only if something was reported.
pub(crate) fn tree(sheet: &mut Sheet) -> Option<Node> {
    let source = std::sync::Arc::clone(sheet.source());
    let text = source.text();
    let raw: Result<&RawValue, _> = serde_json::from_str(text);
    let read = raw
        .map_err(|error| Fault::of(&error, text, 0))
        .and_then(|raw| node(raw, text, 0));
    match read {
        Ok(node) => Some(node),
        Err(fault) => {
            sheet.fault("syntax", fault.at..fault.at + 1, &fault.message);
            None
        }
    }
}

struct Fault {
    at: usize,
    message: String,
}

impl Fault {
    /// `serde_json` counts lines from 1, and columns in bytes; its sentence ends in both.
    fn of(error: &serde_json::Error, text: &str, base: usize) -> Self {
        let lines = text[base..].split_inclusive('\n');
        let before: usize = lines
            .take(error.line().saturating_sub(1))
            .map(str::len)
            .sum();
        let message = error.to_string();
        let cut = message.find(" at line ").unwrap_or(message.len());
        Self {
            at: base + before + error.column().saturating_sub(1),
            message: message[..cut].to_owned(),
        }
    }
}

fn node(raw: &RawValue, text: &str, depth: usize) -> Result<Node, Fault> {
    let written = raw.get();
    // The raw value is a part of the text: the distance between the two is its place.
    let start = written
        .as_ptr()
        .addr()
        .saturating_sub(text.as_ptr().addr())
        .min(text.len());
    let fail = |error: serde_json::Error| Fault::of(&error, text, start);
    if depth > DEEPEST {
        let message = format!("this is nested deeper than {DEEPEST} levels");
        return Err(Fault { at: start, message });
    }
    let value = match written.as_bytes().first() {
        Some(b'{') => {
            let rows: BTreeMap<String, &RawValue> = serde_json::from_str(written).map_err(fail)?;
            let rows = rows
                .into_iter()
                .map(|(key, raw)| Ok((key, node(raw, text, depth + 1)?)));
            Value::Table(rows.collect::<Result<_, Fault>>()?)
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(written).map_err(fail)?;
            let items = items.into_iter().map(|raw| node(raw, text, depth + 1));
            Value::List(items.collect::<Result<_, Fault>>()?)
        }
        Some(b'"') => Value::Text(serde_json::from_str(written).map_err(fail)?),
        Some(b't' | b'f') => Value::Flag(written == "true"),
        Some(b'n') => Value::Null,
        _ => Value::Other(written.to_owned()),
    };
    Ok(Node {
        span: start..start + written.len(),
        value,
    })
}
