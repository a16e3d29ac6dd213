//! Owns the tree of OSV records in the layout that OSV.dev exports, which scanners read unchanged. The only door to `zip`.
//! Must never write an index that disagrees with the records, or an archive whose bytes change without its contents.

use std::fmt::Write as _;
use std::io::Cursor;

use caveat_advisory::Timestamp;
use caveat_artifact::Sink;
use caveat_convert::{Record, Records};
use rayon::prelude::*;
use zip::write::{PreparedZipFile, SimpleFileOptions};
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::Error;
use crate::error::put;

/// Everything below `osv/`.
pub(crate) fn render(records: &Records, sink: &dyn Sink) -> Result<(), Error> {
    records
        .all()
        .par_iter()
        .try_for_each(|record| files(record, sink))?;
    let all = archive("osv/all.zip", records)?;
    for ecosystem in records.ecosystems() {
        let chosen: Vec<&Record> = of(records, ecosystem);
        let path = format!("osv/{ecosystem}/all.zip");
        let part = part(&path, &all, &chosen)?;
        put(sink, path, part)?;
        put(
            sink,
            format!("osv/{ecosystem}/modified_id.csv"),
            csv(&chosen, |record| record.id().to_owned()),
        )?;
    }
    put(sink, "osv/all.zip", all)?;
    put(sink, "osv/all.json", index(records))?;
    put(sink, "osv/ecosystems.txt", lines(records.ecosystems()))?;
    let everything: Vec<(&Record, &str)> = records
        .all()
        .iter()
        .flat_map(|record| {
            record
                .ecosystems()
                .iter()
                .map(move |ecosystem| (record, ecosystem.as_str()))
        })
        .collect();
    put(sink, "osv/modified_id.csv", full_csv(everything))
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

/// Newest first; equal times by name, so that the order is total.
fn csv(records: &[&Record], name: impl Fn(&Record) -> String) -> String {
    rows(
        records
            .iter()
            .map(|record| (record.modified(), name(record)))
            .collect(),
    )
}

fn full_csv(records: Vec<(&Record, &str)>) -> String {
    rows(
        records
            .into_iter()
            .map(|(record, ecosystem)| (record.modified(), format!("{ecosystem}/{}", record.id())))
            .collect(),
    )
}

fn rows(mut rows: Vec<(Timestamp, String)>) -> String {
    rows.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let mut text = String::new();
    for (modified, name) in rows {
        let _ = writeln!(text, "{modified},{name}");
    }
    text
}

/// Every record, compressed on all cores.
fn archive(path: &str, records: &Records) -> Result<Vec<u8>, Error> {
    let fail = |source| Error::Zip {
        path: path.to_owned(),
        source,
    };
    let compress = |record: &Record| {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(dos_time(record.modified()))
            .unix_permissions(0o644);
        PreparedZipFile::from_data(file_name(record), options, record.bytes())
    };
    let mut sorted: Vec<&Record> = records.all().iter().collect();
    sorted.sort_by_key(|record| record.id());
    let prepared: Result<Vec<_>, _> = sorted.par_iter().map(|record| compress(record)).collect();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for file in prepared.map_err(fail)? {
        writer.add_prepared_file(file).map_err(fail)?;
    }
    Ok(writer.finish().map_err(fail)?.into_inner())
}

/// Some records of a larger archive, copied as they were compressed there.
fn part(path: &str, all: &[u8], records: &[&Record]) -> Result<Vec<u8>, Error> {
    let fail = |source| Error::Zip {
        path: path.to_owned(),
        source,
    };
    let mut names: Vec<String> = records.iter().map(|record| file_name(record)).collect();
    names.sort();
    let mut archive = ZipArchive::new(Cursor::new(all)).map_err(fail)?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for name in names {
        let file = archive.by_name(&name).map_err(fail)?;
        writer.raw_copy_file(file).map_err(fail)?;
    }
    Ok(writer.finish().map_err(fail)?.into_inner())
}

fn file_name(record: &Record) -> String {
    format!("{}.json", record.id())
}

/// Zip's own clock: no zone, two seconds, no year before 1980. Times are UTC.
fn dos_time(at: Timestamp) -> DateTime {
    let text = at.to_string();
    let number = |range: std::ops::Range<usize>| {
        text.get(range).and_then(|digits| digits.parse::<u8>().ok())
    };
    let parts = || {
        let year = text.get(0..4)?.parse().ok()?;
        let (month, day) = (number(5..7)?, number(8..10)?);
        let (hour, minute, second) = (number(11..13)?, number(14..16)?, number(17..19)?);
        DateTime::from_date_and_time(year, month, day, hour, minute, second).ok()
    };
    parts().unwrap_or_default()
}
