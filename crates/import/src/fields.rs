//! Owns taking a foreign table apart by names, and what is left over.
//! Must never take a value of another type than asked for: it stays, and is reported with the rest.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::node::{Node, Value, key_text};

/// A string and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Text<'n> {
    pub(crate) value: &'n str,
    pub(crate) span: Range<usize>,
}

/// A table that is taken apart.
pub(crate) struct Fields<'n> {
    rows: Option<&'n BTreeMap<String, Node>>,
    /// What it was made of; for one that is not there, whatever it would be in.
    node: &'n Node,
    prefix: String,
    pub(crate) span: Range<usize>,
    taken: RefCell<BTreeSet<&'n str>>,
}

/// A fact that nobody asked for.
pub(crate) struct Left {
    /// Where it stood: `affected[0].ranges[0].repo`.
    pub(crate) name: String,
    /// Its own key alone.
    pub(crate) key: String,
    pub(crate) node: Node,
}

impl<'n> Fields<'n> {
    /// The whole of a file.
    pub(crate) fn root(node: &'n Node) -> Self {
        Self::of(node, String::new())
    }

    fn of(node: &'n Node, prefix: String) -> Self {
        let rows = match &node.value {
            Value::Table(rows) => Some(rows),
            _ => None,
        };
        Self {
            rows,
            node,
            prefix,
            span: node.span.clone(),
            taken: RefCell::default(),
        }
    }

    /// A value, if it is there and `read` can use it.
    pub(crate) fn take<T>(
        &self,
        key: &str,
        read: impl FnOnce(&'n Node, String) -> Option<T>,
    ) -> Option<T> {
        let (key, node) = self.rows?.get_key_value(key)?;
        let value = read(node, format!("{}{}", self.prefix, key_text(key)))?;
        self.taken.borrow_mut().insert(key);
        Some(value)
    }

    pub(crate) fn text(&self, key: &str) -> Option<Text<'n>> {
        self.take(key, |node, _| text(node))
    }

    /// A string that `test` takes; any other is left over.
    pub(crate) fn text_that(&self, key: &str, test: impl Fn(&str) -> bool) -> Option<Text<'n>> {
        self.take(key, |node, _| text(node).filter(|text| test(text.value)))
    }

    /// Is it there, and false?
    pub(crate) fn is_false(&self, key: &str) -> bool {
        let no = |node: &Node| matches!(node.value, Value::Flag(false));
        self.take(key, |node, _| no(node).then_some(())).is_some()
    }

    /// Dates and numbers too, as they are written.
    pub(crate) fn written(&self, key: &str) -> Option<Text<'n>> {
        self.take(key, |node, _| match &node.value {
            Value::Text(value) | Value::Other(value) => Some(Text {
                value,
                span: node.span.clone(),
            }),
            _ => None,
        })
    }

    /// A list of strings; empty where it is no such list.
    pub(crate) fn texts(&self, key: &str) -> Vec<Text<'n>> {
        let read = |node: &'n Node, _| match &node.value {
            Value::List(items) => items.iter().map(text).collect::<Option<Vec<_>>>(),
            _ => None,
        };
        self.take(key, read).unwrap_or_default()
    }

    /// A list of strings that `test` takes; any other is left over.
    pub(crate) fn texts_that(&self, key: &str, test: impl Fn(&[Text<'n>]) -> bool) {
        let read = |node: &'n Node, _| match &node.value {
            Value::List(items) => items.iter().map(text).collect::<Option<Vec<_>>>(),
            _ => None,
        };
        self.take(key, |node, name| read(node, name).filter(|list| test(list)));
    }

    /// A list of numbers, as they are written; empty where it is no such list.
    pub(crate) fn numbers(&self, key: &str) -> Vec<Text<'n>> {
        let number = |node: &'n Node| match &node.value {
            Value::Other(value) => Some(Text {
                value,
                span: node.span.clone(),
            }),
            _ => None,
        };
        let read = |node: &'n Node, _| match &node.value {
            Value::List(items) => items.iter().map(number).collect::<Option<Vec<_>>>(),
            _ => None,
        };
        self.take(key, read).unwrap_or_default()
    }

    /// A table below; where there is none, one without rows.
    pub(crate) fn table(&self, key: &str) -> Self {
        let read = |node: &'n Node, name: String| match &node.value {
            Value::Table(_) => Some(Self::of(node, format!("{name}."))),
            _ => None,
        };
        self.take(key, read).unwrap_or_else(|| Self {
            rows: None,
            node: self.node,
            prefix: String::new(),
            span: self.span.clone(),
            taken: RefCell::default(),
        })
    }

    /// A list of tables; empty where it is no such list.
    pub(crate) fn tables(&self, key: &str) -> Vec<Self> {
        let is_table = |node: &Node| matches!(node.value, Value::Table(_));
        let read = |node: &'n Node, name: String| match &node.value {
            Value::List(items) if items.iter().all(is_table) => {
                let rows = items.iter().enumerate();
                let row = |(at, node)| Self::of(node, format!("{name}[{at}]."));
                Some(rows.map(row).collect())
            }
            _ => None,
        };
        self.take(key, read).unwrap_or_default()
    }

    /// The names of what is in it.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'n str> + use<'n> {
        let rows = self.rows.into_iter();
        rows.flat_map(|rows| rows.keys().map(String::as_str))
    }

    /// Whatever was not taken and says something.
    pub(crate) fn left(&self) -> Vec<Left> {
        let taken = self.taken.borrow();
        let rows = self.rows.into_iter().flatten();
        let rows = rows.filter(|(key, node)| !taken.contains(key.as_str()) && !node.is_empty());
        rows.map(|(key, node)| self.part(key, node)).collect()
    }

    /// What stands at a key, whether or not somebody took it: for facts that are told in part.
    pub(crate) fn whole(&self, key: &str) -> Option<Left> {
        let (key, node) = self.rows?.get_key_value(key)?;
        self.taken.borrow_mut().insert(key);
        (!node.is_empty()).then(|| self.part(key, node))
    }

    /// The table itself.
    pub(crate) fn all(&self) -> Left {
        let name = self.prefix.trim_end_matches('.').to_owned();
        Left {
            key: name.clone(),
            name,
            node: self.node.clone(),
        }
    }

    fn part(&self, key: &str, node: &Node) -> Left {
        Left {
            name: format!("{}{}", self.prefix, key_text(key)),
            key: key.to_owned(),
            node: node.clone(),
        }
    }
}

fn text(node: &Node) -> Option<Text<'_>> {
    match &node.value {
        Value::Text(value) => Some(Text {
            value,
            span: node.span.clone(),
        }),
        _ => None,
    }
}
