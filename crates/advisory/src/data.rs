//! Owns data that the form has no key for: `[extra]`, kept as it was written, printed as JSON.
//! Must never give such data a meaning.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::leaf::Problem;

/// A table of such data.
pub type Extra = BTreeMap<String, Data>;

/// What every record says by itself below `database_specific`: no `[extra]` can say it again.
pub const RECORD_KEYS: &[&str] = &[
    "cwe_ids",
    "fixes",
    "license",
    "revisions",
    "severity",
    "severity_reason",
    "statuses",
    "url",
    "withdrawn_reason",
    "withdrawn_replaced_by",
];

/// The same below `ecosystem_specific` of a package.
pub const PACKAGE_KEYS: &[&str] = &["functions", "imports"];

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Data {
    /// A string; dates too, for JSON has none.
    Text(String),
    /// A number as JSON writes it.
    Number(String),
    /// `true` or `false`.
    Flag(bool),
    /// A list.
    List(Vec<Self>),
    /// A table.
    Table(Extra),
}

impl Data {
    /// Reads a TOML value; the places of the texts in it go to `visit`, by name.
    pub(crate) fn read(
        name: &str,
        value: &Spanned<DeValue<'_>>,
        visit: &mut impl FnMut(&str, &Spanned<DeValue<'_>>),
    ) -> Result<Self, Problem> {
        visit(name, value);
        Ok(match value.get_ref() {
            DeValue::String(text) => Self::Text(text.to_string()),
            DeValue::Boolean(flag) => Self::Flag(*flag),
            DeValue::Datetime(date) => Self::Text(date.to_string()),
            DeValue::Integer(number) => Self::Number(whole(number.as_str(), number.radix())?),
            DeValue::Float(number) => Self::Number(broken(number.as_str())?),
            DeValue::Array(items) => {
                let items = items.iter().enumerate();
                let item = |(at, item)| Self::read(&format!("{name}[{at}]"), item, visit);
                Self::List(items.map(item).collect::<Result<_, _>>()?)
            }
            DeValue::Table(table) => Self::Table(Self::rows(name, table, visit)?),
        })
    }

    /// The rows of a table.
    pub(crate) fn rows(
        name: &str,
        table: &DeTable<'_>,
        visit: &mut impl FnMut(&str, &Spanned<DeValue<'_>>),
    ) -> Result<Extra, Problem> {
        let mut rows = Extra::new();
        for (key, value) in table {
            let key: &str = key.get_ref();
            let value = Self::read(&format!("{name}.{key}"), value, visit)?;
            rows.insert(key.to_owned(), value);
        }
        Ok(rows)
    }

    /// Every text of it with its name, keys of tables as well.
    pub fn texts<'d>(&'d self, name: &str, all: &mut Vec<(String, &'d str)>) {
        match self {
            Self::Text(text) => all.push((name.to_owned(), text)),
            Self::Number(_) | Self::Flag(_) => {}
            Self::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    item.texts(&format!("{name}[{at}]"), all);
                }
            }
            Self::Table(rows) => texts_of(rows, name, all),
        }
    }

    /// Does it say nothing: a text, list or table without anything in it?
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Number(_) | Self::Flag(_) => false,
            Self::List(items) => items.is_empty(),
            Self::Table(rows) => rows.is_empty(),
        }
    }

    /// Is anything in it, or it itself, empty?
    pub fn has_gaps(&self) -> bool {
        self.is_empty()
            || match self {
                Self::List(items) => items.iter().any(Self::has_gaps),
                Self::Table(rows) => rows.values().any(Self::has_gaps),
                Self::Text(_) | Self::Number(_) | Self::Flag(_) => false,
            }
    }

    /// How many levels of lists and tables are in it.
    pub fn depth(&self) -> usize {
        let deepest = |all: &mut dyn Iterator<Item = &Self>| all.map(Self::depth).max();
        match self {
            Self::List(items) => 1 + deepest(&mut items.iter()).unwrap_or(0),
            Self::Table(rows) => 1 + deepest(&mut rows.values()).unwrap_or(0),
            Self::Text(_) | Self::Number(_) | Self::Flag(_) => 0,
        }
    }

    /// About as long as it is in JSON, in bytes.
    pub fn size(&self) -> usize {
        match self {
            Self::Text(text) | Self::Number(text) => text.len() + 2,
            Self::Flag(_) => 5,
            Self::List(items) => items.iter().map(|item| item.size() + 2).sum::<usize>() + 2,
            Self::Table(rows) => size_of_rows(rows),
        }
    }

    /// On one line, for people: quotes only where a list or table needs them.
    pub fn line(&self) -> String {
        match self {
            Self::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Self::Number(text) => text.clone(),
            Self::Flag(flag) => flag.to_string(),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Self::line).collect();
                items.join(", ")
            }
            Self::Table(rows) => {
                let row = |(key, value): (&String, &Self)| format!("{key}: {}", value.line());
                rows.iter().map(row).collect::<Vec<_>>().join("; ")
            }
        }
    }
}

