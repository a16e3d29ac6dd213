//! Owns the question: can any bytes that a client sends stop the reader of questions, or get an answer that is not JSON or too long?
//! Must never open a socket: what arrives there are these bytes.
#![no_main]

use std::sync::LazyLock;

use caveat_advisory::{Draft, Input, Timestamp};
use caveat_diag::Report;
use caveat_query::{Index, query, query_batch, vulnerability};
use libfuzzer_sys::fuzz_target;

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let draft = |path: &str, bytes: &[u8]| Draft {
        path: path.to_owned(),
        bytes: bytes.to_owned(),
    };
    let advisory = include_bytes!("../../advisories/2026/x_MLSA-2026-0001.toml");
    let input = Input {
        project: Some(draft("caveat.toml", include_bytes!("../../caveat.toml"))),
        advisories: vec![draft("advisories/2026/x_MLSA-2026-0001.toml", advisory)],
        ..Input::default()
    };
    let book = caveat_check::check(input, Timestamp::MAX, &mut Report::default());
    let book = book.expect("our own advisory is good");
    Index::new(&book, &caveat_convert::convert(&book).expect("and can be converted"))
});

fuzz_target!(|bytes: &[u8]| {
    for answer in [query(&INDEX, bytes), query_batch(&INDEX, bytes)] {
        let json = answer.unwrap_or_else(|refusal| refusal.json());
        let value: serde_json::Value = serde_json::from_slice(&json).expect("an answer is JSON");
        assert!(value.is_object());
    }
    if let Ok(id) = std::str::from_utf8(bytes)
        && let Ok(record) = vulnerability(&INDEX, id)
    {
        assert!(!record.is_empty());
    }
});
