//! Owns the tests of CVE records that were made to do harm, or by a program that was broken.
//! Must never let one panic, hang, or be half imported.

use super::cve::record;
use super::{run, settings};
use crate::Form;

fn said(text: &str) -> (bool, String) {
    let (imported, said) = run(Form::Cve, "a.json", text, &settings("x_TEST"));
    (imported.is_some(), said)
}

#[test]
fn what_is_no_record_is_refused_with_a_reason() {
    for (text, reason) in [
        ("", "error[syntax]"),
        ("null", "error[not-an-advisory]"),
        ("[]", "error[not-an-advisory]"),
        ("{", "error[syntax]"),
        (
            r#"{"data_type": "CVE", "data_version": "4.0"}"#,
            "error[not-an-advisory]",
        ),
        (r#"{"dataType": "CVE_RECORD"}"#, "error[id-missing]"),
        (
            r#"{"dataType": "CVE_RECORD", "cveMetadata": {"cveId": 7}}"#,
            "error[id-missing]",
        ),
        (
            r#"{"dataType": "CVE_RECORD", "cveMetadata": {"cveId": "CVE-2026-1234", "state": "RESERVED"}}"#,
            "warning[cve-unpublished]",
        ),
        (
            r#"{"dataType": "CVE_RECORD", "cveMetadata": {"cveId": "CVE-2026-1234"}, "containers": {"cna": null}}"#,
            "error[affected-missing]",
        ),
    ] {
        let (written, said) = said(text);
        assert!(!written && said.contains(reason), "{text}: {said}");
    }
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    let (written, said) = said(&record(&format!("\"x_deep\": {deep}"), ""));
    assert!(!written && said.contains("error[syntax]"), "{said}");
}

#[test]
fn wrong_types_and_nulls_are_kept_or_reported_and_never_taken_for_something() {
    let sound = r#""affected": [{"packageURL": "pkg:npm/demo", "vendor": null, "product": 7, "versions":
      [{"version": "1.0.0", "lessThan": "2.0.0", "status": "affected", "versionType": null}]}]"#;
    for odd in [
        r#""metrics": {}"#,
        r#""metrics": [null]"#,
        r#""metrics": [{"cvssV3_1": null}, {"cvssV3_1": []}, {"cvssV4_0": {"vectorString": 3}}]"#,
        r#""metrics": [{"cvssV3_1": {"vectorString": "x", "baseScore": 1e99999}}]"#,
        r#""problemTypes": [{"descriptions": [{"cweId": "CWE-99999999999999999999"}, {"description": "CWE-"}]}]"#,
        r#""credits": [{"value": null}, {"value": ""}, {"value": "a\nb"}, 7]"#,
        r#""references": [{"tags": [1]}, {"url": null}, 5]"#,
        r#""timeline": [{"time": 99999999999999999999999}]"#,
        r#""source": [], "tags": "disputed", "impacts": [{"descriptions": 1}], "workarounds": [null]"#,
        r#""x_aliases": [1, 2], "title": null, "descriptions": [{"lang": 7, "value": 7}]"#,
    ] {
        // The last of two keys of one name counts, as programs mostly read them.
        let (_, said) = said(&record(&format!("{sound}, {odd}"), r#", "adp": [null, 3]"#));
        assert!(!said.is_empty(), "{odd}");
    }
}

#[test]
fn versions_that_cannot_be_read_leave_their_product_out_whole() {
    let with = |rows: &str| {
        record(
            &format!(r#""affected": [{{"packageURL": "pkg:npm/demo", "versions": {rows}}}]"#),
            "",
        )
    };
    let huge = "9".repeat(400);
    let odd = [
        r#"[{"status": "affected"}]"#.to_owned(),
        r#"[{"version": null, "status": "affected"}]"#.to_owned(),
        r#"[{"version": "1.0.0", "lessThan": "0.5.0", "status": "affected", "versionType": "semver"}]"#.to_owned(),
        r#"[{"version": "1.0.0", "lessThan": "2.0.0", "lessThanOrEqual": "3.0.0", "status": "affected", "versionType": "semver"}]"#.to_owned(),
        r#"[{"version": "all before the last", "status": "affected"}]"#.to_owned(),
        r#"[{"version": "> 1 || < 2", "status": "affected"}]"#.to_owned(),
        r#"[{"version": "1.0.0", "lessThan": "1.x.*", "status": "affected", "versionType": "semver"}]"#.to_owned(),
        r#"[{"version": "0", "lessThan": "18446744073709551615.*", "status": "affected", "versionType": "semver"}]"#.to_owned(),
        format!(r#"[{{"version": "{huge}", "status": "affected"}}]"#),
        r#"[{"version": "1.0.0", "lessThan": "*", "status": "affected", "versionType": "semver", "changes": [{"status": "unaffected"}]}]"#.to_owned(),
        "{}".to_owned(),
        "[7]".to_owned(),
    ];
    for rows in odd {
        let (written, said) = said(&with(&rows));
        assert!(
            !written && said.contains("none of the products can be said"),
            "{rows}: {said}"
        );
        assert!(said.len() < 10_000, "a hostile text is not repeated");
    }
    let many: Vec<String> = (0..4_001)
        .map(|at| format!(r#"{{"version": "{at}.0.0", "status": "affected"}}"#))
        .collect();
    let (written, said) = said(&with(&format!("[{}]", many.join(","))));
    assert!(!written && said.contains("more than 4000 rows"), "{said}");
}

#[test]
fn no_id_or_text_chooses_a_place_or_breaks_the_file() {
    let sound = r#""affected": [{"packageURL": "pkg:npm/demo", "defaultStatus": "affected", "modules": ["a\"\"\"b", "\u0000\u202e"]}],
      "x_note": {"a.b": "]]>\n[id]\nid = \"x\"", "": "'''"}"#;
    let text = record(sound, "").replace("CVE-2026-12345", "../../etc/CVE\\u0000");
    let (imported, said) = run(Form::Cve, "a.json", &text, &settings("x_TEST"));
    if let Some(imported) = imported {
        assert!(
            imported.path.starts_with("drafts/") && !imported.path.contains("/.."),
            "{}",
            imported.path
        );
        assert!(!imported.text.contains('\0'));
    } else {
        assert!(said.contains("error["), "{said}");
    }
}