/// Every text of a table with its name; a key is a text, too.
pub fn texts_of<'d>(rows: &'d Extra, name: &str, all: &mut Vec<(String, &'d str)>) {
    for (key, value) in rows {
        let name = format!("{name}.{key}");
        all.push((name.clone(), key));
        value.texts(&name, all);
    }
}

/// About as long as a table is in JSON, in bytes.
pub fn size_of_rows(rows: &Extra) -> usize {
    let row = |(key, value): (&String, &Data)| key.len() + value.size() + 4;
    rows.iter().map(row).sum::<usize>() + 2
}

fn whole(text: &str, radix: u32) -> Result<String, Problem> {
    let read = i64::from_str_radix(text.trim_start_matches('+'), radix);
    read.map(|number| number.to_string()).map_err(|_| Problem {
        message: format!("`{text}` is too large for a number"),
        help: Some("write it as a string".to_owned()),
    })
}

fn broken(text: &str) -> Result<String, Problem> {
    let read = text.parse::<f64>().ok().filter(|number| number.is_finite());
    // Debug keeps the `.0` by which a number is no whole one.
    read.map(|number| format!("{number:?}"))
        .ok_or_else(|| Problem {
            message: format!("`{text}` is no number that JSON has"),
            help: Some("write it as a string".to_owned()),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Extra, String> {
        let (table, errors) = DeTable::parse_recoverable(text);
        assert!(errors.is_empty(), "{text}");
        let rows = Data::rows("extra", table.get_ref(), &mut |_, _| {});
        rows.map_err(|problem| problem.message)
    }

    #[test]
    fn every_kind_of_value_is_kept() {
        let rows = read("a = [1, 0x1F, -2.50, 1e3, true, 'x', 2026-01-02T03:04:05.678Z]\nb.c = {}");
        let text = |text: &str| Data::Text(text.to_owned());
        let number = |text: &str| Data::Number(text.to_owned());
        let list = vec![
            number("1"),
            number("31"),
            number("-2.5"),
            number("1000.0"),
            Data::Flag(true),
            text("x"),
            text("2026-01-02T03:04:05.678Z"),
        ];
        let below = Data::Table(Extra::from([("c".to_owned(), Data::Table(Extra::new()))]));
        let expected = Extra::from([("a".to_owned(), Data::List(list)), ("b".to_owned(), below)]);
        assert_eq!(rows, Ok(expected));
    }

    #[test]
    fn what_json_cannot_say_is_refused() {
        for bad in ["a = inf", "a = [nan]", "a = { b = 99999999999999999999 }"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn every_text_has_its_name_and_keys_are_texts() {
        let rows = read("a = ['x', { b = 'y' }]").expect("good");
        let mut all = Vec::new();
        texts_of(&rows, "extra", &mut all);
        let all: Vec<_> = all
            .iter()
            .map(|(name, text)| (name.as_str(), *text))
            .collect();
        let expected = [
            ("extra.a", "a"),
            ("extra.a[0]", "x"),
            ("extra.a[1].b", "b"),
            ("extra.a[1].b", "y"),
        ];
        assert_eq!(all, expected);
    }
}
