//! Owns data without a key of the form as JSON: where OSV leaves room for it, and nowhere else.
//! Must never put it where a strict reader knows every key.

use caveat_advisory::{Data, Extra, RECORD_KEYS};
use caveat_check::Entry;
use serde_json::{Map, Number, Value, json};

/// A table as JSON.
pub(crate) fn table(rows: &Extra) -> Map<String, Value> {
    let row = |(key, data): (&String, &Data)| (key.clone(), value(data));
    rows.iter().map(row).collect()
}

fn value(data: &Data) -> Value {
    match data {
        Data::Text(text) => text.clone().into(),
        Data::Number(text) => number(text),
        Data::Flag(flag) => (*flag).into(),
        Data::List(items) => items.iter().map(value).collect(),
        Data::Table(rows) => table(rows).into(),
    }
}

/// Whole numbers stay whole ones. The form has no other numbers than JSON, so the text is never needed.
fn number(text: &str) -> Value {
    let whole = text.parse::<i64>().ok().map(Number::from);
    let number = whole.or_else(|| text.parse().ok().and_then(Number::from_f64));
    number.map_or_else(|| text.into(), Value::Number)
}

/// All of it, in the order of the record: first of the flaw, then of each package.
pub(crate) fn all(entry: &Entry) -> Vec<Value> {
    let rows = entry.affected.iter();
    let rows = rows.map(|row| pair(table(&row.extra), table(&row.ecosystem_extra)));
    let own = [Value::Object(table(&entry.advisory.extra))];
    own.into_iter().chain(rows).collect()
}

/// What a reader found in the `database_specific` and `ecosystem_specific` of one package.
pub(crate) fn pair(database: Map<String, Value>, ecosystem: Map<String, Value>) -> Value {
    json!([database, ecosystem])
}

/// What a reader found in `database_specific`, without what every record says there.
pub(crate) fn own(mut database: Map<String, Value>) -> Value {
    database.retain(|key, _| !RECORD_KEYS.contains(&key.as_str()));
    database.into()
}
