//! Owns the question: can any bytes of `caveat.toml` stop the checker?
//! Must never hold an advisory: a faulty one would hide what the project does.
#![no_main]

use caveat_advisory::{Draft, Input, Timestamp};
use caveat_diag::{Report, emit};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let project = Draft {
        path: "caveat.toml".to_owned(),
        bytes: bytes.to_owned(),
    };
    let input = Input {
        project: Some(project),
        ..Input::default()
    };
    let mut report = Report::default();
    let book = caveat_check::check(input, Timestamp::UNIX_EPOCH, &mut report);
    assert_eq!(book.is_none(), report.has_errors(), "either a book or a reason");
    assert_eq!(emit::human(&report, false).is_empty(), report.is_empty());
    emit::short(&report);
});
