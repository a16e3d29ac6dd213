//! Owns the rule `promise-overdue`: what was promised has happened by its time.

use caveat_clock::{Reading, State, span_words};
use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::clocks::{clocks_now, promised_at, written_at};
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "promise-overdue",
    says: "what was promised has happened by its time",
    why: "Somebody waits for an answer or a fix that the policy promised by now. The rule speaks of drafts too, since that \
        is where a promise can still be kept. It never stands in the way of other advisories.",
    example: r#"[[affected]]
package = "torch"
versions = [">= 1.0.0"]

# caveat.toml
[[policy.severity]]
id = "high"
definition = "Soon."
cvss = [7.0, 10.0]
fix = "7 d"
"#,
    instead: r#"[[affected]]
package = "torch"
versions = [">= 1.0.0"]

# caveat.toml
[[policy.severity]]
id = "high"
definition = "Soon."
cvss = [7.0, 10.0]
fix = "90 d"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    for reading in clocks_now(finder.facts, candidate) {
        let reason = reading.promise.reason(candidate.advisory());
        let open = reading.state == State::Missed && reading.happened.is_none();
        if open && reason.is_none() {
            report(finder, candidate, &reading);
        }
    }
}

fn report(finder: &mut Finder<'_>, candidate: &Candidate, reading: &Reading) {
    let (Some(started), Some(due)) = (reading.started, reading.due) else {
        return;
    };
    let (document, project) = (&candidate.document, finder.facts.project);
    let what = reading.promise.label().to_lowercase();
    let late = span_words(reading.late);
    let message = format!("overdue by {late}: {what}, due at {due}");
    let promise = promised_at(finder.facts, candidate, reading.promise);
    let found = finder
        .at(document, &written_at(candidate, started), message)
        .here("the time runs from here")
        .also(project.source(), project.at(&promise), "promised here")
        .help("once it has happened, write when; until then `[late-reason]` can say why");
    finder.push(found);
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    const DRAFT: &str = r#"# advisories/drafts/a.toml
# without id
# without revision
# without embargo
[timeline]
reported = 2026-11-01T00:00:00Z
assessed = 2026-11-02T00:00:00Z

# caveat.toml
[policy.clock]
update = "7 d"
"#;

    #[test]
    fn a_draft_of_which_nobody_told_the_reporter_anything_is_overdue() {
        assert!(breaks("promise-overdue", DRAFT));
        let told = DRAFT.replace(
            "\n# caveat",
            "updates = [2026-11-09T00:00:00Z, 2026-11-15T00:00:00Z]\n\n# caveat",
        );
        assert!(!breaks("promise-overdue", &told));
    }

    #[test]
    fn what_is_due_before_an_embargo_ends_is_not_overdue_today() {
        let text = r#"revision = [{ at = 2026-12-20T00:00:00Z, note = "First published." }]

[timeline]
reported = 2026-11-18T00:00:00Z

[embargo]
until = 2026-12-20T00:00:00Z

# caveat.toml
[policy.clock]
assess = "5 d"
"#;
        assert!(!breaks("promise-overdue", text));
        assert!(breaks("promise-overdue", &text.replace("5 d", "1 d")));
    }

    #[test]
    fn a_published_advisory_may_leave_dates_out() {
        let text = "[timeline]\nreported = 2026-11-01T00:00:00Z\n\n# caveat.toml\n[policy.clock]\nassess = \"1 d\"\n";
        assert!(!breaks("promise-overdue", text));
    }
}
