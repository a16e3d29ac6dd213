//! Owns what is added to an advisory after it was published: its revisions.
//! Must never change what earlier revisions say.

use caveat_advisory::{ADVISORY, Change, Revision, Timestamp};
use toml_edit::{
    Array, ArrayOfTables, Datetime, DocumentMut, InlineTable, Item, RawString, Table, TableLike,
    Value,
};

use crate::Fault;
use crate::text::{edited, parse};

/// Adds a revision after the last one.
///
/// # Errors
/// [`Fault::Syntax`]; [`Fault::NotLater`] than the last one; [`Fault::Shape`] where `revision` is something else.
pub fn revise(text: &str, revision: &Revision) -> Result<String, Fault> {
    edited(text, |text| {
        let mut document = parse(text)?;
        add_revision(&mut document, revision)?;
        Ok(document.to_string())
    })
}

/// Writes anew what the last revision says that it changed, and its note where there is a new one.
///
/// # Errors
/// [`Fault::Syntax`]; [`Fault::Unpublished`] where there is none; [`Fault::Shape`] where `revision` is something else.
pub fn amend(text: &str, changed: &[Change], note: Option<&str>) -> Result<String, Fault> {
    edited(text, |text| {
        let mut document = parse(text)?;
        let shape = || Fault::Shape("revision");
        let (last, lines): (Option<&mut dyn TableLike>, bool) = match document.get_mut("revision") {
            None => (None, false),
            Some(Item::ArrayOfTables(rows)) => (rows.iter_mut().last().map(|row| row as _), true),
            Some(Item::Value(Value::Array(rows))) => {
                let row = rows.iter_mut().last().and_then(Value::as_inline_table_mut);
                (row.map(|row| row as _), false)
            }
            Some(_) => return Err(shape()),
        };
        let last = last.ok_or(Fault::Unpublished)?;
        if let Some(note) = note {
            last.insert("note", note.into());
        }
        last.remove("changed");
        if !changed.is_empty() {
            last.insert("changed", told(changed, lines).into());
        }
        // What belongs behind it.
        for key in ["narrows", "fix-reverted", "reinstates"] {
            if let Some(reason) = last.remove(key) {
                last.insert(key, reason);
            }
        }
        Ok(document.to_string())
    })
}

/// Adds a revision in the style of those that are there.
pub(crate) fn add_revision(document: &mut DocumentMut, revision: &Revision) -> Result<(), Fault> {
    let at = revision.at;
    if let Some(last) = last_revision(document)?.filter(|last| at <= *last) {
        return Err(Fault::NotLater { at, last });
    }
    if let Some(Item::Value(Value::Array(array))) = document.get_mut("revision") {
        push(array, row(revision, false)?.into_inline_table());
        return Ok(());
    }
    let mut table = row(revision, true)?;
    place(document, "revision", &mut table);
    let revisions = document
        .entry("revision")
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let revisions = revisions
        .as_array_of_tables_mut()
        .ok_or(Fault::Shape("revision"))?;
    revisions.push(table);
    Ok(())
}

/// A revision as a table of its own, or as one that stands on a line.
fn row(revision: &Revision, lines: bool) -> Result<Table, Fault> {
    let mut table = Table::new();
    table.insert("at", time(revision.at)?);
    table.insert("note", revision.note.as_str().into());
    if revision.editorial {
        table.insert("editorial", true.into());
    }
    if !revision.changed.is_empty() {
        table.insert("changed", told(&revision.changed, lines).into());
    }
    for (key, reason) in revision.reasons() {
        if let Some(reason) = reason {
            table.insert(key, reason.into());
        }
    }
    Ok(table)
}

/// Changed fields, one on each line where there is room for lines.
fn told(changed: &[Change], lines: bool) -> Array {
    let mut array = Array::new();
    for one in changed {
        let mut row = InlineTable::new();
        row.insert("field", one.field.as_str().into());
        for (key, side) in [("from", &one.from), ("to", &one.to)] {
            if let Some(side) = side {
                row.insert(key, side.as_str().into());
            }
        }
        let mut row = Value::from(row);
        if lines && changed.len() > 1 {
            row.decor_mut().set_prefix("\n  ");
            array.push_formatted(row);
        } else {
            array.push(row);
        }
    }
    if lines && changed.len() > 1 {
        array.set_trailing_comma(true);
        array.set_trailing("\n");
    }
    array
}

/// One line for each where it was so.
fn push(array: &mut Array, row: InlineTable) {
    let text = |raw: Option<&RawString>| raw.and_then(RawString::as_str).map(str::to_owned);
    let last = array.iter().last();
    let before = text(last.and_then(|row| row.decor().prefix())).unwrap_or_default();
    // A comment that stands after the last row belongs to that row.
    let after = text(Some(array.trailing())).unwrap_or_default();
    let comment = after.trim_end();
    let prefix = match before.rsplit_once('\n') {
        Some((_, indent)) => format!("{comment}\n{indent}"),
        None if !comment.is_empty() => format!("{comment}\n"),
        None if array.is_empty() => String::new(),
        None => " ".to_owned(),
    };
    if !comment.is_empty() {
        array.set_trailing(after[comment.len()..].to_owned());
    }
    let mut row = Value::from(row);
    row.decor_mut().set_prefix(prefix);
    array.push_formatted(row);
}

pub(crate) fn time(at: Timestamp) -> Result<Item, Fault> {
    let time: Datetime = at.to_string().parse().map_err(|_| Fault::Shape("at"))?;
    Ok(time.into())
}

/// The time of the last revision, where there is one.
pub(crate) fn last_revision(document: &DocumentMut) -> Result<Option<Timestamp>, Fault> {
    let last: Option<&dyn TableLike> = match document.get("revision") {
        None => return Ok(None),
        Some(Item::ArrayOfTables(rows)) => rows.iter().last().map(|row| row as &dyn TableLike),
        Some(Item::Value(Value::Array(rows))) => {
            let row = rows.iter().last().and_then(Value::as_inline_table);
            row.map(|row| row as &dyn TableLike)
        }
        Some(_) => return Err(Fault::Shape("revision")),
    };
    let Some(last) = last else { return Ok(None) };
    let at = last.get("at").and_then(Item::as_datetime);
    let at = at.and_then(|at| at.to_string().parse().ok());
    at.map(Some).ok_or(Fault::Shape("at"))
}

/// Finds the place of a new table in the canonical order among those that are there.
pub(crate) fn place(document: &mut DocumentMut, name: &str, table: &mut Table) {
    let rank = ADVISORY.rank(name);
    let (mut before, mut last) = (-1, -1);
    for (name, item) in document.iter() {
        let positions: Vec<isize> = match item {
            Item::Table(table) => table.position().into_iter().collect(),
            Item::ArrayOfTables(rows) => rows.iter().filter_map(Table::position).collect(),
            _ => continue,
        };
        let highest = positions.into_iter().max().unwrap_or(-1);
        last = last.max(highest);
        if ADVISORY.rank(name) <= rank {
            before = before.max(highest);
        }
    }
    // Tables of one position are printed in the order of the map, where the new one is last.
    table.set_position(Some(before));
    let trailing = document.trailing().as_str().unwrap_or_default().to_owned();
    if before < last {
        return;
    }
    if trailing.contains('#') {
        // What stood at the end of the file stays where it was, apart from what follows.
        let prefix = format!("{}\n\n", trailing.trim_end());
        table.decor_mut().set_prefix(prefix);
    }
    document.set_trailing("");
}
