//! Owns the rule `future-date`: nothing that is said to have happened lies in the future.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};
use caveat_advisory::Timestamp;

pub(super) static RULE: Rule = Rule {
    code: "future-date",
    says: "nothing that is said to have happened lies in the future",
    why: "Consumers fetch what changed since their last visit. A date in the future hides every change \
        until that day, and cannot be true.",
    example: r#"[timeline]
reported = 2036-11-01T00:00:00Z
"#,
    instead: r#"[timeline]
reported = 2026-11-01T00:00:00Z
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let as_of = finder.facts.as_of;
    // An embargoed advisory is written for the moment at which it will be read.
    let moment = candidate
        .embargoed_until()
        .map_or(as_of, |until| until.max(as_of));
    for (field, at) in dates(candidate) {
        if at > moment {
            let message = if moment == as_of {
                format!("this lies in the future: now is {as_of}")
            } else {
                format!("this lies after {moment}, when the advisory comes out")
            };
            let found = finder.at(&candidate.document, &field, message);
            finder.push(
                found
                    .note("a build takes the time of its commit for now; `--as-of` names another")
                    .help("correct the date, or use `[embargo]` for what may not be read yet"),
            );
        }
    }
}

fn dates(candidate: &Candidate) -> Vec<(String, Timestamp)> {
    let advisory = candidate.advisory();
    let revisions = advisory.revisions.iter().enumerate();
    let mut dates: Vec<(String, Timestamp)> = revisions
        .map(|(at, revision)| (format!("revision[{at}].at"), revision.at))
        .collect();
    let timeline = advisory.timeline.iter();
    dates.extend(timeline.map(|(event, at)| (format!("timeline.{}", event.as_str()), *at)));
    let withdrawn = advisory.withdrawn.as_ref();
    dates.extend(withdrawn.map(|withdrawn| ("withdrawn.at".to_owned(), withdrawn.at)));
    dates
}
