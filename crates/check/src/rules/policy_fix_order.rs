//! Owns the rule `policy-fix-order`: a worse flaw is not fixed later than a milder one.

use caveat_advisory::Policy;
use caveat_diag::{Level, quoted};

use crate::promise::{Promise, fix, from_report, hours};
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-fix-order",
    says: "a worse flaw is not fixed later than a milder one",
    why: "Times for severity classes are read as an order of work. Where the worse class has the \
        longer time, or none at all, one of the two numbers is a slip.",
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
fix = "14 d"

[policy.disclosure]
longest = "90 d"
exploited = "7 d"
"#,
    instead: r#"# caveat.toml
[[policy.severity]]
id = "high"
definition = "Act this week."
cvss = [7.0, 10.0]
fix = "14 d"

[[policy.severity]]
id = "low"
definition = "Act with the next update."
cvss = [0.1, 6.9]
fix = "30 d"

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
    for lower in 1..policy.severities.len() {
        let Some(milder) = fix(policy, lower) else {
            continue;
        };
        let higher = (0..lower)
            .rev()
            .find(|class| is_slower(policy, *class, &milder));
        let Some(higher) = higher else { continue };
        let class = |at: usize| quoted(&policy.severities[at].id);
        let (worse, field) = (class(higher), format!("policy.severity[{higher}].fix"));
        let message = format!(
            "{} is fixed sooner than {worse}, which is worse",
            class(lower)
        );
        let found = finder.also(
            finder.project(&milder.field, message),
            &field,
            "the worse class",
        );
        finder.push(found.help("give the worse class the shorter time"));
    }
}

/// Does the class have a longer time than a milder one, or none at all?
fn is_slower(policy: &Policy, class: usize, milder: &Promise) -> bool {
    let Some(worse) = fix(policy, class) else {
        return true;
    };
    let both = from_report(policy, &worse).zip(from_report(policy, milder));
    let same = worse.start() == milder.start();
    let alone = same.then(|| (hours(worse.target), hours(milder.target)));
    both.or(alone).is_some_and(|(worse, milder)| worse > milder)
}

#[cfg(test)]
mod tests {
    use crate::tests::said_of_project_after;

    fn said(high: &str, low: &str) -> String {
        let (first, second) = ("cvss = [7.0, 10.0]", "cvss = [0.1, 6.9]");
        said_of_project_after(&[
            (first, &format!("{first}\n{high}")),
            (second, &format!("{second}\n{low}")),
        ])
    }

    #[test]
    fn times_are_compared_across_units_and_starts() {
        for (high, low, wrong) in [
            ("fix = \"5 bd\"", "fix = \"1 w\"", false),
            ("fix = \"169 h\"", "fix = \"1 w\"", true),
            ("fix = \"7 d\"", "", false),
            ("", "fix = \"7 d\"", true),
            (
                "fix = \"3 d after exploited\"",
                "fix = \"2 d after exploited\"",
                true,
            ),
            ("fix = \"3 d after exploited\"", "fix = \"2 d\"", false),
        ] {
            let said = said(high, low);
            assert_eq!(
                said.contains("error[policy-fix-order]"),
                wrong,
                "{high} {low}: {said}"
            );
        }
    }
}
