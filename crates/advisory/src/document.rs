//! Owns one file that was read without a fault of shape: its data, and where each field stands.
//! Must never hand out data of a file whose shape is wrong: a dropped row would shift every later place.

use std::ops::Range;
use std::sync::Arc;

use caveat_diag::{Diagnostic, Report, Source, Span};
use toml::de::DeTable;

use crate::fields::{Fields, Reader};
use crate::places::Places;

/// A file as it was found, not yet read.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Path within the repository, forward slashes.
    pub path: String,
    /// Its bytes; anything at all.
    pub bytes: Vec<u8>,
}

/// Data of type `T` together with the text it came from.
#[derive(Clone, Debug)]
pub struct Document<T> {
    source: Arc<Source>,
    places: Places,
    data: T,
}

impl<T> Document<T> {
    /// The data.
    pub fn data(&self) -> &T {
        &self.data
    }

    /// The data alone.
    pub fn into_data(self) -> T {
        self.data
    }

    /// The text it was read from.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// Path within the repository.
    pub fn path(&self) -> &str {
        self.source.path()
    }

    /// Was this field written?
    pub fn has(&self, name: &str) -> bool {
        self.places.get(name).is_some()
    }

    /// Where a field stands; the nearest enclosing field where it was not written, at last the first line.
    pub fn at(&self, name: &str) -> Span {
        let mut name = name;
        loop {
            if let Some(span) = self.places.get(name) {
                return span.clone();
            }
            match name.rfind(['.', '[']) {
                Some(end) => name = &name[..end],
                None => return self.source.first_line(),
            }
        }
    }

    /// Where some bytes of a string's value stand; the whole string where escapes hide them.
    pub fn within(&self, name: &str, value: &str, bytes: Range<usize>) -> Span {
        let whole = self.at(name);
        match self.source.text()[whole.range()].find(value) {
            Some(offset) if !value.is_empty() => {
                let start = whole.start() + offset;
                self.source.span(start + bytes.start..start + bytes.end)
            }
            _ => whole,
        }
    }

    /// Reads a file with `shape`. `None` only if something was reported.
    pub(crate) fn read_with(
        draft: Draft,
        report: &mut Report,
        shape: impl FnOnce(&mut Fields<'_, '_, '_>) -> Option<T>,
    ) -> Option<Self> {
        let mut found = Report::default();
        let (source, invalid) = Source::decode(draft.path, draft.bytes);
        let source = Arc::new(source);
        let document = match refuse(&source, invalid) {
            Some(refusal) => {
                found.push(refusal);
                None
            }
            None => Self::parse(&source, &mut found, shape),
        };
        let faulty = !found.is_empty();
        report.extend(found);
        document.filter(|_| !faulty)
    }

    fn parse(
        source: &Arc<Source>,
        report: &mut Report,
        shape: impl FnOnce(&mut Fields<'_, '_, '_>) -> Option<T>,
    ) -> Option<Self> {
        let (table, errors) = DeTable::parse_recoverable(source.text());
        for error in errors.iter().take(MOST_SYNTAX_ERRORS) {
            let span = source.span(error.span().unwrap_or(0..0));
            report.push(Diagnostic::error("syntax", error.message(), source, span));
        }
        let mut found = Report::default();
        let mut reader = Reader {
            source,
            report: &mut found,
            places: Places::default(),
            recovering: !errors.is_empty(),
        };
        let mut fields = Fields::root(&mut reader, table.get_ref());
        let data = shape(&mut fields);
        fields.finish();
        let places = reader.places.sorted();
        // What stands on a line that could not be read was not written like that.
        found.drop_lines_of(report);
        report.extend(found);
        Some(Self {
            source: Arc::clone(source),
            places,
            data: data?,
        })
    }
}

/// A binary file is one mistake, not ten thousand.
const MOST_SYNTAX_ERRORS: usize = 20;

/// The largest file that is read, in bytes. The longest real advisory seen has 60 kB.
pub const LARGEST_FILE: u64 = 1 << 20;

/// Files that are not worth parsing.
fn refuse(source: &Arc<Source>, invalid: Option<Span>) -> Option<Diagnostic> {
    if source.text().len() as u64 > LARGEST_FILE {
        let message = format!("this file is larger than the limit of {LARGEST_FILE} bytes");
        return Some(Diagnostic::error(
            "file-too-large",
            message,
            source,
            source.span(0..0),
        ));
    }
    let span = invalid?;
    let found = Diagnostic::error("not-utf8", "this file is not UTF-8 text", source, span);
    Some(
        found
            .here("the first wrong byte")
            .help("save it as UTF-8, without a byte order mark"),
    )
}
