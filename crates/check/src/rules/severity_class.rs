//! Owns the rule `severity-class`: severity is a class of the policy.

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};
use caveat_diag::{Level, quoted};

pub(super) static RULE: Rule = Rule {
    code: "severity-class",
    says: "severity is a class of the policy",
    why: "Readers act by class: its meaning and its deadlines are in the policy. A word that is not there \
        means nothing.",
    example: r#"severity = "severe"
"#,
    instead: r#"severity = "high"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let classes = &finder.facts.project.data().policy.severities;
    let severity = &candidate.advisory().severity;
    if classes.iter().any(|class| class.id == *severity) {
        return;
    }
    let known: Vec<&str> = classes.iter().map(|class| class.id.as_str()).collect();
    let found = finder.at(
        &candidate.document,
        "severity",
        format!("the policy has no severity {}", quoted(severity)),
    );
    let same = |id: &&&str| id.eq_ignore_ascii_case(severity.trim());
    let found = match known.iter().find(same) {
        Some(id) => crate::mend::value(found, &candidate.document, "severity", (severity, id)),
        None => found,
    };
    finder.push(found.help(format!("one of: {}", known.join(", "))));
}
