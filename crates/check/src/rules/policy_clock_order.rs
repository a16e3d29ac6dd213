//! Owns the rule `policy-clock-order`: an answer is promised before the assessment, and both before the fix.

use caveat_diag::Level;

use crate::promise::{Promise, acknowledge, assess, fixes, from_report};
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-clock-order",
    says: "an answer is promised before the assessment, and both before the fix",
    why: "A fix that falls due before anybody has to have looked at the report is a promise that was \
        never thought through. The reporter waits for the earlier one, and it is missed.",
    example: r#"# caveat.toml
[policy.clock]
assess = "5 bd"

[policy.calendar]
time-zone = "Europe/Berlin"

[[policy.severity]]
id = "high"
definition = "Act this week."
cvss = [7.0, 10.0]
fix = "48 h"

[[policy.severity]]
id = "low"
definition = "Act with the next update."
cvss = [0.1, 6.9]
"#,
    instead: r#"# caveat.toml
[policy.clock]
assess = "24 h"

[policy.calendar]
time-zone = "Europe/Berlin"

[[policy.severity]]
id = "high"
definition = "Act this week."
cvss = [7.0, 10.0]
fix = "48 h"

[[policy.severity]]
id = "low"
definition = "Act with the next update."
cvss = [0.1, 6.9]
"#,
    level: Level::Error,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let policy = finder.facts.policy();
    let (answer, assessment) = (acknowledge(policy), assess(policy));
    pair(finder, answer.as_ref(), assessment.as_ref());
    let first = assessment.as_ref().or(answer.as_ref());
    for fix in fixes(policy) {
        pair(finder, first, Some(&fix));
        // Where the assessment is counted from something else, the answer still comes first.
        let told = first.is_some_and(|first| is_later(finder, first, &fix));
        if !told {
            pair(
                finder,
                answer.as_ref().filter(|_| assessment.is_some()),
                Some(&fix),
            );
        }
    }
}

fn pair(finder: &mut Finder<'_>, early: Option<&Promise>, late: Option<&Promise>) {
    let (Some(early), Some(late)) = (early, late) else {
        return;
    };
    if is_later(finder, early, late) {
        let message = format!("this is due before `{}` is", early.field);
        let found = finder.project(&late.field, message);
        let found = finder.also(found, &early.field, "due later than what follows it");
        finder.push(
            found
                .note("five business days are taken for seven days")
                .help("shorten the earlier one, or count the later one from it: `48 h after assessed`"),
        );
    }
}

/// Is the first certainly due after the second?
fn is_later(finder: &Finder<'_>, first: &Promise, second: &Promise) -> bool {
    let policy = finder.facts.policy();
    let both = from_report(policy, first).zip(from_report(policy, second));
    both.is_some_and(|(first, second)| first > second)
}

#[cfg(test)]
mod tests {
    use crate::tests::said_of_project_after;

    /// The good project with these times: of the first class, and tables of the policy.
    fn said(fix: &str, tables: &str) -> String {
        let high = format!("cvss = [7.0, 10.0]\n{fix}");
        let tables = format!("{tables}\n[[policy.contact]]");
        said_of_project_after(&[
            ("cvss = [7.0, 10.0]", &high),
            ("[[policy.contact]]", &tables),
        ])
    }

    #[test]
    fn business_days_are_given_the_benefit_of_the_weekend() {
        let clock =
            |assess: &str| format!("[policy.clock]\nacknowledge = \"7 d\"\nassess = \"{assess}\"");
        assert!(!said("", &clock("5 bd")).contains("clock-order"));
        assert!(said("", &clock("4 bd")).contains("error[policy-clock-order]"));
        assert!(!said("fix = \"1 w\"", &clock("5 bd")).contains("clock-order"));
    }

    #[test]
    fn what_is_counted_from_the_assessment_cannot_come_before_it() {
        let clock = "[policy.clock]\nassess = \"5 bd\"";
        assert!(said("fix = \"48 h\"", clock).contains("[policy-clock-order]"));
        assert!(!said("fix = \"48 h after assessed\"", clock).contains("clock-order"));
        assert!(!said("fix = \"48 h after exploited\"", clock).contains("clock-order"));
    }

    #[test]
    fn one_fix_that_comes_too_early_is_said_once() {
        let clock = "[policy.clock]\nacknowledge = \"48 h\"\nassess = \"5 bd\"";
        let said = said("fix = \"24 h\"", clock);
        assert_eq!(said.matches("[policy-clock-order]").count(), 1, "{said}");
    }
}
