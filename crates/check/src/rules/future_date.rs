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
    let advisory = candidate.advisory();
    let mut dates: Vec<(String, Timestamp)> = Vec::new();
    // An embargoed advisory is written for the day on which it will be read.
    if advisory
        .embargo
        .as_ref()
        .is_none_or(|embargo| embargo.until <= as_of)
    {
        let revisions = advisory.revisions.iter().enumerate();
        dates.extend(revisions.map(|(at, revision)| (format!("revision[{at}].at"), revision.at)));
        dates.extend(
            advisory
                .timeline
                .iter()
                .map(|(event, at)| (format!("timeline.{}", event.as_str()), *at)),
        );
    }
    dates.extend(
        advisory
            .withdrawn
            .as_ref()
            .map(|withdrawn| ("withdrawn.at".to_owned(), withdrawn.at)),
    );
    for (field, at) in dates {
        if at > as_of {
            let found = finder.at(
                &candidate.document,
                &field,
                format!("this lies in the future: now is {as_of}"),
            );
            finder.push(
                found
                    .note("a build takes the time of its commit for now; `--as-of` names another")
                    .help("correct the date, or use `[embargo]` for what may not be read yet"),
            );
        }
    }
}
