//! Owns what a project may make of rules: stricter, milder, off, or only for what is new.
//! Must never let a firm rule be relaxed.

use super::{ADVISORY, PATH, PROJECT, input, judged};

fn with(setting: &str, from: &str, to: &str) -> (bool, String) {
    let project = format!("{PROJECT}[[rule]]\n{setting}\n");
    let (book, said) = judged(input(&project, &[(PATH, &ADVISORY.replacen(from, to, 1))]));
    (book.is_some(), said)
}

#[test]
fn a_rule_can_be_made_stricter_milder_or_switched_off() {
    let stop = |level: &str| {
        with(
            &format!("code = \"title-stop\"\nlevel = \"{level}\""),
            "A title",
            "A title.",
        )
    };
    assert!(stop("warning").1.contains("warning[title-stop]"));
    let (book, said) = stop("error");
    assert!(!book && said.contains("error[title-stop]"), "{said}");
    assert!(stop("note").1.contains("note[title-stop]"));
    assert_eq!(stop("off"), (true, String::new()));
}

#[test]
fn a_rule_can_let_old_advisories_be() {
    let since = |day: &str| {
        with(
            &format!("code = \"title-stop\"\npublished-since = {day}T00:00:00Z"),
            "A title",
            "A title.",
        )
    };
    assert_eq!(since("2026-11-20"), (true, String::new()));
    assert!(since("2026-11-19").1.contains("warning[title-stop]"));
}

#[test]
fn a_firm_rule_stays_as_strict_as_it_is() {
    for setting in [
        "level = \"warning\"",
        "level = \"off\"",
        "published-since = 2099-01-01T00:00:00Z",
    ] {
        let (book, said) = with(
            &format!("code = \"cwe\"\n{setting}"),
            "CWE-502",
            "CWE-999999",
        );
        assert!(
            !book && said.contains("error[cwe]") && said.contains("error[rule-setting]"),
            "{said}"
        );
    }
    assert_eq!(
        with("code = \"cwe\"\nlevel = \"error\"", "x", "x"),
        (true, String::new())
    );
}

#[test]
fn a_setting_of_a_rule_that_does_not_exist_is_an_error() {
    let (book, said) = with("code = \"title-stpo\"\nlevel = \"off\"", "x", "x");
    assert!(
        !book && said.contains("there is no rule `title-stpo`"),
        "{said}"
    );
    let (_, said) = with(
        "code = \"stray-file\"\npublished-since = 2026-01-01T00:00:00Z",
        "x",
        "x",
    );
    assert!(said.contains("judges the feed as a whole"), "{said}");
    let (_, said) = with(
        "code = \"title-stop\"\n[[rule]]\ncode = \"title-stop\"",
        "x",
        "x",
    );
    assert!(said.contains("`title-stop` is set twice"), "{said}");
}

#[test]
fn every_code_that_reading_reports_has_a_page() {
    let broken = "id = 3\nfoo = 1\n";
    let (_, said) = judged(input(
        PROJECT,
        &[(PATH, broken), ("advisories/2026/b.toml", "= =")],
    ));
    let codes = said
        .lines()
        .filter_map(|line| line.split(['[', ']']).nth(1));
    for code in codes.chain(["not-utf8", "file-too-large"]) {
        assert!(crate::rule(code).is_some(), "{code}");
    }
}
