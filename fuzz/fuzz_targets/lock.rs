//! Owns the question: can any bytes of an `ID.lock` stop the checker, get into a record, or be kept otherwise than they are read?
//! Must never change the advisory beside it: a faulty one would hide what the lock does.
#![no_main]

use caveat_advisory::{Document, Draft, Input, Lock, Timestamp};
use caveat_diag::{Report, emit};
use libfuzzer_sys::fuzz_target;

fn draft(path: &str, bytes: &[u8]) -> Draft {
    Draft {
        path: path.to_owned(),
        bytes: bytes.to_owned(),
    }
}

/// What was read, written and read again is the same, and so are the bytes from then on.
fn same_again(bytes: &[u8]) {
    let read = |bytes: &[u8]| {
        let mut report = Report::default();
        let lock = Document::<Lock>::read(draft("a.lock", bytes), &mut report);
        assert!(lock.is_some() || !report.is_empty(), "either a lock or a reason");
        lock.filter(|_| report.is_empty()).map(Document::into_data)
    };
    let Some(lock) = read(bytes) else { return };
    let text = caveat_derive::text(&lock.packages);
    let again = read(text.as_bytes()).map(|lock| lock.packages);
    assert_eq!(again, Some(lock.packages), "{text}");
}

fuzz_target!(|bytes: &[u8]| {
    same_again(bytes);
    let advisory = include_bytes!("../../advisories/2026/x_MLSA-2026-0008.toml");
    let input = Input {
        project: Some(draft("caveat.toml", include_bytes!("../../caveat.toml"))),
        advisories: vec![draft("advisories/2026/x_MLSA-2026-0008.toml", advisory)],
        locks: vec![draft("advisories/2026/x_MLSA-2026-0008.lock", bytes)],
        ..Input::default()
    };
    let mut report = Report::default();
    let book = caveat_check::check(input, Timestamp::MAX, &mut report);
    assert_eq!(book.is_none(), report.has_errors(), "either a book or a reason");
    let said = emit::human(&report, false);
    assert_eq!(said.is_empty(), report.is_empty());
    assert!(emit::short(&report).lines().count() >= report.len());
    if let Some(book) = book {
        caveat_convert::convert(&book).expect("what was checked can be converted");
    }
});
