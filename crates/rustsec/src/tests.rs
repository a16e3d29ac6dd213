//! Owns the proof that a file says of versions what the advisory says, to each of its readers; and one whole file.
//! Must never ask `requirement` what it meant: RustSec's and Cargo's rules are written down here anew.

mod readers;

use caveat_advisory::{Draft, Input};
use caveat_artifact::Memory;
use caveat_check::check;
use caveat_diag::Report;
use caveat_diag::emit::short;
use snapbox::{assert_data_eq, file};

use crate::{paths, render};

const PROJECT: &str = r#"[feed]
name = "Test Feed"
url = "https://test.example.org"
id-prefix = "x_TEST"
license = "CC-BY-4.0"
[[package]]
key = "torsh"
ecosystem = "crates.io"
name = "torsh-core"
title = "ToRSh"
repository = "https://github.com/example/torsh"
[policy]
[[policy.severity]]
id = "critical"
definition = "Act today."
[[policy.contact]]
name = "Team"
url = "mailto:a@test.example.org"
"#;

/// Everything that a file can hold, and what no reader could stand.
const FULL: &str = r#"id = "x_TEST-2026-0001"
title = "`load` runs \"code\""
severity = "critical"
cvss = ["CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P"]
cwe = ["CWE-502"]
aliases = ["CVE-2026-12345", "CVE-1999-0001", "GHSA-2345-6789-cfgh"]
related = ["CVE-2026-99999"]
impact = "Whoever supplies a file runs code."
description = """
The file is *unpickled*:

```toml
patched = ["none"]
```
"""
workaround = "Load none."
[[affected]]
package = "torsh"
versions = [">= 1.0.0, < 1.4.1", ">= 2.0.0-rc.1, <= 2.1.0"]
functions = ["torsh_core::load", "torsh::load", "torsh_core::Vec<u8>::from", "torsh_core"]
fixed-by = ["2222222222222222222222222222222222222222"]
[[affected]]
ecosystem = "crates.io"
name = "torsh-sys"
versions = [">= 0"]
functions = ["torsh_sys::a::F"]
[[affected]]
ecosystem = "PyPI"
name = "torsh"
versions = ["< 2"]
[[reference]]
type = "report"
url = "https://github.com/example/torsh/issues?q[]=1"
[[reference]]
type = "web"
url = "https://xn--mnchen-3ya.example.org/"
[[revision]]
at = 2026-11-18T23:00:00Z
note = "First published."
"#;

/// Every file of the tree, by path.
fn built(advisory: &str) -> Vec<(String, Vec<u8>)> {
    let draft = |path: &str, text: &str| Draft {
        path: path.to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let input = Input {
        project: Some(draft("caveat.toml", PROJECT)),
        advisories: vec![draft("advisories/2026/x_TEST-2026-0001.toml", advisory)],
        ..Input::default()
    };
    let mut report = Report::default();
    let as_of = "2026-11-21T00:00:00Z".parse().expect("a time");
    let book = check(input, as_of, &mut report).unwrap_or_else(|| panic!("{}", short(&report)));
    let sink = Memory::default();
    render(&book, &sink).expect("room");
    let files = sink.into_files().into_iter();
    let files: Vec<_> = files
        .map(|(path, bytes)| (path.to_string(), bytes))
        .collect();
    for path in paths(&book.entries()[0]) {
        assert!(files.iter().any(|(one, _)| *one == path), "{path}");
    }
    files
}

fn text(files: &[(String, Vec<u8>)], path: &str) -> String {
    let found = files.iter().find(|(name, _)| name == path);
    let (_, bytes) = found.unwrap_or_else(|| panic!("{path}"));
    String::from_utf8(bytes.clone()).expect("text")
}

#[test]
fn a_file_holds_everything_that_rustsec_has_a_place_for() {
    let files = built(FULL);
    let first = text(&files, "rustsec/crates/torsh-core/x_TEST-2026-0001.md");
    assert_data_eq!(first, file!["tests/full.md"].raw());
    let second = text(
        &files,
        "rustsec/crates/torsh-sys/x_TEST-2026-0001.torsh-sys.md",
    );
    for line in [
        "id = \"x_TEST-2026-0001.torsh-sys\"\n",
        "package = \"torsh-sys\"\n",
        "aliases = [\"x_TEST-2026-0001\", \"CVE-2026-12345\", \"GHSA-2345-6789-cfgh\"]\n",
        "\"torsh_sys::a::F\" = [\"*\"]\n",
        "[versions]\npatched = []\n```\n",
    ] {
        assert!(second.contains(line), "{line}{second}");
    }
    assert_eq!(files.len(), 3, "two files and the archive");
}

#[test]
fn what_was_withdrawn_stays_and_says_when() {
    let gone = format!(
        "{FULL}\n[[revision]]\nat = 2026-11-19T23:00:00Z\nnote = \"Withdrawn.\"\n\
         [withdrawn]\nat = 2026-11-19T23:00:00Z\nreason = \"not-a-vulnerability\"\nnote = \"It was none.\"\n"
    );
    let said = text(
        &built(&gone),
        "rustsec/crates/torsh-core/x_TEST-2026-0001.md",
    );
    assert!(said.contains("\nwithdrawn = \"2026-11-19\"\n"), "{said}");
    assert!(said.contains("**Withdrawn: "), "{said}");
}

#[test]
fn a_day_before_every_reader_is_the_first_that_they_know() {
    let old = FULL.replace("at = 2026-11-18T23:00:00Z", "at = 1999-11-18T23:00:00Z");
    let old = old.replace("CVE-2026-12345", "CVE-1998-12345");
    let said = text(
        &built(&old),
        "rustsec/crates/torsh-core/x_TEST-2026-0001.md",
    );
    assert!(said.contains("\ndate = \"2000-01-01\"\n"), "{said}");
}

#[test]
fn where_no_crate_is_named_there_is_no_tree() {
    let rows = FULL.replace(
        "package = \"torsh\"\n",
        "ecosystem = \"npm\"\nname = \"torsh\"\n",
    );
    let rows = rows.replace("\"crates.io\"", "\"npm\"");
    assert_eq!(built(&rows), []);
}
