//! Owns the rule `policy-disclosure-short`: a flaw may be private until its fix is due.

use caveat_advisory::Event;
use caveat_diag::Level;

use crate::promise::{Promise, all, exploited, fixes, from_report, hours, longest};
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-disclosure-short",
    says: "a flaw may be private until its fix is due",
    why: "Where publication falls due before the fix, one of two promises is broken each time: the \
        flaw is published without a fix, or the fix is late for the publication.",
    example: r#"# caveat.toml
[[policy.severity]]
id = "high"
definition = "Act this week."
cvss = [7.0, 10.0]
fix = "30 d"

[[policy.severity]]
id = "low"
definition = "Act with the next update."
cvss = [0.1, 6.9]
fix = "120 d"

[policy.disclosure]
longest = "90 d"
exploited = "7 d"
"#,
    instead: r#"# caveat.toml
[[policy.severity]]
id = "high"
definition = "Act this week."
cvss = [7.0, 10.0]
fix = "30 d"

[[policy.severity]]
id = "low"
definition = "Act with the next update."
cvss = [0.1, 6.9]
fix = "90 d"

[policy.disclosure]
longest = "90 d"
exploited = "7 d"
"#,
    level: Level::Error,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let policy = finder.facts.policy();
    let Some(end) = longest(policy) else { return };
    let slowest = fixes(policy)
        .into_iter()
        .filter_map(|fix| Some((from_report(policy, &fix)?, fix)))
        .max_by_key(|(hours, _)| *hours);
    if let Some((late, fix)) = slowest {
        let end = from_report(policy, &end);
        if end.is_some_and(|end| end < late) {
            report(
                finder,
                "the longest privacy ends before this fix is due",
                &fix,
            );
        }
    }
    let begun = exploited(policy).filter(|begun| hours(begun.target) > hours(end.target));
    if let Some(begun) = begun {
        report(
            finder,
            "an exploited flaw would be private longer than any other",
            &begun,
        );
    }
    for lead in all(policy) {
        let early = lead.start() == Event::Disclosed && hours(lead.target) > hours(end.target);
        if early {
            report(
                finder,
                "this is longer than any flaw is kept private",
                &lead,
            );
        }
    }
}

fn report(finder: &mut Finder<'_>, message: &str, other: &Promise) {
    let found = finder.project("policy.disclosure.longest", message);
    let found = finder.also(found, &other.field, format!("`{}`", other.target));
    finder.push(found.help("make `longest` as long as the longest other time, or shorten that"));
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
    fn whatever_lasts_longer_than_the_longest_is_seen() {
        let packager = "[[policy.packager]]\nname = \"D\"\nurl = \"mailto:a@debian.org\"\nlead =";
        for (fix, more, wrong) in [
            ("fix = \"30 d\"", String::new(), false),
            ("fix = \"31 d\"", String::new(), true),
            (
                "fix = \"30 d after assessed\"",
                "[policy.clock]\nassess = \"1 d\"".to_owned(),
                true,
            ),
            ("", format!("{packager} \"14 d\""), false),
            ("", format!("{packager} \"6 w\""), true),
        ] {
            let tables = format!("[policy.disclosure]\nlongest = \"30 d\"\n{more}");
            let said = said(fix, &tables);
            assert_eq!(
                said.contains("error[policy-disclosure-short]"),
                wrong,
                "{fix}{more}: {said}"
            );
        }
        let said = said(
            "",
            "[policy.disclosure]\nlongest = \"30 d\"\nexploited = \"31 d\"",
        );
        assert!(said.contains("exploited flaw"), "{said}");
    }
}
