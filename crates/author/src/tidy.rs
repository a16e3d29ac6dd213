//! Owns the canonical form of an advisory file: the order of the form, one spacing, arrays on one line where they fit.
//! Must never change how a value or a comment is written.

use caveat_advisory::{ADVISORY, Form};
use toml_edit::{Array, Decor, Item, KeyMut, RawString, Table, TableLike, Value};

use crate::Fault;
use crate::text::{comments, edited, parse, split_header};

/// Longer arrays get one line for each element.
const WIDEST: usize = 120;

/// Gives an advisory file its canonical form.
///
/// # Errors
/// [`Fault::Syntax`]; and [`Fault::Lossy`] where the outcome would not say the same, which would be a fault of ours.
pub fn tidy(text: &str) -> Result<String, Fault> {
    let tidied = edited(text, arranged)?;
    if same(text, &tidied)? {
        Ok(tidied)
    } else {
        Err(Fault::Lossy)
    }
}

fn arranged(text: &str) -> Result<String, Fault> {
    let (header, body) = split_header(text);
    let mut document = parse(body)?;
    table(document.as_table_mut(), Some(&ADVISORY), &mut 0);
    let trailing = between(text_of(Some(document.trailing())), false);
    document.set_trailing(trailing);
    let (header, body) = (between(header, false), document.to_string());
    let parts = [header.trim(), body.trim()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Ok(format!("{}\n", parts.join("\n\n")))
}

/// Orders a table and everything below it; `position` counts the headers that were passed.
fn table(table: &mut Table, form: Option<&Form>, position: &mut isize) {
    let rank = |name: &str| form.map_or(0, |form| form.rank(name));
    table.sort_values_by(|a, _, b, _| rank(a.get()).cmp(&rank(b.get())));
    for (mut key, item) in table.iter_mut() {
        let inner = form
            .and_then(|form| form.key(key.get()))
            .and_then(|key| key.shape.form());
        match item {
            Item::None => {}
            Item::Value(found) => {
                let wide = name(&mut key);
                value(found, inner, wide);
            }
            Item::Table(found) if found.is_dotted() => {
                key.fmt();
                self::table(found, inner, position);
            }
            Item::Table(found) => {
                key.fmt();
                headed(found, inner, position);
            }
            Item::ArrayOfTables(rows) => {
                key.fmt();
                rows.iter_mut().for_each(|row| headed(row, inner, position));
            }
        }
    }
}

/// A table with a header of its own: always after a blank line.
fn headed(found: &mut Table, form: Option<&Form>, position: &mut isize) {
    *position += 1;
    found.set_position(Some(*position));
    let decor = found.decor_mut();
    let (before, after) = (text_of(decor.prefix()), text_of(decor.suffix()));
    *decor = Decor::new(between(before, true), tail(after));
    table(found, form, position);
}

/// Spells a key in the usual way; tells how wide it is, with its ` = `.
fn name(key: &mut KeyMut<'_>) -> usize {
    let before = between(text_of(key.leaf_decor().prefix()), false);
    key.fmt();
    *key.leaf_decor_mut() = Decor::new(before, " ");
    key.display_repr().chars().count() + 3
}

fn value(value: &mut Value, form: Option<&Form>, wide: usize) {
    let after = tail(text_of(value.decor().suffix()));
    // Nobody but the author knows where a comment in the middle belongs.
    if comments(&value.to_string()).len() == comments(&after).len() {
        inner(value, form);
        if let Value::Array(array) = value {
            break_lines(array, wide);
        }
    }
    *value.decor_mut() = Decor::new(" ", after);
}

/// Everything below a value on one line.
fn inner(value: &mut Value, form: Option<&Form>) {
    match value {
        Value::Array(array) => {
            array.iter_mut().for_each(|value| inner(value, form));
            array.fmt();
        }
        Value::InlineTable(table) => {
            let rank = |name: &str| form.map_or(0, |form| form.rank(name));
            table.sort_values_by(|a, _, b, _| rank(a.get()).cmp(&rank(b.get())));
            for (mut key, value) in table.iter_mut() {
                let below = form.and_then(|form| form.key(key.get()));
                key.fmt();
                inner(value, below.and_then(|key| key.shape.form()));
            }
            table.set_trailing_comma(false);
            table.set_trailing("");
            table.fmt();
        }
        _ => value.decor_mut().clear(),
    }
}

fn break_lines(array: &mut Array, wide: usize) {
    array.decor_mut().clear();
    let one = array.to_string();
    if array.len() < 2 || !one.contains('\n') && one.chars().count() + wide <= WIDEST {
        return;
    }
    for element in array.iter_mut() {
        *element.decor_mut() = Decor::new("\n    ", "");
    }
    array.set_trailing("\n");
    array.set_trailing_comma(true);
}

fn text_of(raw: Option<&RawString>) -> &str {
    raw.and_then(RawString::as_str).unwrap_or_default()
}

/// What stands before a key or header: comments without indent, blank lines at most one at a time.
/// A header is `apart`: a blank line comes before it, or between it and what belongs to the table above.
fn between(before: &str, apart: bool) -> String {
    // Spaces after the last line break are the indent of what comes next.
    let before = before.trim_end_matches([' ', '\t']);
    let lines: Vec<&str> = before.lines().map(str::trim).collect();
    let parts: Vec<_> = lines
        .split(|line| line.is_empty())
        .filter(|part| !part.is_empty())
        .collect();
    let part = |part: &&[&str]| part.join("\n") + "\n";
    let mut text = parts.iter().map(part).collect::<Vec<_>>().join("\n");
    let blank = |line: Option<&&str>| line.is_some_and(|line| line.is_empty());
    let alone = text.is_empty();
    let (first, last) = (blank(lines.first()), blank(lines.last()));
    if !alone && last {
        text.push('\n');
    }
    if apart && (alone || !text.contains("\n\n")) || !alone && first {
        text.insert(0, '\n');
    }
    text
}

/// A comment at the end of a line, as far away as it was.
fn tail(after: &str) -> String {
    let after = after.trim_end();
    let near = after.starts_with('#');
    format!("{}{after}", if near { " " } else { "" })
}

/// Do both texts say the same, comments included?
fn same(before: &str, after: &str) -> Result<bool, Fault> {
    let sorted = |text| {
        let mut all = comments(text);
        all.sort_unstable();
        all.join("\n")
    };
    let values = |text: &str| Ok::<_, Fault>(plain(parse(text)?.as_table()));
    Ok(sorted(before) == sorted(after)
        && values(before.trim_start_matches('\u{feff}'))? == values(after)?)
}

/// A table as text without order, comments or form.
fn plain(table: &dyn TableLike) -> String {
    let mut pairs: Vec<String> = table
        .iter()
        .map(|(key, item)| format!("{key:?}:{}", plain_item(item)))
        .collect();
    pairs.sort_unstable();
    format!("{{{}}}", pairs.join(","))
}

fn plain_item(item: &Item) -> String {
    if let Some(table) = item.as_table_like() {
        return plain(table);
    }
    let rows: Vec<String> = match item {
        Item::ArrayOfTables(rows) => rows.iter().map(|row| plain(row)).collect(),
        Item::Value(Value::Array(array)) => array.iter().map(plain_value).collect(),
        Item::Value(value) => return plain_value(value),
        _ => return String::new(),
    };
    format!("[{}]", rows.join(","))
}

fn plain_value(value: &Value) -> String {
    match value {
        Value::Array(_) | Value::InlineTable(_) => plain_item(&Item::Value(value.clone())),
        Value::String(text) => format!("{:?}", text.value()),
        _ => {
            // Without the comment behind it, which may move by a space.
            let mut bare = value.clone();
            bare.decor_mut().clear();
            bare.to_string()
        }
    }
}
