//! Owns what is added to an advisory after it was published: revisions, and its withdrawal.
//! Must never change what earlier revisions say.

use caveat_advisory::{ADVISORY, Timestamp, Withdrawal};
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
pub fn revise(text: &str, at: Timestamp, note: &str) -> Result<String, Fault> {
    edited(text, |text| {
        let mut document = parse(text)?;
        add_revision(&mut document, at, note)?;
        Ok(document.to_string())
    })
}

/// Withdraws an advisory, and tells readers by a revision of the same time.
///
/// # Errors
/// Those of [`revise`]; [`Fault::Withdrawn`] already; [`Fault::Unpublished`].
pub fn withdraw(text: &str, withdrawal: &Withdrawal) -> Result<String, Fault> {
    edited(text, |text| {
        let mut document = parse(text)?;
        if document.contains_key("withdrawn") {
            return Err(Fault::Withdrawn);
        }
        if last_revision(&document)?.is_none() {
            return Err(Fault::Unpublished);
        }
        add_revision(&mut document, withdrawal.at, &said(withdrawal))?;
        let mut table = Table::new();
        table.insert("at", time(withdrawal.at)?);
        table.insert("reason", withdrawal.reason.as_str().into());
        if !withdrawal.replaced_by.is_empty() {
            let ids: Array = withdrawal.replaced_by.iter().collect();
            table.insert("replaced-by", ids.into());
        }
        if let Some(note) = &withdrawal.note {
            table.insert("note", note.into());
        }
        place(&mut document, "withdrawn", &mut table);
        document.insert("withdrawn", Item::Table(table));
        Ok(document.to_string())
    })
}

/// The revision's note.
fn said(withdrawal: &Withdrawal) -> String {
    let reason = withdrawal.reason.label();
    let (first, rest) = reason.split_at(1);
    let reason = format!("Withdrawn: {}{rest}", first.to_lowercase());
    if withdrawal.replaced_by.is_empty() {
        return format!("{reason}.");
    }
    format!(
        "{reason}; read {} instead.",
        withdrawal.replaced_by.join(", ")
    )
}

/// Adds a revision in the style of those that are there.
pub(crate) fn add_revision(
    document: &mut DocumentMut,
    at: Timestamp,
    note: &str,
) -> Result<(), Fault> {
    if let Some(last) = last_revision(document)?.filter(|last| at <= *last) {
        return Err(Fault::NotLater { at, last });
    }
    let mut table = Table::new();
    table.insert("at", time(at)?);
    table.insert("note", note.into());
    if let Some(Item::Value(Value::Array(array))) = document.get_mut("revision") {
        push(array, table.into_inline_table());
        return Ok(());
    }
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

fn time(at: Timestamp) -> Result<Item, Fault> {
    let time: Datetime = at.to_string().parse().map_err(|_| Fault::Shape("at"))?;
    Ok(time.into())
}

/// The time of the last revision, where there is one.
fn last_revision(document: &DocumentMut) -> Result<Option<Timestamp>, Fault> {
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
fn place(document: &mut DocumentMut, name: &str, table: &mut Table) {
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
