//! Owns the stories of the annual report: its numbers are those of the records, and nobody else is named.
//! Must never count by itself what it can read from the records.

use std::collections::BTreeMap;

use serde_json::Value;
use snapbox::{assert_data_eq, str};

use crate::repository::{NOW, PROJECT, Repository, advisory, place};

const CLOCKS: &str = "\n[policy.clock]\nacknowledge = \"48 h\"\n";

/// Two of this year that stand, one that is withdrawn, and one of the year before.
fn years() -> Repository {
    let timeline = "[timeline]\nreported = 2026-11-01T09:00:00Z\nacknowledged = 2026-11-02T09:00:00Z\n\
        fixed = 2026-11-11T09:00:00Z\nexploited = 2026-11-12T09:00:00Z\n\n[[revision]]";
    let people = "[[credit]]\nname = \"Ada <Lovelace>\"\nrole = \"finder\"\nconsent = [\"annual-report\"]\n\
        [[credit]]\nname = \"Xyzzy Plugh\"\nrole = \"reporter\"\nconsent = [\"advisory\"]\n\n[[reference]]";
    let first = advisory(1)
        .replace("[[revision]]", timeline)
        .replace("[[reference]]", people);
    let low = advisory(2).replace("\"high\"", "\"low\"");
    let gone = advisory(3)
        + "[[revision]]\nat = 2026-11-19T23:30:00Z\nnote = \"Withdrawn: it works as documented.\"\n\
           [withdrawn]\nat = 2026-11-19T23:30:00Z\nreason = \"not-a-vulnerability\"\n";
    let old = advisory(4)
        .replace("x_STORY-2026", "x_STORY-2025")
        .replace("2026-11-19T23", "2025-03-01T10");
    Repository::empty()
        .file("caveat.toml", &(PROJECT.to_owned() + CLOCKS))
        .file(&place(1), &first)
        .file(&place(2), &low)
        .file(&place(3), &gone)
        .file("advisories/2025/x_STORY-2025-0004.toml", &old)
        .commit(NOW)
}

fn json(repository: &Repository, arguments: &str) -> Value {
    let said = repository.caveat(&format!("report --format json {arguments}"));
    serde_json::from_str(&said.exits(0).out).unwrap()
}

