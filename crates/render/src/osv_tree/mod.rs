//! Owns the tree of OSV records in the layout that OSV.dev exports, which scanners read unchanged.
//! Must never write an index that disagrees with the records.

mod archive;
mod checksum;
mod offline;
mod source;

use std::fmt::Write as _;

use caveat_advisory::{Project, Timestamp};
use caveat_artifact::Sink;
use caveat_convert::{Record, Records};
use rayon::prelude::*;

use crate::Error;
use crate::error::put;
use archive::Archive;
use offline::Offline;

pub(crate) use checksum::Checksum;

/// Everything below `osv/`; the checksums of its archives, which a host should send with them.
pub(crate) fn render(
    records: &Records,
    project: &Project,
    sink: &dyn Sink,
) -> Result<Vec<Checksum>, Error> {
    records
        .all()
        .par_iter()
        .try_for_each(|record| files(record, sink))?;
    put(sink, "osv/all.json", index(records))?;
    put(sink, "osv/ecosystems.txt", lines(records.ecosystems()))?;
    put(sink, "osv/modified_id.csv", everything(records))?;
    if let Some(text) = source::entry(records, project) {
        put(sink, "osv/source.yaml", text)?;
    }
    archives(records, sink)
}

/// Each part is let go as soon as it is in the bundle.
fn archives(records: &Records, sink: &dyn Sink) -> Result<Vec<Checksum>, Error> {
    let all = Archive::of(records)?;
    let mut offline = Offline::of(&all)?;
    let mut checksums = vec![Checksum::of(&all)];
    let named = records.ecosystems();
    for ecosystem in Offline::ecosystems() {
        if !named.contains(ecosystem) {
            offline.add(ecosystem, None)?;
            continue;
        }
        let chosen: Vec<&Record> = of(records, ecosystem);
        let part = all.part(ecosystem, &chosen)?;
        offline.add(ecosystem, Some(&part))?;
        checksums.push(Checksum::of(&part));
        put(sink, part.path, part.bytes)?;
        let rows = chosen
            .iter()
            .map(|record| (record.modified(), name(record)));
        put(sink, format!("osv/{ecosystem}/modified_id.csv"), csv(rows))?;
    }
    put(sink, all.path, all.bytes)?;
    let offline = offline.finish()?;
    checksums.push(Checksum::of(&offline));
    put(sink, offline.path, offline.bytes)?;
    Ok(checksums)
}

fn files(record: &Record, sink: &dyn Sink) -> Result<(), Error> {
    put(sink, format!("osv/{}.json", record.id()), record.bytes())?;
    for ecosystem in record.ecosystems() {
        put(
            sink,
            format!("osv/{ecosystem}/{}.json", record.id()),
            record.bytes(),
        )?;
    }
    Ok(())
}

fn of<'r>(records: &'r Records, ecosystem: &str) -> Vec<&'r Record> {
    records
        .all()
        .iter()
        .filter(|record| record.ecosystems().contains(ecosystem))
        .collect()
}

fn lines<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names
        .into_iter()
        .fold(String::new(), |text, name| text + name + "\n")
}

/// Ids with the time of their last change: what a poller compares.
fn index(records: &Records) -> Vec<u8> {
    let rows = records.all().iter().map(|record| {
        let id = serde_json::Value::from(record.id());
        format!(
            "  {{\"id\": {id}, \"modified\": \"{}\"}}",
            record.modified()
        )
    });
    format!("[\n{}\n]\n", rows.collect::<Vec<_>>().join(",\n")).into_bytes()
}

fn name(record: &Record) -> String {
    record.id().to_owned()
}

/// Each record once for each of its ecosystems.
fn everything(records: &Records) -> String {
    csv(records.all().iter().flat_map(|record| {
        let names = record.ecosystems().iter();
        names.map(move |ecosystem| (record.modified(), format!("{ecosystem}/{}", record.id())))
    }))
}

/// Newest first; equal times by name, so that the order is total.
fn csv(rows: impl Iterator<Item = (Timestamp, String)>) -> String {
    let mut rows: Vec<(Timestamp, String)> = rows.collect();
    rows.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let mut text = String::new();
    for (modified, name) in rows {
        let _ = writeln!(text, "{modified},{name}");
    }
    text
}
