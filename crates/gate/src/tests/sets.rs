//! Owns the proof that sets of versions are compared, not how they are written.
//! Must never compute what it compares with by the algebra that it tests.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{codes, judged, record, revised};

/// Versions 1.0.0 to 12.0.0 as a set of bits, written in runs; `cuts` says after which versions a run is cut in two.
fn events(set: u16, cuts: u16) -> Value {
    let (mut all, mut open) = (Vec::new(), false);
    for number in 1..=13_u16 {
        let is_in = number <= 12 && set & (1 << number) != 0;
        let version = format!("{number}.0.0");
        if open && (!is_in || cuts & (1 << number) != 0) {
            all.push(json!({ "fixed": version }));
            open = false;
        }
        if is_in && !open {
            all.push(json!({ "introduced": version }));
            open = true;
        }
    }
    Value::from(all)
}

fn with(mut record: Value, events: Value) -> Value {
    record["affected"][1]["ranges"][0]["events"] = events;
    record
}

proptest! {
    #[test]
    fn it_is_narrower_exactly_where_a_version_is_gone(old in 1..4096_u16, new in 1..4096_u16, cuts: (u16, u16)) {
        let (old, new) = (old << 1, new << 1);
        let before = with(record(), events(old, cuts.0));
        let after = with(revised(|_| ()), events(new, cuts.1));
        let found = codes(&judged(&before, &after));
        prop_assert_eq!(!found.is_empty(), old & !new != 0, "{:?}", found);
    }

    #[test]
    fn the_same_set_in_other_words_is_the_same(set in 1..4096_u16, cuts: (u16, u16)) {
        let set = set << 1;
        let before = with(record(), events(set, cuts.0));
        let after = with(record(), events(set, cuts.1));
        let found = judged(&before, &after);
        prop_assert!(found.iter().all(|one| one.says.contains("bytes")), "{:?}", found);
    }
}
