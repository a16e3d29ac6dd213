//! Owns edits of a good advisory and a good project, and the rule that each of them breaks.
//! Must never pass because another rule spoke.

use super::{ADVISORY, PATH, PROJECT, edited, input, judged};

/// Each rule's code, and an edit of the good advisory that breaks it.
pub(super) const EDITS: &[(&str, &str, &str)] = &[
    (
        "affected-missing",
        "[[reference]]",
        "[[affected]]\npackage = \"torch\"\nversions = [\"< 1.0\"]\n[[reference]]",
    ),
    ("alias-format", "CVE-2026-12345", "CVE-2026-1"),
    ("alias-self", "GHSA-2f84-9xq5-cvjm", "CVE-2026-12345"),
    ("alias-self", "CVE-2026-12345", "x_T-2026-0001"),
    (
        "alias-duplicate",
        "\"CVE-2026-12345\"",
        "\"CVE-2026-12345\", \"CVE-2026-12345\"",
    ),
    (
        "commit",
        "0123456789abcdef0123456789abcdef01234567",
        "0123456",
    ),
    ("credit-consent", "consent = [\"advisory\"]", ""),
    ("cvss", "/A:H", "/A:X"),
    (
        "cvss",
        "\"CVSS:3.1",
        "\"CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\", \"CVSS:3.1",
    ),
    ("cwe", "CWE-502", "CWE-999999"),
    ("cwe", "\"CWE-502\"", "\"CWE-502\", \"CWE-502\""),
    (
        "embargo",
        "until = 2026-11-18",
        "until = 2026-11-19T01:00:00Z #",
    ),
    (
        "file-name",
        "id = \"x_T-2026-0001\"",
        "id = \"x_T-2026-0002\"",
    ),
    (
        "future-date",
        "at = 2026-11-19T12:00:00Z",
        "at = 2026-11-21T12:00:00Z",
    ),
    (
        "future-date",
        "reported = 2026-11-01",
        "discovered = 2026-12-24T00:00:00Z #",
    ),
    ("hidden-characters", "A title", "A \u{202e}title"),
    ("id-format", "x_T-2026-0001", "x_T-2026-1"),
    ("id-missing", "id = \"x_T-2026-0001\"", ""),
    ("link", "https://example.org/fix", "javascript:alert(1)"),
    (
        "link-http",
        "https://example.org/fix",
        "http://example.org/fix",
    ),
    (
        "package-unknown",
        "package = \"torch\"",
        "package = \"torhc\"",
    ),
    (
        "package-unknown",
        "package = \"torch\"",
        "ecosystem = \"pypi\"\nname = \"torch\"",
    ),
    (
        "package-unknown",
        "package = \"torch\"",
        "ecosystem = \"opam\"\nname = \"a\"",
    ),
    (
        "package-unknown",
        "package = \"torch\"",
        "ecosystem = \"npm\"\nname = \"../torch\"",
    ),
    ("placeholder-text", "The loader", "TODO"),
    ("range", ">= 1.0.0, < 1.2.0", ">= 1.2.0, < 1.0.0"),
    ("range", ">= 1.0.0, < 1.2.0", "> 1.0.0"),
    ("range", "versions = [", "versions = [] #"),
    (
        "range",
        "package = \"torch\"\nversions = [\">= 1.0.0, < 1.2.0\", \">= 2.0.0, < 2.1.0\"]",
        "ecosystem = \"Go\"\nname = \"example.org/x\"\nversions = [\"<= 1.0.0\"]",
    ),
    ("range-overlap", "< 1.2.0", "< 2.0.1"),
    ("range-overlap", "< 1.2.0", "< 2.0.0"),
    (
        "reference-duplicate",
        "[[credit]]",
        "[[reference]]\ntype = \"fix\"\nurl = \"https://example.org/fix\"\n[[credit]]",
    ),
    (
        "revision-missing",
        "[[revision]]\nat = 2026-11-19T00:00:00Z\nnote = \"First published.\"\n[[revision]]\nat = 2026-11-19T12:00:00Z\nnote = \"Added the second branch.\"",
        "",
    ),
    (
        "revision-order",
        "2026-11-19T12:00:00Z",
        "2026-11-19T00:00:00Z",
    ),
    ("severity-class", "\"high\"", "\"severe\""),
    ("severity-cvss", "\"high\"", "\"low\""),
    ("text-empty", "impact = \"Code runs.\"", "impact = \" \""),
    (
        "timeline-order",
        "reported = 2026-11-01",
        "reported = 2026-11-03",
    ),
    ("title-line", "\"A title\"", "\"\"\"A\ntitle\"\"\""),
    (
        "title-long",
        "A title",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ),
    ("title-stop", "A title", "A title."),
    (
        "withdrawn-date",
        "[embargo]",
        "[withdrawn]\nat = 2026-11-19T13:00:00Z\nreason = \"duplicate\"\n[embargo]",
    ),
    (
        "withdrawn-date",
        "[embargo]",
        "[withdrawn]\nat = 2001-11-19T13:00:00Z\nreason = \"duplicate\"\n[embargo]",
    ),
    (
        "withdrawn-successor",
        "[embargo]",
        "[withdrawn]\nat = 2026-11-19T12:00:00Z\nreason = \"duplicate\"\nreplaced-by = [\"x_T-2026-0009\"]\n[embargo]",
    ),
];

/// The same for `caveat.toml`.
pub(super) const PROJECT_EDITS: &[(&str, &str, &str)] = &[
    (
        "feed-url",
        "https://test-advisories.dev\"",
        "http://test-advisories.dev\"",
    ),
    ("id-prefix", "\"x_T\"", "\"ACME\""),
    ("project-text", "name = \"Team\"", "name = \"Te\\nam\""),
    (
        "contact-link",
        "mailto:security@test-advisories.dev",
        "security@test-advisories.dev",
    ),
    ("mail", "\"announce@test-advisories.dev\"", "\"announce\""),
    ("mail", "name = \"announce\"", "name = \"../announce\""),
    ("package-list", "name = \"torch\"", "name = \"Torch\""),
    ("package-list", "pkg:pypi/torch", "pkg:pypi/torch@1.0"),
    ("package-list", "key = \"torch\"", "key = \"a/b\""),
    (
        "policy",
        "[[policy.contact]]\nname = \"Team\"\nurl = \"mailto:security@test-advisories.dev\"",
        "",
    ),
    ("policy", "id = \"low\"", "id = \"high\""),
];

#[test]
fn every_edit_breaks_its_rule() {
    for (code, from, to) in EDITS {
        let (book, said) = judged(input(PROJECT, &[(PATH, &edited(ADVISORY, from, to))]));
        assert!(
            said.contains(&format!("[{code}]")),
            "{code} is silent about {to:?}:\n{said}"
        );
        assert_eq!(book.is_none(), said.contains("error["), "{said}");
    }
    for (code, from, to) in PROJECT_EDITS {
        let (_, said) = judged(input(&edited(PROJECT, from, to), &[(PATH, ADVISORY)]));
        assert!(
            said.contains(&format!("[{code}]")),
            "{code} is silent about {to:?}:\n{said}"
        );
    }
}
