//! Owns the proof that scores are compared by the highest, and each with its own scale.
//! Must never know how a vector becomes a score.

use serde_json::{Value, json};

use super::{codes, judged, record, revised};

#[test]
fn another_version_of_cvss_is_compared_with_the_highest() {
    let edit = |score: &str| {
        let score = json!([{ "type": "CVSS_V4", "score": score }]);
        revised(move |new| new["severity"] = score)
    };
    assert_eq!(judged(&record(), &edit("CVSS:4.0/9.9")), []);
    assert_eq!(
        codes(&judged(&record(), &edit("CVSS:4.0/9.1"))),
        ["gate-severity"]
    );
}

#[test]
fn of_several_scores_the_highest_counts_and_two_versions_are_apart_where_both_have_both() {
    let scores = |all: &[&str]| -> Value {
        let one = |score: &&str| json!({ "type": "CVSS_V3", "score": score });
        all.iter().map(one).collect()
    };
    let judged = |old: &[&str], new: &[&str]| {
        let mut before = record();
        before["severity"] = scores(old);
        codes(&judged(
            &before,
            &revised(|after| after["severity"] = scores(new)),
        ))
    };
    let lower = vec!["gate-severity"];
    assert_eq!(
        judged(&["CVSS:3.1/5.0", "CVSS:3.1/9.0"], &["CVSS:3.1/5.0"]),
        lower
    );
    assert_eq!(
        judged(&["CVSS:3.1/5.0"], &["CVSS:3.1/2.0", "CVSS:3.1/5.0"]),
        Vec::<&str>::new()
    );
    let both = ["CVSS:3.0/9.0", "CVSS:3.1/8.0"];
    assert_eq!(judged(&both, &["CVSS:3.0/9.0", "CVSS:3.1/7.0"]), lower);
    assert_eq!(judged(&both, &["CVSS:3.1/9.0"]), Vec::<&str>::new());
    assert_eq!(judged(&both, &["CVSS:3.1/8.0"]), lower);
}
