//! Owns the question: can any bytes of an advisory file stop the checker, or slip past it into a record that is wrong?
//! Must never change what the checker sees beside these bytes.
#![no_main]

use caveat_advisory::{Draft, Input, Timestamp};
use caveat_diag::{Report, emit};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let draft = |path: &str, bytes: &[u8]| Draft {
        path: path.to_owned(),
        bytes: bytes.to_owned(),
    };
    let input = Input {
        project: Some(draft("caveat.toml", include_bytes!("../../caveat.toml"))),
        advisories: vec![draft("advisories/2026/x_MLSA-2026-0001.toml", bytes)],
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
