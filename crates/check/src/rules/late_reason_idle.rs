//! Owns the rule `late-reason-idle`: only a promised time that was missed has a reason why.

use caveat_clock::{Promise, State};
use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::clocks::clocks;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "late-reason-idle",
    says: "only a promised time that was missed has a reason why",
    why: "A reason beside a promise that was kept, or was never made, is a slip in a date or a leftover. Nobody sees it, \
        so nobody corrects the date.",
    example: r#"[late-reason]
acknowledge = "The mailbox was full."

# caveat.toml
[policy.clock]
acknowledge = "48 h"
"#,
    instead: r#"[timeline]
reported = 2026-11-01T00:00:00Z
acknowledged = 2026-11-04T00:00:00Z

[late-reason]
acknowledge = "The mailbox was full."

# caveat.toml
[policy.clock]
acknowledge = "48 h"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let advisory = candidate.advisory();
    let mut keys: Vec<&str> = Vec::new();
    for promise in Promise::ALL {
        let written = promise.reason(advisory).and(promise.reason_key());
        keys.extend(written.filter(|key| !keys.contains(key)));
    }
    let clocks = clocks(finder.facts, candidate);
    for key in keys {
        let mut states = clocks
            .iter()
            .filter(|reading| reading.promise.reason_key() == Some(key))
            .map(|reading| reading.state);
        if states.clone().all(|state| state == State::NoTarget) {
            report(finder, candidate, key, "nothing was promised for this");
        } else if states.all(|state| matches!(state, State::Met | State::NoTarget)) {
            report(finder, candidate, key, "this promise was kept");
        }
    }
}

fn report(finder: &mut Finder<'_>, candidate: &Candidate, key: &str, message: &str) {
    let field = format!("late-reason.{key}");
    let found = finder.at(&candidate.document, &field, message);
    finder.push(found.help("leave the reason out, or correct the dates of `[timeline]`"));
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    #[test]
    fn a_reason_for_what_nobody_promised_is_idle() {
        let said = said_after(&[(
            "[[revision]]",
            "[late-reason]\nreview = \"Nobody had time.\"\n[[revision]]",
        )]);
        assert!(
            said.contains("[late-reason-idle]") && said.contains("nothing was promised"),
            "{said}"
        );
    }
}
