//! Owns the tests of CVE records: commits, what others added, texts in several forms, ids that are rejected or kept.
//! Must never hold a real record: all of these are made up.

use super::cve::{draft, product, record};
use super::{assert_holds, good, run, settings};
use crate::Form;

#[test]
fn commits_are_of_the_package_whose_repository_they_are_of() {
    let (a, b) = ("a".repeat(40), "b".repeat(40));
    let git = format!(
        r#""defaultStatus": "unaffected", "repo": "https://example.org/demo", "versions": [{{"version": "{a}", "lessThan": "*", "status": "affected",
          "versionType": "git", "changes": [{{"at": "{b}", "status": "unaffected"}}]}}]"#
    );
    let rows = r#""versions": [{"version": "0", "lessThan": "2.0.0", "status": "affected", "versionType": "semver"}]"#;
    let text = record(
        &format!(
            r#""affected": [{{"vendor": "v", "product": "demo", "packageURL": "pkg:npm/demo", "repo": "https://example.org/demo", {rows}}},
              {{"vendor": "v", "product": "demo", {git}}}]"#
        ),
        "",
    );
    let imported = draft(&text);
    assert_holds(
        &imported,
        &[&format!(
            "introduced-by = [\"{a}\"]\nfixed-by = [\"{b}\"]\n"
        )],
    );
    let elsewhere = text.replacen(
        "\"repo\": \"https://example.org/demo\"",
        "\"repo\": \"https://example.org/other\"",
        1,
    );
    let imported = draft(&elsewhere);
    assert!(
        !imported.text.contains("fixed-by") && imported.text.contains(&b),
        "kept, not attached"
    );
}

#[test]
fn what_others_added_is_doubted_and_never_in_the_place_of_what_the_cna_said() {
    let cna = r#""affected": [{"vendor": "v", "product": "demo", "packageURL": "pkg:npm/demo",
       "versions": [{"version": "0", "lessThan": "2.0.0", "status": "affected", "versionType": "semver"}]}],
      "metrics": [{"cvssV3_1": {"version": "3.1", "baseScore": 1.2, "baseSeverity": "LOW", "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}}]"#;
    let adp = r#", "adp": [{"title": "Somebody's container", "providerMetadata": {"shortName": "adder"},
      "problemTypes": [{"descriptions": [{"cweId": "CWE-94", "lang": "en", "description": "CWE-94 Code"}]}],
      "references": [{"url": "https://example.org/fix", "tags": ["x_transferred"]}, {"url": "https://example.org/more"}],
      "metrics": [{"cvssV3_1": {"vectorString": "CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}},
        {"cvssV4_0": {"vectorString": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"}},
        {"other": {"type": "ssvc", "content": {"role": "Adder"}}}]}]"#;
    let (imported, said) = run(Form::Cve, "a.json", &record(cna, adp), &settings("x_TEST"));
    let imported = imported.unwrap_or_else(|| panic!("{said}"));
    assert_holds(
        &imported,
        &[
            "\"CVSS:3.1/AV:N/",
            "\"CVSS:4.0/AV:N/",
            "cwe = [\"CWE-94\"]\n",
            "https://example.org/more",
            "ssvc",
            "CVSS:3.1/AV:L",
        ],
    );
    let list = imported
        .text
        .split("cvss = [")
        .nth(1)
        .and_then(|rest| rest.split("]\n").next())
        .expect("a list");
    assert!(!list.contains("AV:L"), "{list}");
    for code in [
        "warning[adp-score]",
        "warning[adp-weakness]",
        "warning[score-differs]",
    ] {
        assert!(said.contains(code), "no {code}: {said}");
    }
    assert_eq!(imported.text.matches("https://example.org/fix").count(), 1);
}

#[test]
fn a_rejected_id_is_reported_and_nothing_is_written() {
    let text = r#"{"dataType": "CVE_RECORD", "dataVersion": "5.1", "cveMetadata": {"cveId": "CVE-2026-12345", "state": "REJECTED"},
      "containers": {"cna": {"rejectedReasons": [{"lang": "en", "value": "It was\nnone."}], "replacedBy": ["CVE-2026-12346"]}}}"#;
    let (imported, said) = run(Form::Cve, "a.json", text, &settings("x_TEST"));
    assert!(imported.is_none() && !said.contains("error["), "{said}");
    assert!(said.contains("warning[cve-rejected]: `CVE-2026-12345` was rejected, so nothing is imported: It was none.; instead of it: CVE-2026-12346"), "{said}");
}

#[test]
fn markdown_beside_a_text_is_what_it_was_written_as_and_other_languages_stay() {
    let text = product(r#""packageURL": "pkg:npm/demo", "defaultStatus": "affected""#).replace(
        r#"[{"lang": "en-US", "value": "What goes wrong."}]"#,
        r#"[{"lang": "de", "value": "Was schiefgeht."}, {"lang": "en", "value": "It fails.", "supportingMedia": [
           {"type": "text/html", "base64": false, "value": "<p>It fails.</p>"}, {"type": "text/markdown", "value": "It *fails*."}]}]"#,
    );
    let imported = draft(&text);
    assert_holds(
        &imported,
        &[
            "description = \"It *fails*.\"\n",
            "Was schiefgeht.",
            "<p>It fails.</p>",
        ],
    );
}

