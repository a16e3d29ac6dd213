//! Owns the rule `policy-clock-start`: a promised time is counted from something that comes before it.

use caveat_advisory::Event;
use caveat_diag::{Level, quoted};

use crate::promise::{Promise, acknowledge, assess, exploited, fixes, longest};
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-clock-start",
    says: "a promised time is counted from something that comes before it",
    why: "A time that begins at its own end, or later, never begins: nothing is promised, but it \
        reads as if it were.",
    example: r#"# caveat.toml
[policy.clock]
assess = "7 d after fixed"
"#,
    instead: r#"# caveat.toml
[policy.clock]
assess = "7 d after acknowledged"
"#,
    level: Level::Error,
    firm: false,
    run: Run::Feed(judge),
};

/// What lies on the way of a flaw, in this order.
const WAY: [Event; 6] = [
    Event::Discovered,
    Event::Reported,
    Event::Acknowledged,
    Event::Assessed,
    Event::Fixed,
    Event::Disclosed,
];

fn judge(finder: &mut Finder<'_>) {
    let policy = finder.facts.policy();
    let ends = [
        (acknowledge(policy), Event::Acknowledged),
        (assess(policy), Event::Assessed),
        // Else a flaw without a fix is private for ever.
        (longest(policy), Event::Fixed),
        (exploited(policy), Event::Fixed),
    ];
    let mut all: Vec<(Promise, Event)> = ends
        .into_iter()
        .filter_map(|(promise, end)| Some((promise?, end)))
        .collect();
    all.extend(fixes(policy).into_iter().map(|fix| (fix, Event::Fixed)));
    for (promise, end) in all {
        let place = |event| WAY.iter().position(|on_way| *on_way == event);
        let late = place(promise.start()) >= place(end);
        if late && place(promise.start()).is_some() {
            let start = promise.start().as_str();
            let message = format!("{} comes too late to begin a time here", quoted(start));
            let found = finder.project(&promise.field, message);
            finder.push(found.help("count from `reported`: leave `after` out"));
        }
    }
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
    fn every_promise_has_events_that_come_too_late() {
        for (fix, tables, wrong) in [
            ("fix = \"7 d after fixed\"", "", true),
            ("fix = \"7 d after disclosed\"", "", true),
            ("fix = \"7 d after assessed\"", "", false),
            ("fix = \"7 d after exploited\"", "", false),
            ("review = \"7 d after disclosed\"", "", false),
            (
                "",
                "[policy.clock]\nacknowledge = \"1 d after acknowledged\"",
                true,
            ),
            (
                "",
                "[policy.disclosure]\nlongest = \"90 d after fixed\"",
                true,
            ),
            ("", "[policy.disclosure]\nexploited = \"7 d\"", false),
        ] {
            let said = said(fix, tables);
            assert_eq!(
                said.contains("error[policy-clock-start]"),
                wrong,
                "{fix}{tables}: {said}"
            );
        }
    }
}
