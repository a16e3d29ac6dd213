//! Owns the proof that a fix mends its finding and nothing else: each broken file becomes the good one again.
//! Must never accept a fix that leads to another finding.

use caveat_advisory::{Input, Timestamp};
use caveat_diag::{Report, apply};

use super::edits::{EDITS, PROJECT_EDITS};
use super::{ADVISORY, PATH, PROJECT, draft, edited, input};

fn found(input: &Input) -> Report {
    let as_of: Timestamp = "2026-11-20T00:00:00Z".parse().expect("a time");
    let mut report = Report::default();
    crate::check(input.clone(), as_of, &mut report);
    report
}

/// Project and advisory after a few rounds of fixes, and how many findings are left.
fn mended(project: &str, advisory: &str) -> (String, String, usize) {
    let (mut project, mut advisory) = (project.to_owned(), advisory.to_owned());
    for _ in 0..4 {
        for fixed in apply(&found(&input(&project, &[(PATH, &advisory)]))) {
            match fixed.source.path() {
                PATH => advisory = fixed.text,
                _ => project = fixed.text,
            }
        }
    }
    let left = found(&input(&project, &[(PATH, &advisory)])).len();
    (project, advisory, left)
}

/// Edits of the good advisory that a fix takes back to the letter.
const TAKEN_BACK: &[(&str, &str)] = &[
    ("A title", "A title."),
    ("A title", "A title.."),
    ("A title", "A\u{200b} tit\u{feff}le"),
    ("CVE-2026-12345", "cve-2026-12345"),
    ("CVE-2026-12345", " CVE-2026-12345 "),
    ("GHSA-2f84-9xq5-cvjm", "ghsa-2F84-9XQ5-CVJM"),
    (
        "\"CVE-2026-12345\"",
        "\"CVE-2026-12345\", \"CVE-2026-12345\"",
    ),
    (
        "\"CVE-2026-12345\"",
        "\"x_T-2026-0001\", \"CVE-2026-12345\"",
    ),
    (
        "\"CVE-2026-12345\"",
        "\"CVE-2026-12345\", \"CVE-2026-12345\",\"CVE-2026-12345\"",
    ),
    ("0123456789abcdef0", "0123456789ABCDEF0"),
    ("CWE-502", "cwe-502"),
    ("CWE-502", "502"),
    ("CWE-502", "CWE-0502"),
    ("\"CWE-502\"", "\"CWE-502\", \"CWE-502\""),
    ("CVSS:3.1/AV:N", "cvss:3.1/av:n"),
    (
        "[\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"]",
        "[\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\", \"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"]",
    ),
    ("severity = \"high\"", "severity = \"High\""),
    ("fixed-by", "fixed_by"),
    ("fixed-by", "Fixed-By"),
    (
        "[[credit]]",
        "[[reference]]\ntype = \"fix\"\nurl = \"https://example.org/fix\"\n[[credit]]",
    ),
];

#[test]
fn a_fix_takes_the_fault_back_to_the_letter() {
    for (good, bad) in TAKEN_BACK {
        let (_, advisory, left) = mended(PROJECT, &edited(ADVISORY, good, bad));
        assert_eq!((advisory.as_str(), left), (ADVISORY, 0), "{bad}");
    }
    for (good, bad) in [
        (
            "https://test-advisories.dev\"",
            "https://test-advisories.dev/\"",
        ),
        ("name = \"torch\"", "name = \"Torch\""),
        ("ecosystem = \"PyPI\"", "ecosystem = \"pypi\""),
        ("pkg:pypi/torch", "pkg:pypi/Torch@1.0"),
        ("id-prefix", "id_prefix"),
    ] {
        let (project, _, left) = mended(&edited(PROJECT, good, bad), ADVISORY);
        assert_eq!((project.as_str(), left), (PROJECT, 0), "{bad}");
    }
}

#[test]
fn only_hosts_that_serve_https_are_rewritten() {
    let link = |url: &str| edited(ADVISORY, "https://example.org/fix", url);
    let (_, advisory, left) = mended(PROJECT, &link("http://github.com/a/b"));
    assert_eq!((advisory, left), (link("https://github.com/a/b"), 0));
    let (_, advisory, left) = mended(PROJECT, &link("http://example.org/"));
    assert_eq!((advisory, left), (link("http://example.org/"), 1));
}

#[test]
fn a_second_table_goes_with_its_blank_lines_but_not_with_a_comment() {
    let twice = "[[reference]]\ntype = \"fix\"\nurl = \"https://example.org/fix\"\n";
    let last = format!("{ADVISORY}\n{twice}");
    assert_eq!(
        mended(PROJECT, &last),
        (PROJECT.to_owned(), ADVISORY.to_owned(), 0)
    );
    let noted = format!(
        "{ADVISORY}\n{}",
        twice
            .replace("[[r", "# why\n[[r")
            .replace("]]\n", "]] # why\n")
    );
    assert_eq!(mended(PROJECT, &noted).1, noted);
}

#[test]
fn what_is_hidden_by_escapes_is_left_to_people() {
    let bad = edited(ADVISORY, "\"A title\"", "\"A t\\u0069tle.\"");
    assert_eq!(mended(PROJECT, &bad).1, bad);
}

#[test]
fn every_fix_of_every_broken_file_removes_findings_and_adds_none() {
    let advisories = EDITS
        .iter()
        .map(|(_, from, to)| (PROJECT.to_owned(), edited(ADVISORY, from, to)));
    let projects = PROJECT_EDITS
        .iter()
        .map(|(_, from, to)| (edited(PROJECT, from, to), ADVISORY.to_owned()));
    for (project, advisory) in advisories.chain(projects) {
        let before = Input {
            project: Some(draft("caveat.toml", &project)),
            ..input(&project, &[(PATH, &advisory)])
        };
        let offered = apply(&found(&before)).len();
        let (_, _, left) = mended(&project, &advisory);
        assert!(offered == 0 || left < found(&before).len(), "{advisory}");
    }
}
