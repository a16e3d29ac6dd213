//! Owns the proof that every form says the same of one report, and stays what it is for any text.
//! Must never know what the findings are about.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::Value;
use snapbox::{assert_data_eq, str};

use super::*;
use crate::{Level, Report, Source};

fn tool() -> Tool<'static> {
    Tool {
        version: "1.2.3",
        rules: vec![RulePage {
            code: "stop",
            says: "A title has no stop.".to_owned(),
            why: "It is a phrase.",
            level: Level::Warning,
            page: Some("https://a.example.org/rules/stop/".to_owned()),
        }],
    }
}

/// One finding with everything, and one that is reported before it.
fn two() -> Report {
    let a = Arc::new(Source::new("a b/ä.toml", "# é\nx = \"é.\"\n"));
    let b = Arc::new(Source::new("b.toml", "y = 1\n"));
    let mut report = Report::default();
    let stop = a.span(12..13);
    report.push(
        Diagnostic::new(Level::Warning, "stop", "50 % [x](y)", &a, stop.clone())
            .also(&b, b.span(0..5), "there")
            .help("two\nlines")
            .fix("leave it out", stop, ""),
    );
    report.push(Diagnostic::error(
        "first",
        "one, two: three",
        &a,
        a.span(0..6),
    ));
    report
}

#[test]
fn a_workflow_command_is_escaped_and_one_line() {
    assert_data_eq!(
        github(&two(), "sub/"),
        str![[r"
::error file=sub/a b/ä.toml,line=1,endLine=2,title=first::one, two: three
::warning file=sub/a b/ä.toml,line=2,col=7,endColumn=8,title=stop::50 %25 [x](y)%0Ahelp: two%0Alines

"]]
    );
}

#[test]
fn an_issue_of_gitlab_has_what_gitlab_asks_for() {
    let list: Value = serde_json::from_str(&gitlab(&two(), "")).expect("JSON");
    let issue = &list[1];
    assert_eq!(issue["check_name"], "stop");
    assert_eq!(issue["severity"], "minor");
    assert_eq!(issue["location"]["path"], "a b/ä.toml");
    assert_eq!(issue["location"]["lines"]["begin"], 2);
    assert_ne!(issue["fingerprint"], list[0]["fingerprint"]);
}

#[test]
fn a_result_of_sarif_counts_columns_in_code_points() {
    let log: Value = serde_json::from_str(&sarif(&two(), "sub/", &tool())).expect("JSON");
    let result = &log["runs"][0]["results"][1];
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "sub/a%20b/%C3%A4.toml");
    assert_eq!(place["region"]["startColumn"], 7);
    assert_eq!(result["ruleIndex"], 0);
    assert_eq!(
        result["message"]["text"],
        "50 % \\[x\\](y)\nhelp: two\nlines"
    );
    let change = &result["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["replacements"][0]["deletedRegion"]["endColumn"], 8);
    assert_eq!(result["relatedLocations"][0]["message"]["text"], "there");
}

#[test]
fn our_own_json_says_everything() {
    let whole: Value = serde_json::from_str(&json(&two())).expect("JSON");
    assert_eq!(whole["version"], 1);
    assert_eq!(whole["counts"]["warning"], 1);
    let found = &whole["findings"][1];
    assert_eq!(found["labels"][0]["start"]["byte"], 12);
    assert_eq!(found["labels"][1]["path"], "b.toml");
    assert_eq!(found["fixes"][0]["title"], "leave it out");
}

#[test]
fn an_empty_report_is_still_a_document() {
    let empty = Report::default();
    assert_eq!(gitlab(&empty, ""), "[]\n");
    assert_eq!(github(&empty, ""), "");
    for text in [json(&empty), sarif(&empty, "", &tool())] {
        serde_json::from_str::<Value>(&text).expect("JSON");
    }
}

#[test]
fn a_fix_is_shown_as_the_lines_before_and_after() {
    assert_data_eq!(
        human(&two(), false),
        str![[r#"
error[first]: one, two: three
 --> a b/ä.toml:1:1
  |
1 | / # é
2 | | x = "é."
  | |_^

warning[stop]: 50 % [x](y)
 --> a b/ä.toml:2:7
  |
2 | x = "é."
  |       ^
  |
 ::: b.toml:1:1
  |
1 | y = 1
  | ----- there
  |
  = help: two
          lines
help: leave it out
  |
2 - x = "é."
2 + x = "é"
  |


"#]]
    );
}

proptest! {
    #[test]
    fn every_form_holds_for_any_text(
        text in "(?s).{0,60}", path in "(?s).{0,12}", message in "(?s).{0,20}", replacement in "(?s).{0,12}",
        a in 0usize..70, b in 0usize..70,
    ) {
        let source = Arc::new(Source::new(path, text));
        let mut report = Report::default();
        for level in [Level::Error, Level::Note] {
            let found = Diagnostic::new(level, "c", &message, &source, source.span(a..a + b))
                .also(&source, source.span(b..b + 3), &message)
                .note(&message)
                .fix(&message, source.span(b..a + 1), replacement.as_str());
            report.push(found);
        }
        let issues: Value = serde_json::from_str(&gitlab(&report, "")).expect("JSON");
        prop_assert_eq!(issues.as_array().map(Vec::len), Some(2));
        let own: Value = serde_json::from_str(&json(&report)).expect("JSON");
        prop_assert_eq!(own["findings"].as_array().map(Vec::len), Some(2));
        let log: Value = serde_json::from_str(&sarif(&report, "", &tool())).expect("JSON");
        prop_assert_eq!(log["runs"][0]["results"].as_array().map(Vec::len), Some(2));
        let commands = github(&report, "");
        prop_assert_eq!(commands.lines().count(), 2);
        prop_assert!(commands.lines().all(|line| line.starts_with("::error ") || line.starts_with("::notice ")));
        human(&report, true);
    }
}
