//! Owns what may be written in metadata: every departure from our one way has a reason of its own.

use super::*;

/// A new client's reason where the timestamp reads so.
fn timestamp_as(change: impl FnOnce(&str) -> Vec<u8>) -> Flaw {
    let mut feed = Feed::new();
    let text = String::from_utf8(feed.tree["timestamp.json"].clone()).expect("text");
    feed.tree.insert("timestamp.json".to_owned(), change(&text));
    match feed.reason() {
        Reason::Flaw(file, flaw) if file == "timestamp.json" => flaw,
        other => panic!("{other}"),
    }
}

/// The same where one thing was changed by whoever has the key.
fn signed_as(change: impl FnOnce(&mut BTreeMap<String, Value>)) -> Flaw {
    timestamp_as(|text| forged(text.as_bytes(), &[FRESHNESS], change))
}

fn json(flaw: JsonFlaw) -> Flaw {
    Flaw::Json(flaw)
}

#[test]
fn metadata_that_somebody_wrote_anew_is_refused_though_its_signatures_hold() {
    assert_eq!(
        timestamp_as(|text| text.replacen('{', "{ ", 1).into()),
        json(JsonFlaw::Space(1))
    );
    let length = Feed::new().tree["timestamp.json"].len();
    assert_eq!(
        timestamp_as(|text| format!("{text}\n").into()),
        json(JsonFlaw::Space(length))
    );
    assert_eq!(
        timestamp_as(|text| format!("\u{feff}{text}").into()),
        json(JsonFlaw::Mark)
    );
    let twice = |text: &str| {
        text.replacen(
            "\"_type\":\"timestamp\"",
            "\"_type\":\"timestamp\",\"_type\":\"timestamp\"",
            1,
        )
    };
    assert_eq!(
        timestamp_as(|text| twice(text).into()),
        json(JsonFlaw::Repeated("_type".to_owned()))
    );
    let swapped = |text: &str| {
        let signed = text.split_once(",\"signed\":").expect("there");
        format!(
            "{{\"signed\":{},{}}}",
            &signed.1[..signed.1.len() - 1],
            &signed.0[1..]
        )
    };
    assert_eq!(
        timestamp_as(|text| swapped(text).into()),
        json(JsonFlaw::Unsorted("signatures".to_owned()))
    );
}

#[test]
fn bytes_that_readers_take_differently_are_refused() {
    let put = |text: &str, bytes: &[u8]| {
        let at = text.find("timestamp\"").expect("there");
        [&text.as_bytes()[..at], bytes, &text.as_bytes()[at..]].concat()
    };
    assert!(matches!(
        timestamp_as(|text| put(text, b"\xff")),
        Flaw::Json(JsonFlaw::Utf8(_))
    ));
    assert!(matches!(
        timestamp_as(|text| put(text, "e\u{301}".as_bytes())),
        Flaw::Json(JsonFlaw::Character(_))
    ));
    assert!(matches!(
        timestamp_as(|text| put(text, b"\\u0041")),
        Flaw::Json(JsonFlaw::Escape(_))
    ));
    let version = |number: &'static str| {
        timestamp_as(|text| {
            text.replace("\"version\":1}}", &format!("\"version\":{number}}}}}"))
                .into()
        })
    };
    assert!(matches!(version("1.0"), Flaw::Json(JsonFlaw::Fraction(_))));
    assert!(matches!(version("1e0"), Flaw::Json(JsonFlaw::Fraction(_))));
    assert!(matches!(version("-1"), Flaw::Json(JsonFlaw::Negative(_))));
    assert!(matches!(version("01"), Flaw::Json(JsonFlaw::Zero(_))));
    for huge in [
        "9007199254740992",
        "9223372036854775808",
        "18446744073709551616",
    ] {
        assert!(
            matches!(version(huge), Flaw::Json(JsonFlaw::Huge(_))),
            "{huge}"
        );
    }
    let deep = |_: &str| [b"[".repeat(8_000), b"]".repeat(8_000)].concat();
    assert_eq!(timestamp_as(deep), json(JsonFlaw::Deep(17)));
}

