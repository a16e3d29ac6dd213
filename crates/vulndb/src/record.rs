//! Owns a record as govulncheck reads it: the OSV record, with what it says of Go modules alone.
//! Must never add a fact, nor leave an event that govulncheck passes over.

use caveat_convert::Record;
use serde_json::Value;

use crate::ECOSYSTEM;

/// One record, and what indexes need of it.
pub(crate) struct GoRecord {
    pub(crate) id: String,
    pub(crate) modified: String,
    pub(crate) aliases: Vec<String>,
    /// Each module, and the version that ends the flaw for good.
    pub(crate) modules: Vec<(String, Option<String>)>,
    pub(crate) value: Value,
}

/// `None` where it names no Go module.
pub(crate) fn of(record: &Record) -> Option<GoRecord> {
    // Every record was read back before by two readers.
    let mut value: Value = serde_json::from_slice(record.bytes()).ok()?;
    let rows = value.get_mut("affected")?.as_array_mut()?;
    rows.retain(|row| row["package"]["ecosystem"] == ECOSYSTEM);
    for row in rows.iter_mut() {
        ranges(row);
    }
    let modules: Vec<_> = rows.iter().filter_map(module).collect();
    (!modules.is_empty()).then(|| GoRecord {
        id: record.id().to_owned(),
        modified: record.modified().to_string(),
        aliases: texts(&value["aliases"]),
        modules,
        value,
    })
}

/// Rules keep other ranges and other ends from Go modules. Were there one, the end would be open: a false alarm is better
/// than none, and than the version after it, which would be shown as a fix.
fn ranges(row: &mut Value) {
    let Some(ranges) = row.get_mut("ranges").and_then(Value::as_array_mut) else {
        return;
    };
    ranges.retain(|range| range["type"] == "SEMVER");
    for range in ranges {
        if let Some(events) = range.get_mut("events").and_then(Value::as_array_mut) {
            events.retain(|event| event.get("last_affected").is_none());
        }
    }
}

fn module(row: &Value) -> Option<(String, Option<String>)> {
    let name = row["package"]["name"].as_str()?.to_owned();
    Some((name, end(row)))
}

/// Versions from there on are not asked about at all, so it is only told where no range goes on.
fn end(row: &Value) -> Option<String> {
    let [range] = row["ranges"].as_array()?.as_slice() else {
        return None;
    };
    let last = range["events"].as_array()?.last()?;
    Some(last.get("fixed")?.as_str()?.to_owned())
}

fn texts(value: &Value) -> Vec<String> {
    let texts = value.as_array().into_iter().flatten();
    texts.filter_map(Value::as_str).map(str::to_owned).collect()
}
