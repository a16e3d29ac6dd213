//! Owns the rule `severity-cvss`: severity and the newest CVSS score agree, or the advisory says why not.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "severity-cvss",
    says: "severity and the newest CVSS score agree, or the advisory says why not",
    why: "People read the class, tools read the score. If they disagree, one of the two readers is misled, \
        unless the advisory says why.",
    example: r#"severity = "low"
cvss = ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"]
"#,
    instead: r#"severity = "low"
severity-reason = "Needs a setting that no release has ever had on by default."
cvss = ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let advisory = candidate.advisory();
    let document = &candidate.document;
    let Some((at, score)) = candidate.newest_score() else {
        return;
    };
    let classes = &finder.facts.project.data().policy.severities;
    let Some(class) = classes.iter().find(|class| class.id == advisory.severity) else {
        return;
    };
    let Some((low, high)) = class.cvss else {
        return;
    };
    let agree = (low..=high).contains(&score.score);
    if agree || advisory.severity_reason.is_some() {
        return;
    }
    let found = finder
        .at(
            document,
            "severity",
            format!(
                "`{}` is for scores from {low:.1} to {high:.1}, this one is {}",
                class.id,
                score.display()
            ),
        )
        .also(
            document.source(),
            document.at(&format!("cvss[{at}]")),
            format!("scores {}", score.display()),
        )
        .help("correct one of the two, or say in `severity-reason` why they differ");
    finder.push(found);
}
