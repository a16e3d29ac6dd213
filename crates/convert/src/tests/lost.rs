//! Owns the proof that a record which lost or changed a fact is not called faithful.
//! Must never compare a record with itself.

use super::*;

#[test]
fn any_fact_that_is_lost_or_changed_is_noticed() {
    let book = book("x_T", |text| text);
    let good = record("x_T", |text| text);
    let entry = &book.entries()[0];
    assert!(prove(entry, book.project(), good.as_bytes()).is_ok());
    for (from, to) in [
        ("\"fixed\": \"1.2.0\"", "\"fixed\": \"1.2.1\""),
        ("\"introduced\": \"2.0.0\"", "\"introduced\": \"2.0.1\""),
        ("last_affected", "fixed"),
        ("CVE-2026-12345", "CVE-2026-12346"),
        (
            "\"modified\": \"2026-11-19T12:00:00Z\"",
            "\"modified\": \"2026-11-19T12:00:01Z\"",
        ),
        ("Ä. Finder", "Hidden Person"),
        ("pkg:cargo/x", "pkg:cargo/y"),
        ("\"name\": \"x\"", "\"name\": \"y\""),
        ("/AC:L/AT:N", "/AC:H/AT:N"),
        ("\"summary\"", "\"sumary\""),
        (
            "\"type\": \"SEMVER\"",
            "\"type\": \"SEMVER\", \"source\": \"x\"",
        ),
    ] {
        assert!(good.contains(from), "{from}");
        let changed = good.replacen(from, to, 1);
        assert!(
            prove(entry, book.project(), changed.as_bytes()).is_err(),
            "{from} -> {to}"
        );
    }
}
