//! Owns the tests of GitHub's own form.
//! Must never let a name through that GitHub shows to the maintainers alone.

use super::{assert_holds, good, run, settings};
use crate::Form::Ghsa;

const ADVISORY: &str = r#"{
  "ghsa_id": "GHSA-2f84-9xq5-cvjm", "cve_id": "CVE-2024-12345",
  "url": "https://api.example.org/a", "html_url": "https://github.com/o/demo/security/advisories/GHSA-2f84-9xq5-cvjm",
  "summary": "A crafted file overwrites memory", "description": "The length\r\nis believed.", "severity": "high",
  "author": {"login": "secret-author"}, "publisher": null, "state": "published",
  "identifiers": [{"type": "GHSA", "value": "GHSA-2f84-9xq5-cvjm"}, {"type": "CVE", "value": "CVE-2024-12345"}],
  "published_at": "2024-02-03T04:05:06Z", "withdrawn_at": null,
  "vulnerabilities": [
    {"package": {"ecosystem": "pip", "name": "Demo_X"}, "vulnerable_version_range": "< 1.2", "patched_versions": "1.2", "vulnerable_functions": ["demo.run"]},
    {"package": {"ecosystem": "pip", "name": "demo-x"}, "vulnerable_version_range": ">= 2.0, <= 2.1", "patched_versions": "2.3", "vulnerable_functions": []},
    {"package": {"ecosystem": "other", "name": "thing"}, "vulnerable_version_range": "all", "patched_versions": ""}
  ],
  "cvss_severities": {"cvss_v3": {"vector_string": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N", "score": 9.1}, "cvss_v4": {"vector_string": null, "score": null}},
  "cvss": {"vector_string": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N", "score": 9.1},
  "cwes": [{"cwe_id": "CWE-787", "name": "Out-of-bounds Write"}], "cwe_ids": ["CWE-787"],
  "credits": [{"login": "finder", "type": "finder"}],
  "credits_detailed": [
    {"user": {"login": "finder", "id": 1}, "type": "finder", "state": "accepted"},
    {"user": {"login": "shy", "id": 2}, "type": "analyst", "state": "pending"}
  ],
  "collaborating_users": [{"login": "secret-helper"}], "private_fork": {"name": "secret-fork"}, "epss": {"percentage": 0.5}
}"#;

#[test]
fn every_public_fact_of_a_repository_advisory_has_its_place() {
    let imported = good(Ghsa, "a.json", ADVISORY, "x_T");
    assert_eq!(imported.path, "drafts/GHSA-2f84-9xq5-cvjm.toml");
    assert_holds(
        &imported,
        &[
            "severity = \"critical\"\ncvss = [\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N\"]\ncwe = [\"CWE-787\"]\n",
            "aliases = [\"GHSA-2f84-9xq5-cvjm\", \"CVE-2024-12345\"]",
            "description = '''\nThe length\nis believed.\n'''",
            "name = \"demo-x\"\nversions = [\"< 1.2\", \">= 2.0, <= 2.1\"]\nfunctions = [\"demo.run\"]",
            "the source calls `2.3` patched: compare",
            "\"vulnerabilities[1].patched_versions\" = \"2.3\"",
            "\"vulnerabilities[2]\" = { package = { ecosystem = \"other\"",
            "name = \"finder\"\nrole = \"finder\"\nurl = \"https://github.com/finder\"\nconsent = [\"advisory\"]",
            "type = \"advisory\"\nurl = \"https://github.com/o/demo/security/advisories/GHSA-2f84-9xq5-cvjm\"",
            "epss = { percentage = 0.5 }",
            "severity = \"high\"\n",
            "# not for the public, and left out: author, collaborating_users, private_fork, state",
        ],
    );
    for hidden in ["secret", "shy"] {
        assert!(!imported.text.contains(hidden), "{}", imported.text);
    }
}

#[test]
fn who_may_not_have_accepted_is_not_named_and_that_is_said() {
    let text = ADVISORY.replace("\"credits_detailed\"", "\"other\"");
    let (imported, said) = run(Ghsa, "a.json", &text, &settings("x_T"));
    assert!(said.contains("warning[credit-left-out]"), "{said}");
    assert!(!imported.expect("imported").text.contains("[[credit]]"));
}

#[test]
fn a_range_that_nobody_can_order_is_an_error_with_its_place() {
    let text = ADVISORY.replace(">= 2.0, <= 2.1", "before 2.2");
    let (imported, said) = run(Ghsa, "a.json", &text, &settings("x_T"));
    assert!(
        imported.is_none() && said.contains("a.json:10:") && said.contains("range-unreadable"),
        "{said}"
    );
}

#[test]
fn a_record_of_the_database_is_read_as_osv() {
    let record = r#"{"id": "GHSA-2f84-9xq5-cvjm", "summary": "A flaw", "details": "Text.", "affected": [
        {"package": {"ecosystem": "npm", "name": "demo"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.2.0"}]}],
         "database_specific": {"last_known_affected_version_range": "<= 1.1.9"}}],
        "database_specific": {"cwe_ids": [], "severity": "MODERATE", "github_reviewed": true, "nvd_published_at": null}}"#;
    let imported = good(Ghsa, "a.json", record, "x_T");
    assert_holds(
        &imported,
        &[
            "severity = \"medium\"",
            "[affected.extra]\nlast_known_affected_version_range = \"<= 1.1.9\"\n",
            "[extra]\ngithub_reviewed = true\n",
        ],
    );
}
