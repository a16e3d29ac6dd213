//! Owns the tests of RustSec's and Julia's mapping.
//! Must never depend on a real database.

use super::{assert_holds, good, run, settings};
use crate::Form::{Julia, RustSec};

const CRATE: &str = r##"```toml
[advisory]
id = "RUSTSEC-2024-0007"
package = "demo"
date = "2024-02-03"
url = "https://github.com/a/demo/issues/1"
references = ["https://example.org/post", "https://example.org/post"]
categories = ["memory-corruption"]
aliases = ["CVE-2024-12345"]
related = ["RUSTSEC-2023-0001"]
cvss = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
withdrawn = "2024-03-01" # never built

[affected]
os = ["windows"]
arch = ["x86"]
functions = { "demo::run" = ["< 1.2.0"] }

[versions]
patched = ["^1.2.0", ">= 2.0.1"]
unaffected = ["< 0.5"]
```

# A crafted file overwrites memory

The `'''` is hard to quote, and so is \ at times.
"##;

const PATH: &str = "db/crates/demo/RUSTSEC-2024-0007.md";

#[test]
fn every_fact_of_a_crate_has_its_place() {
    let imported = good(RustSec, PATH, CRATE, "RUSTSEC");
    assert_eq!(imported.path, "2024/RUSTSEC-2024-0007.toml");
    assert_holds(
        &imported,
        &[
            "# the source remarks: never built\nid = \"RUSTSEC-2024-0007\"\n",
            "title = \"A crafted file overwrites memory\"",
            "\nseverity = \"critical\"",
            "cvss = [\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"]",
            "aliases = [\"CVE-2024-12345\"]\nrelated = [\"RUSTSEC-2023-0001\"]",
            "Only on these operating systems: `windows`.\nOnly on these processor architectures: `x86`.",
            "ecosystem = \"crates.io\"\nname = \"demo\"\nversions = [\">= 0.5.0, < 1.2.0\", \">= 2.0.0-0, < 2.0.1\"]",
            "functions = [\"demo::run\"]",
            "type = \"report\"\nurl = \"https://github.com/a/demo/issues/1\"",
            "at = 2024-02-03T12:00:00Z\nnote = \"First published.\"",
            "at = 2024-03-01T12:00:00Z\nnote = \"Withdrawn.\"",
            "[withdrawn]\nat = 2024-03-01T12:00:00Z\nreason = \"issued-in-error\"",
            "[affected.extra]\ncategories = [\"memory-corruption\"]\n",
            "[affected.ecosystem-extra.affects]\narch = [\"x86\"]\nos = [\"windows\"]\n",
            "[extra.source]\n'affected.functions.\"demo::run\"' = [\"< 1.2.0\"]\n",
        ],
    );
    let links = imported.text.matches("https://example.org/post").count();
    assert_eq!(links, 1, "given twice, kept once");
}

#[test]
fn every_doubt_is_a_comment_and_a_line_of_the_report() {
    let (imported, said) = run(RustSec, PATH, CRATE, &settings("RUSTSEC"));
    let text = imported.expect("imported").text;
    for (code, comment) in [
        (
            "warning[reason-made]",
            "# the source gives no reason of our list",
        ),
        (
            "note[impact-made]",
            "# the source does not say apart what an attacker gains",
        ),
        ("note[day-only]", "# the source knows only the day"),
        ("note[not-in-form]", "categories = ["),
        ("note[source-comment]", "# the source remarks: never built"),
    ] {
        assert!(
            said.contains(code) && text.contains(comment),
            "{code}\n{said}\n{text}"
        );
    }
    assert!(
        said.contains("RUSTSEC-2024-0007.md:12:26: note[source-comment]"),
        "{said}"
    );
}

#[test]
fn without_a_score_the_project_says_the_class_or_nothing_is_imported() {
    let text = CRATE.replace("cvss = ", "score = ");
    let (imported, said) = run(RustSec, PATH, &text, &settings("RUSTSEC"));
    assert!(said.contains("warning[severity-unrated]"), "{said}");
    assert_holds(
        &imported.expect("imported"),
        &["severity = \"unrated\"", "\"advisory.score\" = "],
    );
    let mut strict = settings("RUSTSEC");
    strict.classes.pop();
    let (imported, said) = run(RustSec, PATH, &text, &strict);
    assert!(imported.is_none() && said.contains("--unrated"), "{said}");
    strict.unrated = Some("low".to_owned());
    let (imported, _) = run(RustSec, PATH, &text, &strict);
    assert_holds(&imported.expect("imported"), &["severity = \"low\""]);
}

#[test]
fn a_part_of_rust_itself_is_no_crate() {
    let path = "db/rust/std/RUSTSEC-2024-0007.md";
    let (imported, said) = run(RustSec, path, CRATE, &settings("RUSTSEC"));
    assert!(
        imported.is_none() && said.contains(":4:11: error[ecosystem-unknown]"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1, "only the reason is said:\n{said}");
}

#[test]
fn versions_that_cannot_be_read_or_leave_nothing_are_errors_with_their_place() {
    let versions = |line: &str| CRATE.replace("\"^1.2.0\", \">= 2.0.1\"", line);
    for (line, expected) in [
        ("\">= 1.0.0\", \"=> 2\"", ":20:24: error[range-unreadable]"),
        ("\">= 0.0.0-0\", \"*\"", "error[range-empty]"),
    ] {
        let (imported, said) = run(RustSec, PATH, &versions(line), &settings("RUSTSEC"));
        assert!(imported.is_none() && said.contains(expected), "{said}");
    }
}

const PACKAGE: &str = r##"```toml
schema_version = "1.8.0"
id = "JLSEC-2026-7"
published = 2026-01-02T03:04:05.678Z
modified = 2026-02-02T03:04:05.678Z
upstream = ["CVE-2024-12345"]
references = ["https://example.org/a"]

[[severity]]
type = "CVSS_V3"
score = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N"
source = "NVD"

[[affected]]
pkg = "Demo_jll"
ranges = [">= 2.0.0+0, < 2.1.0+0", "< 1.1.0"]
[[affected]]
pkg = "Other"
ranges = ["*"]

[[credits]]
name = "A. Finder"
type = "REMEDIATION_DEVELOPER"
contact = ["https://example.org/finder", "finder@example.org"]

[[jlsec_sources]]
id = "CVE-2024-12345"
```

Demo reads past the end. More text.
"##;

#[test]
fn every_fact_of_a_julia_advisory_has_its_place() {
    let imported = good(Julia, "a.md", PACKAGE, "JLSEC");
    assert_eq!(imported.path, "2026/JLSEC-2026-7.toml");
    assert_holds(
        &imported,
        &[
            "# the source has no title: this is the first sentence of its text\ntitle = \"Demo reads past the end\"",
            "severity = \"medium\"\ncvss = [",
            "\"severity[0].source\" = \"NVD\"\n",
            "\nupstream = [\"CVE-2024-12345\"]\n",
            "name = \"Demo_jll\"\nversions = [\"< 1.1.0\", \">= 2.0.0+0, < 2.1.0+0\"]",
            "name = \"Other\"\nversions = [\">= 0\"]",
            "name = \"A. Finder\"\nrole = \"remediation-developer\"\nurl = \"https://example.org/finder\"\nconsent = [\"advisory\"]",
            "\"credits[0].contact\" = [\"https://example.org/finder\", \"finder@example.org\"]\n",
            "at = 2026-01-02T03:04:05Z",
            "at = 2026-02-02T03:04:05Z",
            "[extra]\nsources = [{ id = \"CVE-2024-12345\" }]\n",
        ],
    );
    assert!(!imported.text.contains("schema_version"));
}

#[test]
fn versions_that_differ_only_in_their_build_are_refused() {
    let text = PACKAGE.replace("< 1.1.0", ">= 1.0.0+0, < 1.0.0+2");
    let (imported, said) = run(Julia, "a.md", &text, &settings("JLSEC"));
    assert!(
        imported.is_none() && said.contains("both ends are the same version"),
        "{said}"
    );
}

#[test]
fn ranges_that_differ_only_in_their_builds_are_kept_beside() {
    let text = PACKAGE.replace("\"< 1.1.0\"", "\"< 1.1.0+0\", \">= 1.1.0+2, < 1.2.0\"");
    let (imported, said) = run(Julia, "a.md", &text, &settings("JLSEC"));
    assert!(said.contains("warning[ranges-joined]"), "{said}");
    assert_holds(
        &imported.expect("imported"),
        &["\"affected[0].ranges\" = [", "\">= 1.1.0+2, < 1.2.0\""],
    );
}

#[test]
fn a_draft_of_what_was_withdrawn_says_so() {
    let (imported, said) = run(RustSec, PATH, CRATE, &settings("x_T"));
    assert!(said.contains("warning[withdrawn-there]"), "{said}");
    let text = imported.expect("imported").text;
    assert!(
        text.contains("# the source withdrew this advisory on 2024-03-01")
            && !text.contains("[withdrawn]")
    );
}

#[test]
fn an_id_of_another_feed_becomes_an_alias_of_a_draft() {
    let imported = good(Julia, "a.md", PACKAGE, "x_T");
    assert_eq!(imported.path, "drafts/JLSEC-2026-7.toml");
    assert_holds(
        &imported,
        &[
            "aliases = [\"JLSEC-2026-7\"]",
            "\npublished = \"2026-01-02T03:04:05.678Z\"\n",
        ],
    );
    assert!(!imported.text.contains("\nid =") && !imported.text.contains("[[revision]]"));
}
