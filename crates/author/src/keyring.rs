//! Owns changes to `keys/keyring.toml` as text: a key comes into a role, goes out of it, ends, is revoked.
//! Must never lose a comment, and never decide whether a change is wise.

use caveat_advisory::{KEYRING, KeyRole, Timestamp};
use toml_edit::{Array, DocumentMut, Item, Table, TableLike, Value};

use crate::Fault;
use crate::revise::time;
use crate::text::{edited, parse};

/// What a new keyring begins with.
const OPENING: &str =
    "# Who may sign what for this feed: `caveat keys doctor` says what is to be done.\n";

/// Puts a key into a role; a text that is empty becomes a keyring.
///
/// # Errors
/// [`Fault`]: no TOML, or `role` is something else.
pub fn add_key(text: &str, role: KeyRole, name: &str) -> Result<String, Fault> {
    if text.trim().is_empty() {
        let role = role.as_str();
        return Ok(format!("{OPENING}\n[role.{role}]\nkeys = [\"{name}\"]\n"));
    }
    edited(text, |text| {
        let mut document = parse(text)?;
        let table = below(&mut document, "role", role.as_str())?;
        let keys = table.entry("keys").or_insert_with(|| Array::new().into());
        let keys = keys.as_array_mut().ok_or(Fault::Shape("keys"))?;
        keys.push(name);
        tidy(keys);
        Ok(document.to_string())
    })
}

/// Puts a key into every role in the place of another.
///
/// # Errors
/// As [`add_key`].
pub fn replace_key(text: &str, old: &str, new: &str) -> Result<String, Fault> {
    in_roles(text, |keys| {
        let last = keys.iter_mut().find(|key| key.as_str() == Some(old));
        if let Some(key) = last {
            let decor = key.decor().clone();
            *key = Value::from(new);
            *key.decor_mut() = decor;
        }
    })
}

/// Takes a key out of every role.
///
/// # Errors
/// As [`add_key`].
pub fn remove_key(text: &str, name: &str) -> Result<String, Fault> {
    in_roles(text, |keys| {
        let at = |keys: &Array| keys.iter().position(|key| key.as_str() == Some(name));
        while let Some(found) = at(keys) {
            take(keys, found);
        }
    })
}

/// Says until when a key may sign.
///
/// # Errors
/// As [`add_key`].
pub fn end_key(text: &str, name: &str, until: Timestamp) -> Result<String, Fault> {
    timed(text, name, "until", until)
}

/// Says from when a key may sign.
///
/// # Errors
/// As [`add_key`].
pub fn begin_key(text: &str, name: &str, from: Timestamp) -> Result<String, Fault> {
    timed(text, name, "from", from)
}

fn timed(text: &str, name: &str, field: &'static str, at: Timestamp) -> Result<String, Fault> {
    edited(text, |text| {
        let mut document = parse(text)?;
        let at = time(at)?;
        let table = below(&mut document, "key", name)?;
        // A comment on the line is about the line.
        match table.get_mut(field).and_then(Item::as_value_mut) {
            Some(old) => {
                let decor = old.decor().clone();
                *old = at.into_value().map_err(|_| Fault::Shape(field))?;
                *old.decor_mut() = decor;
            }
            None => drop(table.insert(field, at)),
        }
        Ok(document.to_string())
    })
}

/// Says that a key is trusted no more.
///
/// # Errors
/// As [`add_key`].
pub fn revoke_key(text: &str, name: &str, at: Timestamp, reason: &str) -> Result<String, Fault> {
    edited(text, |text| {
        let mut document = parse(text)?;
        let table = below(&mut document, "revoked", name)?;
        table.insert("at", time(at)?);
        table.insert("reason", reason.into());
        Ok(document.to_string())
    })
}

