//! Owns how data without a key of the form is written: a table for each table of the first level, lists one item to a line.
//! Must never write anything between a header and its rows.

use caveat_advisory::{Data, Extra};

use crate::keep::inline;
use crate::node::key_text;

/// The widest list that stands on one line.
const WIDEST: usize = 100;

/// A table and the tables in it.
pub(crate) fn tables(text: &mut String, name: &str, rows: &Extra) {
    let (below, own): (Vec<_>, Vec<_>) = rows.iter().partition(|(_, data)| is_table(data));
    if !own.is_empty() {
        text.push_str(&format!("\n[{name}]\n"));
        for (key, data) in own {
            row(text, key, data);
        }
    }
    for (key, data) in below {
        let Data::Table(rows) = data else { continue };
        text.push_str(&format!("\n[{name}.{}]\n", key_text(key)));
        for (key, data) in rows {
            row(text, key, data);
        }
    }
}

/// An empty one needs no header of its own.
fn is_table(data: &Data) -> bool {
    matches!(data, Data::Table(rows) if !rows.is_empty())
}

fn row(text: &mut String, key: &str, data: &Data) {
    let (key, short) = (key_text(key), inline(data));
    match data {
        Data::List(items) if items.len() > 1 && key.len() + short.len() + 3 > WIDEST => {
            let items = items.iter().map(|item| format!("    {},\n", inline(item)));
            text.push_str(&format!("{key} = [\n{}]\n", items.collect::<String>()));
        }
        _ => text.push_str(&format!("{key} = {short}\n")),
    }
}
