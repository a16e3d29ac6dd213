//! Owns data without a key of the form as JSON: where OSV leaves room for it, and nowhere else.
//! Must never put it where a strict reader knows every key.

use caveat_advisory::{Data, Extra, RECORD_KEYS};
use caveat_check::Entry;
use serde_json::{Map, Number, Value};

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
    vec![Value::Object(database), Value::Object(ecosystem)].into()
}

/// What a reader found in `database_specific`, without what every record says there.
pub(crate) fn own(mut database: Map<String, Value>) -> Value {
    database.retain(|key, _| !RECORD_KEYS.contains(&key.as_str()));
    database.into()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::tests::record;

    fn written() -> Value {
        let text = record("x_T", |text| {
            let row = "[[credit]]\nname = \"Ä";
            let extra = "[affected.extra]\na = 1\n[affected.ecosystem-extra]\nos = ['b']\n";
            let more = "[extra]\nb = { c = [0.5, 2026-01-02], d = true }\n";
            text.replacen(row, &format!("{extra}{row}"), 1) + more
        });
        serde_json::from_str(&text).expect("JSON")
    }

    #[test]
    fn data_stands_where_osv_leaves_room() {
        let record = written();
        let row = &record["affected"][0];
        assert_eq!(row["database_specific"], json!({"a": 1}));
        let limits = json!({"functions": ["x::f"], "os": ["b"]});
        assert_eq!(row["ecosystem_specific"], limits);
        let data = json!({"c": [0.5, "2026-01-02"], "d": true});
        assert_eq!(record["database_specific"]["b"], data);
    }

    #[test]
    fn the_keys_of_every_record_are_those_that_no_data_may_have() {
        let record = written();
        let keys = record["database_specific"].as_object().expect("an object");
        for key in keys.keys().filter(|key| *key != "b") {
            assert!(RECORD_KEYS.contains(&key.as_str()), "{key}");
        }
        let source = include_str!("osv.rs");
        for key in RECORD_KEYS {
            assert!(source.contains(&format!("\"{key}\"")), "{key}");
        }
    }
}
