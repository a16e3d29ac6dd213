//! Owns the end of an embargo before its time: the embargo says so, and the first revision is now.
//! Must never end an embargo of something that readers have seen.

use caveat_advisory::{ADVISORY, Revision, Timestamp};
use toml_edit::{Datetime, DocumentMut, Item, TableLike, Value};

use crate::Fault;
use crate::revise::add_revision;
use crate::text::{edited, parse};

/// Ends the embargo of an advisory: it is published at that time, for that reason. Where `pending`, it says that a CVE
/// id was asked for.
///
/// # Errors
/// [`Fault::Syntax`]; [`Fault::NoEmbargo`]; [`Fault::Published`] already; [`Fault::Shape`] where a key is something else.
pub fn publish_early(
    text: &str,
    at: Timestamp,
    reason: &str,
    pending: bool,
) -> Result<String, Fault> {
    edited(text, |text| {
        let mut document = parse(text)?;
        let embargo = document.get_mut("embargo").ok_or(Fault::NoEmbargo)?;
        let embargo = embargo.as_table_like_mut().ok_or(Fault::Shape("embargo"))?;
        set(embargo, "until", time(at)?);
        set(embargo, "ended-early", reason.into());
        first_revision(&mut document, at)?;
        if pending {
            say_pending(&mut document);
        }
        Ok(document.to_string())
    })
}

/// A value in the place of another, with the comment beside it; or at the end.
fn set(table: &mut dyn TableLike, key: &str, value: Value) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            let decor = old.decor().clone();
            *old = value;
            *old.decor_mut() = decor;
        }
        None => drop(table.insert(key, Item::Value(value))),
    }
}

/// The moment at which readers were to see it first becomes this one.
fn first_revision(document: &mut DocumentMut, at: Timestamp) -> Result<(), Fault> {
    let shape = || Fault::Shape("revision");
    let first: Option<&mut dyn TableLike> = match document.get_mut("revision") {
        None => None,
        Some(Item::ArrayOfTables(rows)) => rows.get_mut(0).map(|row| row as _),
        Some(Item::Value(Value::Array(rows))) => match rows.get_mut(0) {
            Some(row) => Some(row.as_inline_table_mut().ok_or_else(shape)?),
            None => None,
        },
        Some(_) => return Err(shape()),
    };
    let Some(first) = first else {
        let note = "First published, before the agreed time.";
        return add_revision(document, &Revision::new(at, note));
    };
    let planned = first.get("at").and_then(Item::as_datetime);
    let planned: Option<Timestamp> = planned.and_then(|at| at.to_string().parse().ok());
    if planned.ok_or(Fault::Shape("at"))? <= at {
        return Err(Fault::Published);
    }
    set(first, "at", time(at)?);
    Ok(())
}

/// Among the other keys in their order, where they are in order.
fn say_pending(document: &mut DocumentMut) {
    let names = document.iter().filter(|(_, item)| item.is_value());
    let ranks: Vec<_> = names.map(|(name, _)| ADVISORY.rank(name)).collect();
    document.insert("cve", "pending".into());
    if ranks.is_sorted() {
        let rank = |name: &toml_edit::Key| ADVISORY.rank(name.get());
        document.sort_values_by(|a, _, b, _| rank(a).cmp(&rank(b)));
    }
}

fn time(at: Timestamp) -> Result<Value, Fault> {
    let time: Datetime = at.to_string().parse().map_err(|_| Fault::Shape("at"))?;
    Ok(time.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-11-21T10:00:00Z";

    fn early(text: &str) -> Result<String, Fault> {
        publish_early(text, NOW.parse().expect("a time"), "It leaked.", true)
    }

    #[test]
    fn the_embargo_and_the_first_revision_are_now_and_the_rest_is_kept() {
        let text = "title = 'A'   # kept\nimpact = 'B'\n\n[[revision]]\nat = 2026-12-01T00:00:00Z # planned\nnote = 'First.'\n\n[embargo]\nuntil = 2026-12-01T00:00:00Z # agreed\nagreed-with = ['B']\n";
        let expected = "title = 'A'   # kept\ncve = \"pending\"\nimpact = 'B'\n\n[[revision]]\nat = 2026-11-21T10:00:00Z # planned\nnote = 'First.'\n\n[embargo]\nuntil = 2026-11-21T10:00:00Z # agreed\nagreed-with = ['B']\nended-early = \"It leaked.\"\n";
        assert_eq!(early(text).expect("good"), expected);
        let inline = "impact = 'B'\ntitle = 'A'\nembargo = { until = 2026-12-01T00:00:00Z }\n";
        let early = early(inline).expect("good");
        assert!(early.contains("ended-early = \"It leaked.\" }"), "{early}");
        assert!(
            early.contains("note = \"First published, before"),
            "{early}"
        );
    }

    #[test]
    fn what_readers_have_seen_or_nobody_keeps_back_has_no_embargo_to_end() {
        assert_eq!(early("title = 'A'\n"), Err(Fault::NoEmbargo));
        let seen =
            "revision = [{ at = 2026-11-01T00:00:00Z }]\n[embargo]\nuntil = 2026-12-01T00:00:00Z\n";
        assert_eq!(early(seen), Err(Fault::Published));
        assert_eq!(
            early("revision = 1\n[embargo]\nuntil = 1\n"),
            Err(Fault::Shape("revision"))
        );
        assert_eq!(early("embargo = 1\n"), Err(Fault::Shape("embargo")));
    }
}
