//! Owns what a record limits itself to beside versions: functions, symbols, platforms; whoever has none of them is not told.
//! Must never know all keys: what is not known here limits too.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// Lists by their keys below `ecosystem_specific`; each says "only who has one of these". A key that is not there limits nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits(BTreeMap<String, BTreeSet<String>>);

/// How Go writes its list: packages, each with symbols.
const IMPORTS: &str = "imports";

impl Limits {
    pub(crate) fn read(specific: &Value) -> Self {
        let mut limits = Self::default();
        for (key, value) in specific.as_object().into_iter().flatten() {
            limits.add(key, value);
        }
        limits
    }

    fn add(&mut self, key: &str, value: &Value) {
        match value {
            Value::Null => {}
            Value::Array(items) => items.iter().for_each(|item| self.item(key, item)),
            Value::Object(below) => {
                for (name, value) in below {
                    self.add(&format!("{key}.{name}"), value);
                }
            }
            Value::String(text) => self.put(key, text.clone()),
            Value::Bool(_) | Value::Number(_) => self.put(key, value.to_string()),
        }
    }

    fn item(&mut self, key: &str, item: &Value) {
        let path = item.get("path").and_then(Value::as_str);
        match (item, path) {
            (Value::Object(import), Some(path)) if key == IMPORTS => {
                let symbols = import.get("symbols").and_then(Value::as_array);
                let symbols: Vec<&str> = symbols
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_str)
                    .collect();
                for symbol in symbols.iter().chain(symbols.is_empty().then_some(&"*")) {
                    self.put(key, format!("{path}.{symbol}"));
                }
                let others = import
                    .iter()
                    .filter(|(name, _)| !["path", "symbols"].contains(&name.as_str()));
                others.for_each(|(name, value)| self.add(&format!("{key}[{path}].{name}"), value));
            }
            (Value::Object(_) | Value::Array(_), _) => self.put(key, item.to_string()),
            _ => self.add(key, item),
        }
    }

    fn put(&mut self, key: &str, item: String) {
        self.0.entry(key.to_owned()).or_default().insert(item);
    }

    /// For whom one of the two tells, if not both.
    pub(crate) fn either(mut self, other: Self) -> Self {
        self.0.retain(|key, _| other.0.contains_key(key));
        for (key, items) in other.0 {
            if let Some(own) = self.0.get_mut(&key) {
                own.extend(items);
            }
        }
        self
    }

    /// Every key, with its list for people.
    pub(crate) fn lists(&self) -> impl Iterator<Item = (&str, String)> {
        let all = self.0.iter();
        all.map(|(key, items)| (key.as_str(), words(items.iter())))
    }

    /// The keys by which fewer people are told than by an older list: what is gone, in words; nothing where there was no list.
    pub(crate) fn tightened<'a>(
        &'a self,
        old: &'a Self,
    ) -> impl Iterator<Item = (&'a str, Option<String>)> {
        self.0.iter().filter_map(|(key, items)| {
            let Some(before) = old.0.get(key) else {
                return Some((key.as_str(), None));
            };
            let gone: Vec<&String> = before
                .iter()
                .filter(|one| !covers(key, items, one))
                .collect();
            (!gone.is_empty()).then(|| (key.as_str(), Some(words(gone.into_iter()))))
        })
    }
}

fn words<'a>(items: impl Iterator<Item = &'a String>) -> String {
    items.cloned().collect::<Vec<_>>().join(", ")
}

/// Is it among them? A whole package of Go has all its symbols.
fn covers(key: &str, items: &BTreeSet<String>, one: &str) -> bool {
    let whole = |item: &String| {
        let symbol = item
            .strip_suffix('*')
            .and_then(|package| one.strip_prefix(package));
        symbol.is_some_and(|symbol| !symbol.contains('/'))
    };
    items.contains(one) || key == IMPORTS && items.iter().any(whole)
}
