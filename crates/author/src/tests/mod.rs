//! Owns the promises that hold for every text: the canonical form is stable, and nothing is lost on the way.
//! Must never test one command in depth: those tests are beside the code.

mod keyring;
mod past;

use caveat_advisory::{Advisory, Document, Draft};
use caveat_diag::Report;
use proptest::prelude::*;

use crate::{Fault, tidy};

fn read(text: &str) -> Option<Advisory> {
    let draft = Draft {
        path: "a.toml".to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let document = Document::<Advisory>::read(draft, &mut Report::default());
    document.map(|document| document.data().clone())
}

const UNTIDY: &str = r#"# About the file.

# About the severity.
severity="high"     # far away


title   =  'A title'
"impact" = """
One line."""
# About the text.

description = '''
# no comment'''
cwe = [ "CWE-1","CWE-2" , ]
aliases = ["CVE-2026-10000", # why
  "CVE-2026-10001"]
related = ["CVE-2026-20000", "CVE-2026-20001", "CVE-2026-20002", "CVE-2026-20003", "CVE-2026-20004", "CVE-2026-20005", "CVE-2026-20006"]
timeline.fixed = 2026-11-02t00:00:00z
timeline.discovered = 2026-11-01T00:00:00Z
[[revision]]
note = "First published."
    at = 2026-11-20T14:00:00+02:00
[[ affected ]]  # a package
  versions = ["< 1"]
  package = "a"
# The other one.
[[affected]]
package = "b"
# the end"#;

const TIDY: &str = r#"# About the file.

title = 'A title'
# About the severity.
severity = "high"     # far away
cwe = ["CWE-1", "CWE-2"]
aliases = ["CVE-2026-10000", # why
  "CVE-2026-10001"]
related = [
    "CVE-2026-20000",
    "CVE-2026-20001",
    "CVE-2026-20002",
    "CVE-2026-20003",
    "CVE-2026-20004",
    "CVE-2026-20005",
    "CVE-2026-20006",
]
impact = """
One line."""
# About the text.

description = '''
# no comment'''
timeline.discovered = 2026-11-01T00:00:00Z
timeline.fixed = 2026-11-02t00:00:00z

[[affected]]  # a package
package = "a"
versions = ["< 1"]

# The other one.
[[affected]]
package = "b"

[[revision]]
at = 2026-11-20T14:00:00+02:00
note = "First published."
# the end
"#;

#[test]
fn an_untidy_file_gets_the_order_of_the_form_and_keeps_every_word() {
    let tidied = tidy(UNTIDY).expect("good text");
    assert_eq!(tidied, TIDY);
    assert_eq!(read(UNTIDY), read(&tidied));
    assert!(read(&tidied).is_some());
    assert_eq!(tidy(&tidied), Ok(tidied));
}

#[test]
fn a_comment_right_behind_a_date_is_no_part_of_it() {
    let text = "[embargo]\nuntil = 2026-11-21T14:00:00Z# soon\n";
    assert_eq!(tidy(text), Ok(text.replace('#', " #")));
}

#[test]
fn what_is_no_toml_is_left_alone() {
    assert!(matches!(tidy("title = \n"), Err(Fault::Syntax(_))));
}

#[test]
fn a_file_of_comments_stays_one() {
    assert_eq!(
        tidy("\n# one\n\n\n# two"),
        Ok("# one\n\n# two\n".to_owned())
    );
    assert_eq!(tidy(""), Ok("\n".to_owned()));
}

const VALUES: [&str; 10] = [
    "title = \"A # title\" # said",
    "\"severity\" = 'high'",
    "impact=\"\"\"\nx\"\"\"",
    "description = '''\n# x\r\n'''",
    "cwe = [ 'CWE-1',\n\n 'CWE-2' ]",
    "aliases = [\n# why\n'CVE-2026-10000', 'A-1' ] # two",
    "timeline.fixed = 2026-11-02 00:00:00Z",
    "timeline . reported = 2026-11-01T00:00:00Z",
    "affected = [{ versions = ['< 1'], package = 'a' }]",
    "unknown = { b = 1, a = [ { y = 1.0 } ] }",
];

const TABLES: [&str; 7] = [
    "[[revision]] # first\nnote = 'x'\nat = 2026-11-20T14:00:00Z",
    "[[reference]]\nurl = 'https://a.b'\n# kind\n\ntype = 'fix'",
    "[[revision]]\nat = 2026-11-21T14:00:00Z\nnote = 'y'",
    "[withdrawn]\nreason = 'duplicate'\nat = 2026-11-21T14:00:00Z",
    "[ embargo ]\nuntil = 2026-11-21T14:00:00Z",
    "[strange.deep]\nx = 1",
    "[strange]\ny = 2",
];

/// Pieces of files in any order, with comments and blank lines between.
fn pieces() -> impl Strategy<Value = String> {
    let values = prop::sample::subsequence(VALUES.to_vec(), 0..=VALUES.len());
    let tables = prop::sample::subsequence(TABLES.to_vec(), 0..=TABLES.len());
    let gaps = prop::collection::vec(
        prop::sample::select(vec![
            "",
            "\n",
            "\n\n\n",
            "# note\n",
            "\n  # note\n\n",
            "#\n",
        ]),
        20,
    );
    (
        values.prop_shuffle(),
        tables.prop_shuffle(),
        gaps,
        any::<bool>(),
    )
        .prop_map(|(values, tables, gaps, crlf)| {
            let lines = values.iter().chain(&tables).zip(gaps);
            let lines = lines.flat_map(|(line, gap)| [gap, line, "\n"]);
            let text: String = lines.collect();
            if crlf {
                text.replace("\r\n", "\n").replace('\n', "\r\n")
            } else {
                text
            }
        })
}

proptest! {
    #[test]
    fn the_canonical_form_is_stable_and_says_the_same(text in pieces()) {
        let tidied = tidy(&text).expect("good text");
        prop_assert_eq!(tidy(&tidied), Ok(tidied.clone()));
        prop_assert_eq!(read(&text), read(&tidied));
    }

    #[test]
    fn any_damage_to_a_file_is_survived(at in 0usize..1200, with in "([a-z]|[\"'#=\n\\[\\]{},. ä\\\\]){0,5}", cut in 0usize..30) {
        let start = UNTIDY.floor_char_boundary(at.min(UNTIDY.len()));
        let end = UNTIDY.ceil_char_boundary((start + cut).min(UNTIDY.len()));
        let text = format!("{}{with}{}", &UNTIDY[..start], &UNTIDY[end..]);
        let tidied = tidy(&text);
        prop_assert_ne!(&tidied, &Err(Fault::Lossy));
        if let Ok(tidied) = tidied {
            prop_assert_eq!(tidy(&tidied), Ok(tidied.clone()));
            prop_assert_eq!(read(&text), read(&tidied));
        }
    }

    #[test]
    fn any_text_is_formatted_or_refused(text in "([a-z]{1,3}|[\"'#=\n\\[\\]{},. \\\\1-]){0,40}") {
        if let Ok(tidied) = tidy(&text) {
            prop_assert_eq!(tidy(&tidied), Ok(tidied.clone()));
        } else {
            prop_assert!(!matches!(tidy(&text), Err(Fault::Lossy)));
        }
    }
}
