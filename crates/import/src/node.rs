//! Owns foreign data as one tree, whether it was TOML or JSON, and how a part of it is shown in a comment.
//! Must never know what a key means.

use std::collections::BTreeMap;
use std::ops::Range;

use toml_writer::{ToTomlKey as _, ToTomlValue as _, TomlKeyBuilder, TomlStringBuilder};

/// Levels of lists and tables: no record has more than a dozen.
pub(crate) const DEEPEST: usize = 40;
/// Values of one file: records that list every version of a package have tens of thousands.
pub(crate) const MOST: usize = 400_000;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) span: Range<usize>,
    pub(crate) value: Value,
}

/// What stands there.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Flag(bool),
    /// Numbers and dates, as they are written.
    Other(String),
    List(Vec<Node>),
    Table(BTreeMap<String, Node>),
    Null,
}

impl Node {
    /// Says nothing: `null`, or a list or table without anything in it.
    pub(crate) fn is_empty(&self) -> bool {
        match &self.value {
            Value::Null => true,
            Value::List(items) => items.iter().all(Self::is_empty),
            Value::Table(table) => table.values().all(Self::is_empty),
            Value::Text(_) | Value::Flag(_) | Value::Other(_) => false,
        }
    }

    /// On one line, as TOML would have it.
    pub(crate) fn inline(&self) -> String {
        match &self.value {
            Value::Text(text) => TomlStringBuilder::new(text).as_basic().to_toml_value(),
            Value::Flag(flag) => flag.to_string(),
            Value::Other(text) => text.clone(),
            Value::Null => "null".to_owned(),
            Value::List(items) => {
                let items: Vec<String> = items.iter().map(Self::inline).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Table(table) => {
                let rows: Vec<String> = table
                    .iter()
                    .map(|(key, node)| format!("{} = {}", key_text(key), node.inline()))
                    .collect();
                format!("{{ {} }}", rows.join(", "))
            }
        }
    }
}

/// A key, quoted where TOML asks for it.
pub(crate) fn key_text(key: &str) -> String {
    TomlKeyBuilder::new(key).as_default().to_toml_key()
}
