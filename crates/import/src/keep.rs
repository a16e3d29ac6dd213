//! Owns foreign values as data of `[extra]`: what TOML and JSON both can say stays what it is, the rest becomes text.
//! Must never change a value without saying so.

use caveat_advisory::{Data, Extra};

use crate::node::{Node, Value};

/// Levels below `[extra.source]` that `check` takes; deeper values are kept as one text.
const DEEPEST: usize = 6;

/// A value as data, and what was done to it, in words; `None` where nothing is left of it. An empty text, list or table says
/// nothing, and some readers of records stumble over it.
pub(crate) fn data(node: &Node) -> (Option<Data>, Vec<&'static str>) {
    let mut doubts = Vec::new();
    let data = convert(node, &mut doubts).filter(|data| !data.is_empty());
    let deep = data.as_ref().is_some_and(|data| data.depth() > DEEPEST);
    if deep {
        doubts = vec!["it is nested so deeply that it is kept as text"];
        return (Some(Data::Text(node.inline())), doubts);
    }
    doubts.sort_unstable();
    doubts.dedup();
    (data, doubts)
}

fn convert(node: &Node, doubts: &mut Vec<&'static str>) -> Option<Data> {
    let kept = |data: Option<Data>| data.filter(|data| !data.is_empty());
    Some(match &node.value {
        Value::Null => {
            doubts.push("TOML has no `null`: each is left out");
            return None;
        }
        Value::Text(text) => Data::Text(text.clone()),
        Value::Flag(flag) => Data::Flag(*flag),
        Value::Other(text) => number(text, doubts),
        Value::List(items) => {
            let items = items.iter().filter_map(|item| kept(convert(item, doubts)));
            Data::List(items.collect())
        }
        Value::Table(rows) => {
            let mut table = Extra::new();
            for (key, row) in rows {
                let data = kept(convert(row, doubts));
                table.extend(data.map(|data| (key.clone(), data)));
            }
            Data::Table(table)
        }
    })
}

/// Dates are text; so is a number that does not fit.
fn number(text: &str, doubts: &mut Vec<&'static str>) -> Data {
    if let Ok(whole) = text.parse::<i64>() {
        return Data::Number(whole.to_string());
    }
    let digits = text.trim_start_matches(['-', '+']);
    let is_whole = digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_date = text.contains(':') || digits.matches('-').count() == 2;
    match text.parse::<f64>() {
        Ok(broken) if broken.is_finite() && !is_whole => Data::Number(format!("{broken:?}")),
        _ if is_date => Data::Text(text.to_owned()),
        _ => {
            doubts.push("a number that does not fit is kept as text");
            Data::Text(text.to_owned())
        }
    }
}

/// Data on one line, as TOML.
pub(crate) fn inline(data: &Data) -> String {
    Node::of(data).inline()
}

impl Node {
    /// Without a place: only to be written.
    fn of(data: &Data) -> Self {
        let value = match data {
            Data::Text(text) => Value::Text(text.clone()),
            Data::Number(text) => Value::Other(text.clone()),
            Data::Flag(flag) => Value::Flag(*flag),
            Data::List(items) => Value::List(items.iter().map(Self::of).collect()),
            Data::Table(rows) => {
                let rows = rows.iter().map(|(key, data)| (key.clone(), Self::of(data)));
                Value::Table(rows.collect())
            }
        };
        Self { span: 0..0, value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(value: Value) -> (Option<Data>, usize) {
        let (data, doubts) = data(&Node { span: 0..0, value });
        (data, doubts.len())
    }

    #[test]
    fn numbers_and_dates_stay_what_they_are_and_what_does_not_fit_is_text() {
        let number = |text: &str| Some(Data::Number(text.to_owned()));
        let text = |text: &str| Some(Data::Text(text.to_owned()));
        for (written, expected, doubts) in [
            ("12", number("12"), 0),
            ("-1.50", number("-1.5"), 0),
            ("1e3", number("1000.0"), 0),
            ("2026-01-02T03:04:05Z", text("2026-01-02T03:04:05Z"), 0),
            ("2026-01-02", text("2026-01-02"), 0),
            ("99999999999999999999", text("99999999999999999999"), 1),
            ("1e999", text("1e999"), 1),
            ("nan", text("nan"), 1),
        ] {
            let found = kept(Value::Other(written.to_owned()));
            assert_eq!(found, (expected, doubts), "{written}");
        }
    }

    #[test]
    fn null_is_left_out_and_said() {
        let node = |value| Node { span: 0..0, value };
        let list = Value::List(vec![node(Value::Null), node(Value::Flag(true))]);
        assert_eq!(kept(list), (Some(Data::List(vec![Data::Flag(true)])), 1));
        assert_eq!(kept(Value::Null), (None, 1));
    }

    #[test]
    fn what_is_empty_says_nothing() {
        let node = |value| Node { span: 0..0, value };
        let text = |text: &str| node(Value::Text(text.to_owned()));
        let rows = [
            ("a", text("")),
            ("b", node(Value::List(vec![text("")]))),
            ("c", text("d")),
        ];
        let rows = rows.map(|(key, node)| (key.to_owned(), node));
        let kept_rows = Extra::from([("c".to_owned(), Data::Text("d".to_owned()))]);
        assert_eq!(
            kept(Value::Table(rows.into())),
            (Some(Data::Table(kept_rows)), 0)
        );
        assert_eq!(kept(Value::Text(String::new())), (None, 0));
    }

    #[test]
    fn what_is_too_deep_is_one_text() {
        let mut value = Value::Flag(true);
        for _ in 0..7 {
            value = Value::List(vec![Node { span: 0..0, value }]);
        }
        assert_eq!(
            kept(value),
            (Some(Data::Text("[[[[[[[true]]]]]]]".to_owned())), 1)
        );
    }
}
