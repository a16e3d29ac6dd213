//! Owns putting derived ranges in the place of those that somebody wrote.
//! Must never touch a row that it was not asked for.

use toml_edit::{Array, Item, TableLike, Value};

use crate::Fault;
use crate::text::{edited, parse};

/// Gives some rows of `[[affected]]`, by their places, other `versions`. A comment behind them stays.
///
/// # Errors
/// [`Fault::Syntax`], and [`Fault::Shape`] where there is no such row.
pub fn set_versions(text: &str, rows: &[(usize, Vec<String>)]) -> Result<String, Fault> {
    edited(text, |text| {
        let mut document = parse(text)?;
        let affected = document
            .get_mut("affected")
            .ok_or(Fault::Shape("affected"))?;
        for (at, versions) in rows {
            let row = row(affected, *at).ok_or(Fault::Shape("affected"))?;
            set(row, versions);
        }
        Ok(document.to_string())
    })
}

fn row(affected: &mut Item, at: usize) -> Option<&mut dyn TableLike> {
    match affected {
        Item::ArrayOfTables(rows) => rows.get_mut(at).map(|row| row as _),
        Item::Value(Value::Array(rows)) => Some(rows.get_mut(at)?.as_inline_table_mut()? as _),
        _ => None,
    }
}

fn set(row: &mut dyn TableLike, versions: &[String]) {
    let mut value = Value::from(versions.iter().collect::<Array>());
    match row.get_mut("versions").and_then(Item::as_value_mut) {
        Some(old) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        None => drop(row.insert("versions", Item::Value(value))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_versions_of_a_row_change() {
        let text = "# top\n[[affected]]\npackage = 'a'\nversions = ['< 1']   # why\n\n[[affected]]\npackage = 'b'\n";
        let rows = [
            (0, vec!["< 2".to_owned(), ">= 3, < 4".to_owned()]),
            (1, vec![">= 0".to_owned()]),
        ];
        let expected = "# top\n[[affected]]\npackage = 'a'\nversions = [\"< 2\", \">= 3, < 4\"]   # why\n\n[[affected]]\npackage = 'b'\nversions = [\">= 0\"]\n";
        assert_eq!(set_versions(text, &rows).as_deref(), Ok(expected));
        let inline = "affected = [{ package = 'a', versions = ['< 1'] }]\n";
        let expected = "affected = [{ package = 'a', versions = [\"< 2\"] }]\n";
        let one = [(0, vec!["< 2".to_owned()])];
        assert_eq!(set_versions(inline, &one).as_deref(), Ok(expected));
    }

    #[test]
    fn a_row_that_is_not_there_is_refused() {
        let rows = [(1, Vec::new())];
        let wrong = Err(Fault::Shape("affected"));
        assert_eq!(set_versions("[[affected]]\n", &rows), wrong);
        assert_eq!(set_versions("affected = 1\n", &rows), wrong);
        assert_eq!(set_versions("", &rows), wrong);
    }
}
