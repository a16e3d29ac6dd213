//! Owns the proof that the API and `caveat affected` say the same: the one looks things up, the other reads every advisory.
//! Must never ask both by the same code.

use std::collections::BTreeSet;

use caveat_advisory::{Draft, Input, Timestamp};
use caveat_check::{Book, check};
use caveat_convert::convert;
use caveat_diag::Report;
use caveat_diag::emit::short;
use caveat_query::{Index, query};
use caveat_versions::Coordinate;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::cmd::affected::{Verdict, answer};

const PROJECT: &str = "[feed]\nname = \"T\"\nurl = \"https://t.example.org\"\nid-prefix = \"x_T\"\nlicense = \"CC-BY-4.0\"\n\
    [policy]\n[[policy.severity]]\nid = \"high\"\ndefinition = \"Act.\"\n[[policy.contact]]\nname = \"T\"\nurl = \"mailto:a@t.example.org\"\n";

/// Ecosystem and name as advisories have them.
const PACKAGES: [(&str, &str); 8] = [
    ("PyPI", "some-lib"),
    ("npm", "@a/b"),
    ("npm", "some-lib"),
    ("Go", "example.org/a/b/v2"),
    ("Maven", "org.a:b"),
    ("Debian:12", "curl"),
    ("Debian", "curl"),
    ("SwiftURL", "https://example.org/A/B.git"),
];

/// And as people ask for them.
const ASKED: [(&str, &str); 14] = [
    ("PyPI", "some-lib"),
    ("PyPI", "Some_Lib"),
    ("npm", "@a/b"),
    ("npm", "some-lib"),
    ("Go", "example.org/a/b/v2"),
    ("Maven", "org.a:b"),
    ("Debian:12", "curl"),
    ("Debian:13", "curl"),
    ("Debian", "curl"),
    ("SwiftURL", "example.org/A/B"),
    ("SwiftURL", "https://example.org/A/B.git"),
    ("crates.io", "some-lib"),
    ("Alpine:v3.22", "curl"),
    ("PyPI", "other"),
];

const VERSIONS: [&str; 12] = [
    "0.9.0",
    "1.0.0-rc.1",
    "1.0.0",
    "1.0",
    "v1.0.0",
    "1.5.0",
    "1.5.0+b",
    "2.0.0",
    "2.0.0-1",
    "3.0.0",
    "x",
    "1!1.0",
];

/// One advisory: which package, from where, to where, withdrawn or with versions that nobody looked at.
type Row = (usize, usize, usize, u8);

fn advisory(at: usize, (package, from, length, kind): Row) -> Draft {
    let bounds = ["1.0.0", "1.5.0", "2.0.0", "3.0.0"];
    let versions = match (from, bounds.get(from + length)) {
        (0, Some(end)) => format!("< {end}"),
        (_, Some(end)) => format!(">= {}, < {end}", bounds[from - 1]),
        (_, None) => format!(">= {}", bounds[from.max(1) - 1]),
    };
    let (ecosystem, name) = PACKAGES[package];
    let more = match kind {
        0 => "[withdrawn]\nat = 2026-11-01T00:00:00Z\nreason = \"not-a-vulnerability\"\n",
        _ => "",
    };
    let id = format!("x_T-2026-{:04}", at + 1);
    let text = format!(
        "id = \"{id}\"\ntitle = \"Flaw number {at} of many\"\nseverity = \"high\"\nimpact = \"Strangers read files.\"\n\
         description = \"It reads what it is told to read.\"\n[[affected]]\necosystem = \"{ecosystem}\"\nname = \"{name}\"\n\
         versions = [\"{versions}\"]\n[[reference]]\ntype = \"web\"\nurl = \"https://example.org/{at}\"\n{more}\
         [[revision]]\nat = 2026-11-01T00:00:00Z\nnote = \"First published.\"\n"
    );
    Draft {
        path: format!("advisories/2026/{id}.toml"),
        bytes: text.into_bytes(),
    }
}

fn book(rows: &[Row]) -> Book {
    let rows = rows.iter().enumerate();
    let input = Input {
        project: Some(Draft {
            path: "caveat.toml".to_owned(),
            bytes: PROJECT.into(),
        }),
        advisories: rows.map(|(at, row)| advisory(at, *row)).collect(),
        ..Input::default()
    };
    let mut report = Report::default();
    let book = check(input, Timestamp::MAX, &mut report);
    book.unwrap_or_else(|| panic!("{}", short(&report)))
}

fn served(index: &Index, question: &Value) -> BTreeSet<String> {
    let answer = query(index, question.to_string().as_bytes()).expect("answered");
    let answer: Value = serde_json::from_slice(&answer).expect("JSON");
    let vulns = answer["vulns"].as_array();
    let ids = vulns.into_iter().flatten().map(|vuln| &vuln["id"]);
    ids.map(|id| id.as_str().expect("an id").to_owned())
        .collect()
}

/// The ids of one verdict. Where the question leaves the release open, `affected` cannot tell; the API names what any release has.
fn told(book: &Book, asked: &Coordinate) -> [BTreeSet<String>; 2] {
    let answer = answer(book, asked.clone());
    let ids = |verdict| {
        let findings = answer.findings.iter();
        let found = findings.filter(|finding| finding.verdict == verdict);
        found.map(|finding| finding.id.clone()).collect()
    };
    [ids(Verdict::Yes), ids(Verdict::Unknown)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_api_names_what_caveat_affected_says_yes_to(
        rows in proptest::collection::vec((0..PACKAGES.len(), 0..4usize, 0..3usize, 0..5u8), 1..12)
    ) {
        let book = book(&rows);
        let index = Index::new(&book, &convert(&book).expect("converted"));
        for (ecosystem, name) in ASKED {
            for version in VERSIONS {
                let Ok(asked) = Coordinate::parse(&format!("{ecosystem}/{name}@{version}")) else {
                    continue;
                };
                let package = json!({ "ecosystem": ecosystem, "name": name });
                let served_ids = served(&index, &json!({ "package": package, "version": version }));
                let [yes, unknown] = told(&book, &asked);
                prop_assert!(yes.is_subset(&served_ids), "{}: {:?} {:?}", asked, yes, served_ids);
                if asked.ecosystem.suffix().is_some() || ecosystem != "Debian" {
                    prop_assert_eq!(&yes, &served_ids, "{}", asked);
                } else {
                    let known: BTreeSet<String> = yes.union(&unknown).cloned().collect();
                    prop_assert!(served_ids.is_subset(&known), "{}: {:?}", asked, served_ids);
                }
                if let Some(url) = caveat_versions::purl(&asked.ecosystem, &asked.name)
                    && asked.ecosystem.suffix().is_none()
                    && !version.contains(['!', '+'])
                {
                    let by_url = json!({ "package": { "purl": format!("{url}@{version}") } });
                    prop_assert_eq!(served(&index, &by_url), served_ids, "{}", url);
                }
            }
        }
    }
}
