//! Owns the rule `policy-template-severity`: the template for reports offers the severity classes of the policy.

use caveat_diag::{Level, quoted};
use std::ops::Range;

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-template-severity",
    says: "the template for reports offers the severity classes of the policy",
    why: "A reporter who fills in a class that the policy does not have has rated the flaw on another \
        scale, and nobody notices.",
    example: r#"# caveat.toml
[policy.report]
wanted = ["Steps to reproduce the issue"]
never = ["public issues"]
template = """
Subject: [SECURITY] What it is
Severity: [Critical/High/Low]
"""
"#,
    instead: r#"# caveat.toml
[policy.report]
wanted = ["Steps to reproduce the issue"]
never = ["public issues"]
template = """
Subject: [SECURITY] What it is
Severity: [High/Low]
"""
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

/// Words that scales are made of; any other word after `Severity:` is a sentence.
const SCALES: [&str; 12] = [
    "critical",
    "severe",
    "important",
    "high",
    "major",
    "medium",
    "moderate",
    "minor",
    "low",
    "informational",
    "info",
    "negligible",
];

fn judge(finder: &mut Finder<'_>) {
    let policy = finder.facts.policy();
    let template = policy
        .report
        .as_ref()
        .and_then(|report| report.template.as_deref());
    let Some(template) = template else { return };
    let known = |word: &str| {
        let mut classes = policy.severities.iter();
        classes.any(|class| {
            [&class.id, &class.label]
                .into_iter()
                .any(|name| name.eq_ignore_ascii_case(word))
        })
    };
    for place in offered(template) {
        let word = &template[place.clone()];
        let rating = SCALES.contains(&word.to_ascii_lowercase().as_str());
        if rating && !known(word) {
            let project = finder.facts.project;
            let span = project.within("policy.report.template", template, place);
            let found = finder.on(
                project,
                span,
                format!("there is no severity class {}", quoted(word)),
            );
            let found = finder.also(found, "policy.severity[0].id", "the classes begin here");
            finder.push(found.help("offer the classes of the policy"));
        }
    }
}

/// The words that are offered on lines such as `Severity: [Critical/High]`.
fn offered(template: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut start = 0;
    for line in template.split_inclusive('\n') {
        if let Some((key, values)) = line.split_once(':') {
            let first = start + key.len() + 1;
            let marks = |c: char| !c.is_alphanumeric();
            if key.trim_matches(marks).eq_ignore_ascii_case("severity") {
                all.extend(words(values).map(|(at, word)| first + at..first + at + word.len()));
            }
        }
        start += line.len();
    }
    all
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let words = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty());
    words.map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

#[cfg(test)]
mod tests {
    use super::offered;

    #[test]
    fn only_lines_about_severity_offer_classes() {
        let text =
            "Subject: high five\n**Severity**: [Critical/High, lów]\r\nImpact: low\nseverity : Low";
        let words: Vec<&str> = offered(text).into_iter().map(|at| &text[at]).collect();
        assert_eq!(words, ["Critical", "High", "lów", "Low"]);
        assert!(offered("").is_empty() && offered("Severity:").is_empty());
    }
}
