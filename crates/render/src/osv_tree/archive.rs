//! Owns archives of records. The only door to `zip`.
//! Must never write an archive whose bytes change without its contents.

use std::io::{Cursor, Write as _};

use caveat_advisory::Timestamp;
use caveat_convert::{Record, Records};
use rayon::prelude::*;
use zip::result::{ZipError, ZipResult};
use zip::write::{PreparedZipFile, SimpleFileOptions};
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::Error;

/// A zip, and where it goes.
pub(crate) struct Archive {
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
    /// When the newest record in it was changed.
    pub(crate) newest: Option<Timestamp>,
}

impl Archive {
    /// Every record, compressed on all cores, sorted by id.
    pub(crate) fn of(records: &Records) -> Result<Self, Error> {
        let mut sorted: Vec<&Record> = records.all().iter().collect();
        sorted.sort_by_key(|record| record.id());
        Self::new("osv/all.zip".to_owned(), &sorted, |writer| {
            let prepared: ZipResult<Vec<_>> =
                sorted.par_iter().map(|record| compress(record)).collect();
            prepared?
                .into_iter()
                .try_for_each(|file| writer.add_prepared_file(file))
        })
    }

    /// The records of an ecosystem, copied as they were compressed here.
    pub(crate) fn part(&self, ecosystem: &str, records: &[&Record]) -> Result<Self, Error> {
        let path = format!("osv/{ecosystem}/all.zip");
        let mut names: Vec<String> = records.iter().map(|record| file_name(record)).collect();
        names.sort();
        Self::new(path, records, |writer| {
            let mut all = ZipArchive::new(Cursor::new(self.bytes.as_slice()))?;
            names
                .iter()
                .try_for_each(|name| writer.raw_copy_file(all.by_name(name)?))
        })
    }

    fn new(
        path: String,
        records: &[&Record],
        fill: impl FnOnce(&mut ZipWriter<Cursor<Vec<u8>>>) -> ZipResult<()>,
    ) -> Result<Self, Error> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let filled = fill(&mut writer).and_then(|()| writer.finish());
        let newest = records.iter().map(|record| record.modified()).max();
        Self::finished(path, filled, newest)
    }

    fn finished(
        path: String,
        filled: ZipResult<Cursor<Vec<u8>>>,
        newest: Option<Timestamp>,
    ) -> Result<Self, Error> {
        match filled {
            Ok(cursor) => Ok(Self {
                path,
                bytes: cursor.into_inner(),
                newest,
            }),
            Err(source) => Err(Error::Zip { path, source }),
        }
    }
}

/// An archive of files as they are, one after the other.
pub(crate) struct Stored {
    path: String,
    writer: ZipWriter<Cursor<Vec<u8>>>,
}

impl Stored {
    /// Nothing yet, with room for so many bytes.
    pub(crate) fn new(path: &str, room: usize) -> Self {
        Self {
            path: path.to_owned(),
            writer: ZipWriter::new(Cursor::new(Vec::with_capacity(room))),
        }
    }

    /// One file more, of this time.
    pub(crate) fn add(
        &mut self,
        name: &str,
        bytes: &[u8],
        at: Option<Timestamp>,
    ) -> Result<(), Error> {
        let options = options(CompressionMethod::Stored, at);
        let started = self.writer.start_file(name, options);
        let written = started.and_then(|()| self.writer.write_all(bytes).map_err(ZipError::Io));
        written.map_err(|source| self.fault(source))
    }

    /// The whole.
    pub(crate) fn finish(self) -> Result<Archive, Error> {
        let Self { path, writer } = self;
        Archive::finished(path, writer.finish(), None)
    }

    fn fault(&self, source: ZipError) -> Error {
        Error::Zip {
            path: self.path.clone(),
            source,
        }
    }
}

fn compress(record: &Record) -> ZipResult<PreparedZipFile> {
    let options = options(CompressionMethod::Deflated, Some(record.modified()));
    PreparedZipFile::from_data(file_name(record), options, record.bytes())
}

fn options(method: CompressionMethod, at: Option<Timestamp>) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(at.and_then(dos_time).unwrap_or_default())
        .unix_permissions(0o644)
}

fn file_name(record: &Record) -> String {
    format!("{}.json", record.id())
}

/// Zip's own clock: no zone, two seconds, no year before 1980. Times are UTC.
fn dos_time(at: Timestamp) -> Option<DateTime> {
    let text = at.to_string();
    let number = |range: std::ops::Range<usize>| {
        text.get(range).and_then(|digits| digits.parse::<u8>().ok())
    };
    let year = text.get(0..4)?.parse().ok()?;
    let (month, day) = (number(5..7)?, number(8..10)?);
    let (hour, minute, second) = (number(11..13)?, number(14..16)?, number(17..19)?);
    DateTime::from_date_and_time(year, month, day, hour, minute, second).ok()
}
