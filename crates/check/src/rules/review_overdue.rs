//! Owns the rule `review-overdue`: an incident is looked back upon within the time that its class promises.

use caveat_advisory::Event;
use caveat_clock::Promise;
use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::clocks::{clocks, field, promised_at};
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "review-overdue",
    says: "an incident is looked back upon within the time that its class promises",
    why: "What was learnt from an incident is lost when nobody looks back, and no user ever asks for it. The annual report \
        counts how many reviews were held.",
    example: r#"[timeline]
fixed = 2026-11-10T00:00:00Z

# caveat.toml
[[policy.severity]]
id = "high"
definition = "Soon."
cvss = [7.0, 10.0]
review = "1 w"
"#,
    instead: r#"[timeline]
fixed = 2026-11-10T00:00:00Z
reviewed = 2026-11-13T00:00:00Z

# caveat.toml
[[policy.severity]]
id = "high"
definition = "Soon."
cvss = [7.0, 10.0]
review = "1 w"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    // Of what is not public yet, `promise-overdue` speaks.
    let advisory = candidate.advisory();
    let silent = advisory.late_reason.review.is_some();
    if silent || !candidate.is_public(finder.facts.as_of) {
        return;
    }
    for reading in clocks(finder.facts, candidate) {
        let (Promise::Review, Some(due), None) = (reading.promise, reading.due, reading.happened)
        else {
            continue;
        };
        if due < finder.facts.as_of {
            let (document, project) = (&candidate.document, finder.facts.project);
            let promise = promised_at(finder.facts, candidate, Promise::Review);
            let message = format!("the review of this incident was due at {due}");
            let found = finder
                .at(document, &field(Event::Fixed), message)
                .here("the time runs from here")
                .also(project.source(), project.at(&promise), "promised here")
                .help("look back on it, then write `reviewed = ` and when into `[timeline]`");
            finder.push(found);
        }
    }
}
