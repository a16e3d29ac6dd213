//! Owns the verdict of a record on versions, by the algorithm of the format, against what the book says.
//! Must never read the rows in any other way than the format tells.

use caveat_versions::{Order, Version};
use serde_json::Value;

use super::files;
use super::sample::{FULL, PROJECT};

/// The status of a version, as the format says: the first row that holds it, its last change, else the default.
fn status(product: &Value, order: Order, version: &str) -> String {
    let read = |text: &str| Version::parse(order, text).expect(text);
    let wanted = read(version);
    let text = |value: &Value| value.as_str().map(str::to_owned);
    for row in product["versions"].as_array().into_iter().flatten() {
        let start = text(&row["version"]).expect("a version");
        let above = start == "0" || read(&start) <= wanted;
        let holds = match (text(&row["lessThan"]), text(&row["lessThanOrEqual"])) {
            (Some(end), _) => above && (end == "*" || wanted < read(&end)),
            (_, Some(end)) => above && wanted <= read(&end),
            _ => start != "0" && read(&start) == wanted,
        };
        if holds {
            return text(&row["status"]).expect("a status");
        }
    }
    text(&product["defaultStatus"]).expect("a default")
}

/// A product, its order, and the status of some versions.
type Case = (usize, Order, &'static [(&'static str, &'static str)]);

const CASES: &[Case] = &[
    (
        0,
        Order::SemVer,
        &[
            ("0.9.0", "unaffected"),
            ("1.0.0", "affected"),
            ("1.4.0", "affected"),
            ("1.4.1", "unaffected"),
            ("2.0.0-alpha", "unaffected"),
            ("2.0.5", "affected"),
            ("2.1.0", "unaffected"),
            ("4.0.0", "affected"),
        ],
    ),
    // Nobody wrote that what follows a last affected version is free of the flaw.
    (
        1,
        Order::Pep440,
        &[
            ("0.1", "affected"),
            ("1!4.0+l", "affected"),
            ("1!5.0", "unknown"),
        ],
    ),
    (
        2,
        Order::SemVer,
        &[
            ("0.5.0", "unaffected"),
            ("1.2.2", "unaffected"),
            ("1.2.3", "affected"),
            ("1.2.4", "unknown"),
        ],
    ),
];

#[test]
fn every_version_has_the_status_that_the_advisory_gives_it() {
    let files = files(PROJECT, &[FULL]);
    let affected = &files[0].1["containers"]["cna"]["affected"];
    for (at, order, rows) in CASES {
        for (version, expected) in *rows {
            let told = status(&affected[*at], *order, version);
            assert_eq!(told, *expected, "{version}: {}", affected[*at]);
        }
    }
    assert_eq!(
        affected[3]["defaultStatus"], "unaffected",
        "named for nothing else"
    );
    assert_eq!(affected[3]["platforms"], serde_json::json!(["Debian:13"]));
    assert_eq!(affected[4]["versions"][0]["versionType"], "git");
}
