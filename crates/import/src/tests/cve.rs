//! Owns the tests of CVE records: what CNAs of all kinds write, in our form.
//! Must never hold a real record: all of these are made up.

use super::{assert_holds, good, run, settings};
use crate::{Form, Imported};

/// A record with this body of the CNA's container, and these containers of others.
pub(super) fn record(cna: &str, adp: &str) -> String {
    format!(
        r#"{{"dataType": "CVE_RECORD", "dataVersion": "5.2",
 "cveMetadata": {{"cveId": "CVE-2026-12345", "assignerOrgId": "c0ffee00-1234-4abc-8def-0123456789ab", "state": "PUBLISHED",
   "datePublished": "2026-02-03T04:05:06.789Z", "dateUpdated": "2026-02-04T04:05:06"}},
 "containers": {{"cna": {{"providerMetadata": {{"orgId": "c0ffee00-1234-4abc-8def-0123456789ab"}},
   "title": "A flaw", "descriptions": [{{"lang": "en-US", "value": "What goes wrong."}}],
   "references": [{{"url": "https://example.org/fix", "tags": ["patch"]}}], {cna}}}{adp}}}}}"#
    )
}

/// A record of one product with these keys.
pub(super) fn product(keys: &str) -> String {
    record(
        &format!(r#""affected": [{{"vendor": "Demo Team", "product": "demo", {keys}}}]"#),
        "",
    )
}

pub(super) fn draft(text: &str) -> Imported {
    good(Form::Cve, "CVE-2026-12345.json", text, "x_TEST")
}

fn versions_of(keys: &str) -> String {
    let imported = draft(&product(&format!(
        r#""packageURL": "pkg:npm/%40team/demo", {keys}"#
    )));
    let line = imported
        .text
        .lines()
        .find(|line| line.starts_with("versions"));
    line.unwrap_or_else(|| panic!("{}", imported.text))
        .to_owned()
}

#[test]
fn a_record_of_another_cna_becomes_a_draft() {
    let text = record(
        r#""affected": [{"vendor": "Demo Team", "product": "Demo", "packageURL": "pkg:cargo/demo", "repo": "https://example.org/demo",
       "defaultStatus": "unaffected", "modules": ["net"], "programRoutines": [{"name": "demo::load"}], "programFiles": ["src/load.rs"],
       "versions": [{"version": "1.0.0", "lessThan": "1.4.1", "status": "affected", "versionType": "semver"}]}],
     "problemTypes": [{"descriptions": [{"lang": "en", "cweId": "CWE-502", "description": "CWE-502 Deserialization", "type": "CWE"}]}],
     "metrics": [{"format": "CVSS", "cvssV3_1": {"version": "3.1", "baseScore": 9.8, "baseSeverity": "CRITICAL", "attackVector": "NETWORK",
       "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}}],
     "impacts": [{"descriptions": [{"lang": "en", "value": "Whoever supplies a file runs code."}]}],
     "workarounds": [{"lang": "en", "value": "Load none."}], "configurations": [{"lang": "en", "value": "You load files."}],
     "credits": [{"lang": "en", "value": "A. Finder", "type": "remediation developer"}],
     "source": {"advisory": "GHSA-2345-6789-cfgh", "discovery": "EXTERNAL"}, "x_generator": {"engine": "X"}"#,
        "",
    );
    let imported = draft(&text);
    assert_eq!(imported.path, "drafts/CVE-2026-12345.toml");
    assert_holds(
        &imported,
        &[
            "title = \"A flaw\"\n",
            "severity = \"critical\"\n",
            "cvss = [\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"]\n",
            "cwe = [\"CWE-502\"]\n",
            "aliases = [\"CVE-2026-12345\", \"GHSA-2345-6789-cfgh\"]\n",
            "impact = \"Whoever supplies a file runs code.\"\n",
            "description = \"What goes wrong.\"\n",
            "affected-if = \"You load files.\"\n",
            "workaround = \"Load none.\"\n",
            "ecosystem = \"crates.io\"\nname = \"demo\"\nversions = [\">= 1.0.0, < 1.4.1\"]\n",
            "functions = [\"demo::load\"]\nfeatures = [\"net\"]\n",
            "type = \"fix\"\nurl = \"https://example.org/fix\"\n",
            "name = \"A. Finder\"\nrole = \"remediation-developer\"\nconsent = [\"advisory\"]\n",
        ],
    );
    for kept in [
        "Demo Team",
        "src/load.rs",
        "EXTERNAL",
        "2026-02-03T04:05:06.789Z",
        "assignerOrgId",
    ] {
        assert!(
            imported.text.contains(kept),
            "{kept} is lost:\n{}",
            imported.text
        );
    }
    for made in [
        "impact-made",
        "x_generator",
        "baseScore",
        "remediation developer",
    ] {
        assert!(!imported.text.contains(made), "{made}:\n{}", imported.text);
    }
}

#[test]
fn the_first_row_that_holds_a_version_decides_and_then_the_default() {
    for (keys, expected) in [
        (
            r#""versions": [{"version": "0", "lessThan": "2.0.0", "status": "affected", "versionType": "semver"}]"#,
            r#"["< 2.0.0"]"#,
        ),
        (
            r#""versions": [{"version": "unspecified", "lessThanOrEqual": "2.0.0", "status": "affected", "versionType": "custom"}]"#,
            r#"["<= 2.0.0"]"#,
        ),
        (
            r#""versions": [{"version": "1.0.0", "lessThan": "*", "status": "affected", "versionType": "semver"}]"#,
            r#"[">= 1.0.0"]"#,
        ),
        (
            r#""versions": [{"version": "1.0.0", "status": "affected"}, {"version": "1.1.0", "status": "affected"}]"#,
            r#"["= 1.0.0", "= 1.1.0"]"#,
        ),
        (r#""defaultStatus": "affected""#, r#"[">= 0"]"#),
        (
            r#""defaultStatus": "affected", "versions": [{"version": "2.0.0", "lessThan": "*", "status": "unaffected", "versionType": "semver"}]"#,
            r#"["< 2.0.0"]"#,
        ),
        (
            r#""defaultStatus": "affected", "versions": [{"version": "1.0.0", "lessThan": "1.5.0", "status": "unaffected", "versionType": "semver"},
           {"version": "3.0.0", "lessThan": "*", "status": "unaffected", "versionType": "semver"}]"#,
            r#"["< 1.0.0", ">= 1.5.0, < 3.0.0"]"#,
        ),
        (
            r#""versions": [{"version": "1.0.0", "lessThan": "3.0.0", "status": "affected", "versionType": "semver",
           "changes": [{"at": "2.0.0", "status": "affected"}, {"at": "1.4.0", "status": "unaffected"}]}]"#,
            r#"[">= 1.0.0, < 1.4.0", ">= 2.0.0, < 3.0.0"]"#,
        ),
        (
            r#""versions": [{"version": "1.2.0", "status": "unaffected"}, {"version": "1.0.0", "lessThan": "1.2.1", "status": "affected", "versionType": "semver"}]"#,
            "",
        ),
        (
            r#""versions": [{"version": ">= 1.0.0, < 1.4.1", "status": "affected"}, {"version": "< 0.5.0", "status": "affected"}]"#,
            r#"["< 0.5.0", ">= 1.0.0, < 1.4.1"]"#,
        ),
        (
            r#""versions": [{"version": "v1.0", "lessThan": "1.2.*", "status": "affected", "versionType": "semver"}]"#,
            r#"[">= 1.0.0, < 1.3.0"]"#,
        ),
        (
            r#""versions": [{"version": "*", "status": "affected"}]"#,
            r#"[">= 0"]"#,
        ),
    ] {
        if expected.is_empty() {
            // Our form cannot begin after a version: nothing is said rather than something else.
            let text = product(&format!(r#""packageURL": "pkg:npm/demo", {keys}"#));
            let (imported, said) = run(Form::Cve, "a.json", &text, &settings("x_TEST"));
            assert!(
                imported.is_none() && said.contains("begin after one"),
                "{said}"
            );
        } else {
            assert_eq!(
                versions_of(keys),
                format!("versions = {expected}"),
                "{keys}"
            );
        }
    }
}

#[test]
fn a_package_is_named_by_its_url_or_by_its_collection() {
    let rows = r#""versions": [{"version": "0", "lessThan": "2.0", "status": "affected", "versionType": "x"}]"#;
    for (keys, ecosystem, name) in [
        (r#""packageURL": "pkg:pypi/Demo_Py""#, "PyPI", "demo-py"),
        (
            r#""packageURL": "pkg:maven/org.a/b@1.0?type=jar""#,
            "Maven",
            "org.a:b",
        ),
        (
            r#""collectionURL": "https://www.pypi.org/project/", "packageName": "Demo""#,
            "PyPI",
            "demo",
        ),
        (
            r#""collectionURL": "https://rubygems.org", "packageName": "demo""#,
            "RubyGems",
            "demo",
        ),
        (
            r#""collectionURL": "https://packages.debian.org", "packageName": "demo", "packageURL": "pkg:deb/debian/demo", "platforms": ["Debian:13"]"#,
            "Debian:13",
            "demo",
        ),
    ] {
        let imported = draft(&product(&format!("{keys}, {rows}")));
        assert_holds(
            &imported,
            &[&format!("ecosystem = \"{ecosystem}\"\nname = \"{name}\"\n")],
        );
    }
    for (keys, reason) in [
        (
            r#""platforms": ["Linux"]"#,
            "a vendor and a name say no ecosystem",
        ),
        (
            r#""collectionURL": "https://example.org", "packageName": "demo""#,
            "its collection is of no ecosystem",
        ),
        (r#""packageURL": "pkg:generic/demo""#, "no ecosystem of OSV"),
        (
            r#""packageURL": "pkg:npm/demo", "versions": [{"version": "n/a", "status": "affected"}]"#,
            "is no version of its ecosystem",
        ),
    ] {
        let keys = if keys.contains("versions") {
            keys.to_owned()
        } else {
            format!("{keys}, {rows}")
        };
        let (imported, said) = run(Form::Cve, "a.json", &product(&keys), &settings("x_TEST"));
        assert!(
            imported.is_none() && said.contains(reason),
            "{keys}: {said}"
        );
        assert!(said.contains("error[affected-missing]"), "{said}");
    }
}