#[test]
fn the_report_of_a_year_reads_like_this() {
    let said = years()
        .caveat("report --year 2026 --as-of 2026-11-20T00:00:00Z")
        .exits(0);
    assert_data_eq!(
        said.out,
        str![[r#"
# Story Advisories: security report 2026

Published: 3. Of these withdrawn since, and not counted below: 1. Known to be exploited: 1. Revisions: 1. From report to fix it took 10 days in the median (1 of 2 advisories tell; fastest 10 days, slowest 10 days). The year is not over: this counts until 2026-11-20.

## Year on year

| Year | Advisories | Withdrawn | Exploited | Promises met | Missed | Median time to fix |
|---|--:|--:|--:|--:|--:|---|
| 2025 | 1 | 0 | 0 | 0 | 0 | – |
| 2026 | 2 | 1 | 1 | 1 | 0 | 10 days |

## By severity

| Severity | 2026 | 2025 |
|---|--:|--:|
| high | 1 | 1 |
| low | 1 | 0 |

## By package

| Package | 2026 | 2025 |
|---|--:|--:|
| PyTorch (PyPI/torch) | 2 | 1 |

## Promised times

| Promise | Met | Missed | Kept | Not due | Not known | No target |
|---|--:|--:|--:|--:|--:|--:|
| First answer | 1 | 0 | 100 % | 0 | 1 | 0 |

## Known to be exploited

- [x_STORY-2026-0001](https://story.example.org/advisories/x_STORY-2026-0001/): Flaw number 1, known since 2026-11-12

## Withdrawn

- [x_STORY-2026-0003](https://story.example.org/advisories/x_STORY-2026-0003/): Flaw number 3, on 2026-11-19

## Thanks

- Ada /<Lovelace/> (finder): x_STORY-2026-0001
- One credit is of somebody who is not named here.

"#]]
    );
}

#[test]
fn totals_equal_the_records() {
    let repository = years();
    repository.caveat("build --out public").exits(0);
    let report = json(&repository, "--year 2026");
    let mut standing: BTreeMap<String, u64> = BTreeMap::new();
    let mut withdrawn = 0;
    for (path, bytes) in repository.tree("public/osv") {
        if path.matches('/').count() > 0 || !path.starts_with("x_STORY") {
            continue;
        }
        let record: Value = serde_json::from_slice(&bytes).unwrap();
        if !record["published"].as_str().unwrap().starts_with("2026") {
            continue;
        }
        if record["withdrawn"].is_null() {
            let class = record["database_specific"]["severity"].as_str().unwrap();
            *standing.entry(class.to_owned()).or_default() += 1;
        } else {
            withdrawn += 1;
        }
    }
    let total: u64 = standing.values().sum();
    assert_eq!(report["standing"], total);
    assert_eq!(report["advisories"], total + withdrawn);
    assert_eq!(
        report["withdrawn"].as_array().unwrap().len() as u64,
        withdrawn
    );
    let rows = report["severities"].as_array().unwrap();
    for row in rows {
        let class = row["key"].as_str().unwrap();
        assert_eq!(row["count"], standing.get(class).copied().unwrap_or(0));
    }
    let year = report["years"].as_array().unwrap().last().unwrap();
    assert_eq!(year["standing"], total);
    assert_eq!(report["packages"][0]["count"], total);
}

#[test]
fn the_command_prints_what_the_site_has() {
    let repository = years();
    repository.caveat("build --out public").exits(0);
    for (form, file) in [("md", "report.md"), ("json", "report.json")] {
        let said = repository.caveat(&format!(
            "report --year 2026 --as-of 2026-11-20T00:00:00Z --format {form}"
        ));
        let path = repository.path(&format!("public/reports/2026/{file}"));
        assert_eq!(said.exits(0).out, std::fs::read_to_string(path).unwrap());
    }
    assert!(repository.path("public/reports/2025/index.html").exists());
    assert!(!repository.path("public/reports/2024").exists());
}

#[test]
fn only_those_who_agreed_to_annual_reports_are_named_in_one() {
    let repository = years();
    for form in ["md", "json", "html"] {
        let said = repository
            .caveat(&format!("report --year 2026 --format {form}"))
            .exits(0);
        assert!(!said.out.contains("Xyzzy"), "{}", said.out);
        assert!(said.out.contains("Lovelace"), "{}", said.out);
        assert!(
            !said.out.contains("<Lovelace>") || form == "json",
            "{}",
            said.out
        );
    }
    assert_eq!(json(&repository, "--year 2026")["credits"]["unnamed"], 1);
}

#[test]
fn drafts_and_embargoed_advisories_are_not_counted() {
    let repository = years();
    let before = json(&repository, "--year 2026 --as-of 2026-11-21T00:00:00Z");
    let embargoed = advisory(9).replace("2026-11-19T23", "2026-12-02T23")
        + "[embargo]\nuntil = 2026-12-01T00:00:00Z\n";
    let draft = advisory(8).replacen("id = ", "# ", 1);
    let repository = repository
        .file(&place(9), &embargoed)
        .file("advisories/drafts/a.toml", &draft);
    let after = json(&repository, "--year 2026 --as-of 2026-11-21T00:00:00Z");
    assert_eq!(before, after);
    let later = json(&repository, "--year 2026 --as-of 2026-12-03T00:00:00Z");
    assert_eq!(later["standing"], 3);
}

#[test]
fn plots_need_no_style_attribute_and_no_script_and_have_words_and_tables() {
    let page = years()
        .caveat("report --year 2026 --format html")
        .exits(0)
        .out;
    assert!(
        !page.contains(" style=") && !page.contains("<script"),
        "{page}"
    );
    let drawings = page.matches("role=\"img\"").count();
    assert!(drawings >= 4, "{page}");
    for piece in ["<title id=", "<desc id=", "<details", "<pattern id="] {
        assert!(page.matches(piece).count() >= drawings, "{piece}");
    }
}

#[test]
fn an_empty_year_has_a_report_and_a_year_to_come_has_none() {
    let repository = years();
    let empty = json(&repository, "--year 2020");
    for format in ["md", "html"] {
        let text = repository
            .caveat(&format!("report --year 2020 --format {format}"))
            .out;
        assert!(!text.contains("Year on year"), "{text}");
        assert!(text.contains("By severity"), "{text}");
    }
    assert_eq!(
        (&empty["advisories"], &empty["time_to_fix"]),
        (&0.into(), &Value::Null)
    );
    repository
        .caveat("report --year 2027 --as-of 2026-11-20T00:00:00Z")
        .exits(2)
        .says("there is nothing to tell of 2027 yet: it is 2026-11-20");
    let over = json(&repository, "--year 2026 --as-of 2027-01-01T00:00:00Z");
    assert_eq!(over["complete"], true);
}

#[test]
fn a_report_of_a_feed_that_check_refuses_says_so() {
    let text = advisory(1).replace("Flaw number 1", "Another flaw");
    let repository = Repository::good();
    let said = repository.caveat("report --year 2026").exits(0);
    assert!(!said.err.contains("finds errors"), "{}", said.err);
    let repository = repository.file(&place(1), &text);
    repository.caveat("check").exits(1);
    repository
        .caveat("report --year 2026")
        .exits(0)
        .says("`caveat check` finds errors");
}