#[test]
fn a_feed_whose_ids_are_cve_ids_keeps_them_and_their_dates() {
    let imported = good(
        Form::Cve,
        "a.json",
        &product(r#""packageURL": "pkg:npm/demo", "defaultStatus": "affected""#),
        "CVE",
    );
    assert_eq!(imported.path, "2026/CVE-2026-12345.toml");
    assert_holds(
        &imported,
        &["id = \"CVE-2026-12345\"\n", "at = 2026-02-03T04:05:06Z\n"],
    );
}

#[test]
fn what_nobody_knows_of_is_doubted_and_kept() {
    let rows = |rows: &str, default: &str| {
        record(
            &format!(
                r#""affected": [{{"vendor": "v", "product": "demo", "packageURL": "pkg:npm/demo", "defaultStatus": "{default}", "versions": [{rows}]}}]"#
            ),
            "",
        )
    };
    let affected = r#"{"version": "2.0.0", "lessThan": "3.0.0", "status": "affected", "versionType": "semver"}"#;
    let unknown = affected
        .replace("affected\"", "unknown\"")
        .replace('2', "1")
        .replace('3', "2");
    let changing = affected.replace(
        "\"versionType\"",
        r#""changes": [{"at": "2.5.0", "status": "unknown"}], "versionType""#,
    );
    for (text, doubted) in [
        (rows(affected, "unaffected"), false),
        (rows(&format!("{unknown}, {affected}"), "unaffected"), true),
        (rows(affected, "unknown"), true),
        (rows(&changing, "unaffected"), true),
    ] {
        let imported = draft(&text);
        assert_eq!(
            imported.text.contains("nobody knows of these versions"),
            doubted,
            "{}",
            imported.text
        );
        assert!(
            !doubted || imported.text.contains("\"unknown\""),
            "{}",
            imported.text
        );
    }
}

#[test]
fn what_a_product_runs_on_is_kept_and_the_release_of_a_distribution_is_its_ecosystem() {
    let rows = r#""versions": [{"version": "0", "lessThan": "2.0", "status": "affected", "versionType": "x"}]"#;
    let with = |keys: &str| draft(&product(&format!("{keys}, {rows}"))).text;
    let npm = with(r#""packageURL": "pkg:npm/demo", "platforms": ["Windows", "x86"]"#);
    assert!(npm.contains("Windows") && npm.contains("x86"), "{npm}");
    let debian = r#""collectionURL": "https://packages.debian.org", "packageName": "demo", "platforms": ["Debian:13"]"#;
    assert_eq!(with(debian).matches("Debian:13").count(), 1);
    let both = with(&debian.replace(r#""Debian:13""#, r#""Debian:13", "armhf""#));
    assert!(both.contains("armhf"), "{both}");
}

#[test]
fn a_row_that_contradicts_one_before_it_is_doubted_and_kept() {
    let said = |rows: &str| {
        let keys = format!(r#""packageURL": "pkg:npm/demo", "versions": [{rows}]"#);
        run(Form::Cve, "a.json", &product(&keys), &settings("x_TEST"))
    };
    let first = r#"{"version": "1.0.0", "lessThan": "2.0.0", "status": "affected", "versionType": "semver"}"#;
    let contrary = r#"{"version": "1.2.0", "lessThan": "1.3.0", "status": "unaffected", "versionType": "semver"}"#;
    let (imported, report) = said(&format!("{first}, {contrary}"));
    assert!(report.contains("rows-contradict"), "{report}");
    let text = imported.expect("a draft").text;
    assert!(
        text.contains(r#"versions = [">= 1.0.0, < 2.0.0"]"#) && text.contains("1.3.0"),
        "{text}"
    );
    // The exception first is how the format is meant.
    let (_, report) = said(&format!("{contrary}, {first}"));
    assert!(!report.contains("rows-contradict"), "{report}");
    let (_, report) = said(&format!("{first}, {first}"));
    assert!(!report.contains("rows-contradict"), "{report}");
}
