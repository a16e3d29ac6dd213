//! Owns the rule `severity-class`: severity is a class of the policy.

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};
use caveat_diag::quoted;

pub(super) static RULE: Rule = Rule::error(
    "severity-class",
    "severity is a class of the policy",
    Run::Advisory(judge),
);

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
    finder.push(found.help(format!("one of: {}", known.join(", "))));
}
