//! Owns taking fields out of an object until none is left.
//! Must never leave a field unread: what a reader ignores, somebody else may believe.

use std::collections::BTreeMap;

use jiff::Timestamp as Time;

use crate::{Flaw, hex, json::Value};

/// The fields of an object that nobody has taken yet.
pub(crate) struct Fields {
    /// Where the object is, for reasons: empty, or `signed.meta.`.
    at: String,
    left: BTreeMap<String, Value>,
}

impl Fields {
    /// An object that is all of a document.
    pub(crate) fn of(value: Value) -> Result<Self, Flaw> {
        Self::within(value, "the document", String::new())
    }

    fn within(value: Value, name: &str, at: String) -> Result<Self, Flaw> {
        match value {
            Value::Map(left) => Ok(Self { at, left }),
            _ => Err(shape(name, "an object")),
        }
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.left.contains_key(name)
    }

    fn path(&self, name: &str) -> String {
        format!("{}{name}", self.at)
    }

    pub(crate) fn take(&mut self, name: &str) -> Result<Value, Flaw> {
        self.left
            .remove(name)
            .ok_or_else(|| Flaw::Missing(self.path(name)))
    }

    pub(crate) fn text(&mut self, name: &str) -> Result<String, Flaw> {
        match self.take(name)? {
            Value::Text(text) => Ok(text),
            _ => Err(shape(&self.path(name), "a text")),
        }
    }

    pub(crate) fn number(&mut self, name: &str) -> Result<u64, Flaw> {
        match self.take(name)? {
            Value::Number(number) => Ok(number),
            _ => Err(shape(&self.path(name), "a number")),
        }
    }

    pub(crate) fn list(&mut self, name: &str) -> Result<Vec<Value>, Flaw> {
        match self.take(name)? {
            Value::List(items) => Ok(items),
            _ => Err(shape(&self.path(name), "a list")),
        }
    }

    pub(crate) fn map(&mut self, name: &str) -> Result<Self, Flaw> {
        let value = self.take(name)?;
        let path = self.path(name);
        let at = format!("{path}.");
        Self::within(value, &path, at)
    }

    pub(crate) fn hex<const N: usize>(&mut self, name: &str) -> Result<[u8; N], Flaw> {
        hex::read(&self.text(name)?).ok_or_else(|| {
            shape(
                &self.path(name),
                "lower-case hexadecimal of the right length",
            )
        })
    }

    /// `YYYY-MM-DDTHH:MM:SSZ` and nothing else (specification 4.2.3).
    pub(crate) fn time(&mut self, name: &str) -> Result<Time, Flaw> {
        let text = self.text(name)?;
        text.parse::<Time>()
            .ok()
            .filter(|time| text.len() == 20 && time.to_string() == text)
            .ok_or(Flaw::Time(text))
    }

    /// Names of the fields that are left.
    pub(crate) fn names(&self) -> Vec<String> {
        self.left.keys().cloned().collect()
    }

    /// All of it was read.
    pub(crate) fn end(self) -> Result<(), Flaw> {
        match self.left.first_key_value() {
            None => Ok(()),
            Some((name, _)) => Err(Flaw::Unexpected(self.path(name))),
        }
    }
}

fn shape(field: &str, wanted: &'static str) -> Flaw {
    Flaw::Shape(field.to_owned(), wanted)
}
