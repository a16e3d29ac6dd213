//! Owns reading JSON into a tree that knows where each value stands.
//! Must never follow a hostile file into the depths, take the last of two equal keys, or grow beyond a number of values.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::node::{DEEPEST, MOST, Node, Value};
use crate::sheet::Sheet;

/// The tree of a JSON file. `None` only if something was reported.
pub(crate) fn tree(sheet: &mut Sheet) -> Option<Node> {
    let source = std::sync::Arc::clone(sheet.source());
    // Some programs for Windows begin every file with a mark that JSON does not have.
    let text = source.text();
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let raw: Result<&RawValue, _> = serde_json::from_str(body);
    let mut reader = Reader { text, left: MOST };
    let read = raw
        .map_err(|error| Fault::of(&error, text, text.len() - body.len()))
        .and_then(|raw| reader.node(raw, 0));
    match read {
        Ok(node) => Some(node),
        Err(fault) => {
            sheet.fault(fault.code, fault.at..fault.at + 1, &fault.message);
            None
        }
    }
}

struct Fault {
    code: &'static str,
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
            code: "syntax",
            at: base + before + error.column().saturating_sub(1),
            message: message[..cut].to_owned(),
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    /// How many values may still come.
    left: usize,
}

impl<'t> Reader<'t> {
    fn node(&mut self, raw: &'t RawValue, depth: usize) -> Result<Node, Fault> {
        let written = raw.get();
        // The raw value is a part of the text: the distance between the two is its place.
        let start = written
            .as_ptr()
            .addr()
            .saturating_sub(self.text.as_ptr().addr())
            .min(self.text.len());
        self.bound(start, depth)?;
        let text = self.text;
        let fail = |error: serde_json::Error| Fault::of(&error, text, start);
        let value = match written.as_bytes().first() {
            Some(b'{') => {
                let Rows(rows) = serde_json::from_str(written).map_err(fail)?;
                Value::Table(self.rows(rows, depth)?)
            }
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(written).map_err(fail)?;
                let items = items.into_iter().map(|raw| self.node(raw, depth + 1));
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

    fn bound(&mut self, at: usize, depth: usize) -> Result<(), Fault> {
        let left = self.left.checked_sub(1);
        let message = match left {
            None => format!("this file holds more than {MOST} values"),
            _ if depth > DEEPEST => format!("this is nested deeper than {DEEPEST} levels"),
            Some(left) => {
                self.left = left;
                return Ok(());
            }
        };
        let code = "syntax";
        Err(Fault { code, at, message })
    }

    fn rows(
        &mut self,
        rows: Vec<(String, &'t RawValue)>,
        depth: usize,
    ) -> Result<BTreeMap<String, Node>, Fault> {
        let mut table = BTreeMap::new();
        for (key, raw) in rows {
            let node = self.node(raw, depth + 1)?;
            let at = node.span.start;
            if table.contains_key(&key) {
                let key = caveat_diag::quoted(&key);
                let message =
                    format!("the key {key} is there twice: readers take one or the other");
                let code = "key-twice";
                return Err(Fault { code, at, message });
            }
            table.insert(key, node);
        }
        Ok(table)
    }
}

/// An object, row by row: a map would keep one of two equal keys.
struct Rows<'t>(Vec<(String, &'t RawValue)>);

impl<'de> Deserialize<'de> for Rows<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(RowVisitor)
    }
}

struct RowVisitor;

impl<'de> Visitor<'de> for RowVisitor {
    type Value = Rows<'de>;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Rows<'de>, A::Error> {
        let mut rows = Vec::new();
        while let Some(row) = map.next_entry()? {
            rows.push(row);
        }
        Ok(Rows(rows))
    }
}