#[test]
fn fields_are_those_of_the_specification_and_no_more() {
    let more = |text: &str| {
        text.replacen("{\"signatures\"", "{\"other\":1,\"signatures\"", 1)
            .into_bytes()
    };
    assert_eq!(timestamp_as(more), Flaw::Unexpected("other".to_owned()));
    let signed = signed_as(|fields| {
        fields.insert("custom".to_owned(), Value::Number(1));
    });
    assert_eq!(signed, Flaw::Unexpected("signed.custom".to_owned()));
    let missing = signed_as(|fields| {
        fields.remove("expires");
    });
    assert_eq!(missing, Flaw::Missing("signed.expires".to_owned()));
    let shape = signed_as(|fields| {
        fields.insert("version".to_owned(), Value::text("1"));
    });
    assert_eq!(shape, Flaw::Shape("signed.version".to_owned(), "a number"));
    let other = signed_as(|fields| {
        inner(fields, &["meta"]).insert("targets.json".to_owned(), Value::Map(BTreeMap::new()));
    });
    assert_eq!(
        other,
        Flaw::Unexpected("signed.meta.targets.json".to_owned())
    );
}

#[test]
fn the_head_says_which_role_which_specification_and_until_when() {
    let with = |name: &str, value: Value| {
        signed_as(|fields| {
            fields.insert(name.to_owned(), value);
        })
    };
    assert_eq!(
        with("_type", Value::text("snapshot")),
        Flaw::Type(Role::Timestamp, "snapshot".to_owned())
    );
    for version in ["2.0.0", "1.0", "1", "1.0.0.0", "1.0.x", "1..0"] {
        assert_eq!(
            with("spec_version", Value::text(version)),
            Flaw::SpecVersion(version.to_owned())
        );
    }
    assert_eq!(with("version", Value::Number(0)), Flaw::VersionZero);
    for text in [
        "2026-11-28T12:00:00+00:00",
        "2026-11-28T12:00:00.0Z",
        "2026-11-28 12:00:00Z",
        "2026-11-31T12:00:00Z",
        "2026-11-28T12:00:60Z",
        "20261128T120000Z",
        "soon",
    ] {
        assert_eq!(
            with("expires", Value::text(text)),
            Flaw::Time(text.to_owned())
        );
    }
}

#[test]
fn later_minor_versions_of_the_specification_are_read() {
    let mut feed = Feed::new();
    let later = forged(&feed.tree["timestamp.json"], &[FRESHNESS], |fields| {
        fields.insert("spec_version".to_owned(), Value::text("1.0.99"));
    });
    feed.tree.insert("timestamp.json".to_owned(), later);
    let verdict = feed.check(None, START).verdict;
    assert!(matches!(verdict, Verdict::Fresh { .. }), "{verdict:?}");
}

#[test]
fn metadata_without_signatures_is_refused() {
    assert_eq!(
        timestamp_as(|text| forged(text.as_bytes(), &[], |_| {})),
        Flaw::Unsigned
    );
}

#[test]
fn hashes_and_ids_are_lower_case_and_whole() {
    let flaw = signed_as(|fields| {
        let hashes = inner(fields, &["meta", "snapshot.json", "hashes"]);
        hashes.insert("sha256".to_owned(), Value::Text("A".repeat(64)));
    });
    let wanted = "lower-case hexadecimal of the right length";
    assert_eq!(
        flaw,
        Flaw::Shape("signed.meta.snapshot.json.hashes.sha256".to_owned(), wanted)
    );
    let more = signed_as(|fields| {
        let hashes = inner(fields, &["meta", "snapshot.json", "hashes"]);
        hashes.insert("sha512".to_owned(), Value::Text("a".repeat(128)));
    });
    assert_eq!(
        more,
        Flaw::Unexpected("signed.meta.snapshot.json.hashes.sha512".to_owned())
    );
}

#[test]
fn targets_with_names_that_are_ways_are_refused() {
    let feed = Feed::new();
    let read = |name: &str| {
        let bytes = forged(&feed.tree["1.targets.json"], &[PUBLISH], |fields| {
            let files = inner(fields, &["targets"]);
            let one = files["all.zip"].clone();
            files.insert(name.to_owned(), one);
        });
        crate::envelope::Envelope::<Targets>::read(&bytes).expect_err("refused")
    };
    for (name, flaw) in [
        ("../x", NameFlaw::Separator),
        ("/x", NameFlaw::Separator),
        ("a\\x", NameFlaw::Separator),
        ("%2e%2e", NameFlaw::Character),
        ("..", NameFlaw::Dot),
        ("", NameFlaw::Empty),
    ] {
        let shown = name.escape_default().to_string();
        assert_eq!(read(name), Flaw::Name(shown, flaw), "{name}");
    }
    assert_eq!(
        read("All.zip"),
        Flaw::Collision("All.zip".to_owned(), "all.zip".to_owned())
    );
}