fn in_roles(text: &str, mut change: impl FnMut(&mut Array)) -> Result<String, Fault> {
    edited(text, |text| {
        let mut document = parse(text)?;
        let roles = document.get_mut("role").and_then(Item::as_table_like_mut);
        let roles = roles.ok_or(Fault::Shape("role"))?;
        for (_, role) in roles.iter_mut() {
            let keys = role
                .as_table_like_mut()
                .and_then(|role| role.get_mut("keys"));
            if let Some(keys) = keys.and_then(Item::as_array_mut) {
                change(keys);
            }
        }
        Ok(document.to_string())
    })
}

/// Takes a value out; a comment before it stays, before the next.
fn take(keys: &mut Array, at: usize) {
    let prefix = |value: &Value| {
        let prefix = value.decor().prefix().and_then(|raw| raw.as_str());
        prefix.unwrap_or_default().to_owned()
    };
    let gone = keys.remove(at);
    let own = prefix(&gone);
    let own = if own.contains('#') {
        own.trim_end()
    } else {
        ""
    };
    match keys.get_mut(at) {
        Some(next) => {
            let theirs = prefix(next);
            let first = at == 0 && own.is_empty() && !theirs.contains('#');
            let whole = if first {
                prefix(&gone)
            } else {
                joined(own, &theirs)
            };
            next.decor_mut().set_prefix(whole);
        }
        None if !own.is_empty() => {
            let trailing = keys.trailing().as_str().unwrap_or_default().to_owned();
            keys.set_trailing(joined(own, &trailing));
        }
        None => {}
    }
}

/// Two comments are two lines.
fn joined(own: &str, rest: &str) -> String {
    match rest.trim_start_matches([' ', '\t']) {
        comment if !own.is_empty() && comment.starts_with('#') => format!("{own}\n  {comment}"),
        _ => format!("{own}{rest}"),
    }
}

/// One line where it was one, a line for each where it was so.
fn tidy(keys: &mut Array) {
    let before = keys.len().checked_sub(2).and_then(|at| keys.get(at));
    let indent = before.map(|value| {
        let prefix = value.decor().prefix().and_then(|raw| raw.as_str());
        prefix.unwrap_or_default().to_owned()
    });
    let lines = indent
        .as_deref()
        .and_then(|prefix| prefix.rsplit_once('\n'));
    let Some((_, spaces)) = lines else { return };
    let spaces = format!("\n{spaces}");
    // What stands behind the last key is its comment.
    let trailing = keys.trailing().as_str().unwrap_or_default().to_owned();
    let comment = trailing.trim_end().to_owned();
    if let Some(last) = keys.iter_mut().last() {
        last.decor_mut().set_prefix(format!("{comment}{spaces}"));
    }
    keys.set_trailing("\n");
    keys.set_trailing_comma(true);
}

/// The table `[above.name]`, made where it is not there.
fn below<'d>(
    document: &'d mut DocumentMut,
    above: &'static str,
    name: &str,
) -> Result<&'d mut dyn TableLike, Fault> {
    if document.get(above).is_none() {
        let mut table = Table::new();
        table.set_implicit(true);
        // Behind the last table of those that come before it in the form.
        let rank = KEYRING.rank(above);
        let before = document
            .iter()
            .filter(|(name, _)| KEYRING.rank(name) < rank);
        let position = before.filter_map(|(_, item)| last_position(item)).max();
        table.set_position(position);
        document.insert(above, Item::Table(table));
    }
    let outer = document.get_mut(above).and_then(Item::as_table_like_mut);
    let outer = outer.ok_or(Fault::Shape(above))?;
    if outer.get(name).is_none() {
        let last = outer
            .iter()
            .filter_map(|(_, item)| last_position(item))
            .max();
        let mut table = Table::new();
        table.set_position(last);
        table.decor_mut().set_prefix("\n");
        outer.insert(name, Item::Table(table));
    }
    let inner = outer.get_mut(name).and_then(Item::as_table_like_mut);
    inner.ok_or(Fault::Shape(above))
}

/// Where the last header of a table and those below it stands.
fn last_position(item: &Item) -> Option<isize> {
    let table = item.as_table()?;
    let inner = table
        .iter()
        .filter_map(|(_, item)| last_position(item))
        .max();
    inner.max(table.position())
}
