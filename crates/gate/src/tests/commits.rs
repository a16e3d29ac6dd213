//! Owns the proof of how commits are judged: alone where a record tells of nothing else, else beside the versions.
//! Must never say which commit comes after which.

use super::*;

/// What would tell fewer people by commits.
const FEWER: [&str; 2] = [
    r#"[{"introduced": "cc"}, {"fixed": "bb"}]"#,
    r#"[{"introduced": "aa"}, {"fixed": "bb"}, {"fixed": "cc"}]"#,
];

#[test]
fn where_only_commits_are_told_fewer_of_them_are_refused() {
    for events in FEWER {
        let mut old = record();
        old["affected"] = json!([old["affected"][2]]);
        let new = revised(|new| {
            new["affected"] = json!([new["affected"][2]]);
            put(new, "/affected/0/ranges/0/events", events);
        });
        let found = judged(&old, &new);
        assert_eq!(codes(&found), ["gate-narrowed"], "{events}");
        assert_eq!(found[0].verdict, Verdict::Refused, "{events}");
    }
}

#[test]
fn where_versions_are_told_too_they_are_judged_and_commits_are_only_pointed_at() {
    for events in FEWER {
        let new = revised(|new| put(new, "/affected/2/ranges/0/events", events));
        let found = judged(&record(), &new);
        assert_eq!(codes(&found), ["gate-narrowed"], "{events}");
        assert_eq!(found[0].verdict, Verdict::Warning, "{events}");
    }
    // An incomplete fix is corrected upwards: more versions, another commit.
    let new = revised(|new| {
        put(new, "/affected/0/ranges/0/events/3", r#"{"fixed": "2.2"}"#);
        put(new, "/affected/2/ranges/0/events/1", r#"{"fixed": "cc"}"#);
    });
    let refused = |one: &Finding| one.verdict == Verdict::Refused;
    assert!(!judged(&record(), &new).iter().any(refused));
}

#[test]
fn a_first_fix_where_no_end_was_known_is_what_readers_wait_for() {
    let fix = r#"[{"introduced": "0"}, {"fixed": "9.0.0"}]"#;
    let new = revised(|new| put(new, "/affected/1/ranges/0/events", fix));
    assert_eq!(judged(&record(), &new), []);
    // A last affected version says that later ones were looked at.
    let last = r#"[{"introduced": "0"}, {"last_affected": "9.0.0"}]"#;
    let new = revised(|new| put(new, "/affected/1/ranges/0/events", last));
    assert_eq!(codes(&judged(&record(), &new)), ["gate-narrowed"]);
    // And a start that moves up beside it is a narrowing all the same.
    let both = r#"[{"introduced": "1.0.0"}, {"fixed": "9.0.0"}]"#;
    let new = revised(|new| put(new, "/affected/1/ranges/0/events", both));
    assert_eq!(codes(&judged(&record(), &new)), ["gate-narrowed"]);
}

#[test]
fn a_reason_is_for_the_change_of_its_own_revision() {
    let lowered = |changed: Value| {
        revised(|new| {
            put(new, "/database_specific/severity", r#""low""#);
            let revision = &mut new["database_specific"]["revisions"][1];
            revision["narrows"] = json!("The loader came with 2.0.");
            revision["changed"] = changed;
        })
    };
    for (changed, verdict) in [
        (
            json!([{ "field": "affected[torch].versions" }]),
            Verdict::Refused,
        ),
        (json!([{ "field": "severity" }]), Verdict::Stated),
        (json!([]), Verdict::Stated),
    ] {
        let found = judged(&record(), &lowered(changed));
        assert_eq!(
            (codes(&found), found[0].verdict),
            (vec!["gate-severity"], verdict)
        );
    }
}
