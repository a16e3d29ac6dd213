//! Owns the rule `severity-reason-idle`: a reason is given only where class and score disagree.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "severity-reason-idle",
    says: "a reason is given only where class and score disagree",
    why: "The reason is shown as the explanation of a difference. Where there is none it confuses, and it would \
        silence the check on the day a new score really disagrees.",
    example: r#"severity-reason = "Rated with the old score."
"#,
    instead: r#"severity = "low"
severity-reason = "Needs a setting that no release has ever had on by default."
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let advisory = candidate.advisory();
    let Some((at, score)) = candidate.newest_score() else {
        return;
    };
    let classes = &finder.facts.project.data().policy.severities;
    let class = classes.iter().find(|class| class.id == advisory.severity);
    let band = class.and_then(|class| class.cvss);
    let agree = band.is_some_and(|(low, high)| (low..=high).contains(&score.score));
    if !agree || advisory.severity_reason.is_none() {
        return;
    }
    let document = &candidate.document;
    let found = finder
        .at(
            document,
            "severity-reason",
            "class and score agree: there is nothing to explain",
        )
        .also(
            document.source(),
            document.at(&format!("cvss[{at}]")),
            format!(
                "scores {}, which is `{}`",
                score.display(),
                advisory.severity
            ),
        );
    finder.push(found.help("remove `severity-reason`"));
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    const REASON: (&str, &str) = ("impact =", "severity-reason = \"Rare.\"\nimpact =");

    #[test]
    fn without_a_score_a_reason_may_explain_the_class() {
        let cvss = "cvss = [\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"]";
        assert_eq!(said_after(&[REASON, (cvss, "")]), "");
    }
}
