//! Owns the rule `timeline-updates`: updates are in order, and lie between the report and the publication.

use caveat_advisory::Event;
use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::clocks::field;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "timeline-updates",
    says: "updates are in order, and lie between the report and the publication",
    why: "The longest silence towards the reporter is counted from these dates. One that comes before the report, after the \
        publication or twice is a slip, and makes a silence longer or shorter than it was.",
    example: r#"[timeline]
reported = 2026-11-01T00:00:00Z
updates = [2026-11-12T00:00:00Z, 2026-11-05T00:00:00Z]
"#,
    instead: r#"[timeline]
reported = 2026-11-01T00:00:00Z
updates = [2026-11-05T00:00:00Z, 2026-11-12T00:00:00Z]
"#,
    level: Level::Error,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let advisory = candidate.advisory();
    let reported = advisory.timeline.get(&Event::Reported);
    let published = advisory.revisions.first();
    for (nth, at) in advisory.updates.iter().enumerate() {
        let earlier = nth.checked_sub(1).map(|nth| (nth, advisory.updates[nth]));
        if reported.is_some_and(|reported| at < reported) {
            let other = field(Event::Reported);
            report(finder, candidate, nth, "this is before the report", &other);
        } else if published.is_some_and(|first| *at > first.at) {
            let message = "this is after the first publication";
            report(finder, candidate, nth, message, "revision[0].at");
        } else if let Some((other, _)) = earlier.filter(|(_, earlier)| earlier >= at) {
            let other = format!("timeline.updates[{other}]");
            let message = "this is not after the update before it";
            report(finder, candidate, nth, message, &other);
        }
    }
}

fn report(finder: &mut Finder<'_>, candidate: &Candidate, nth: usize, message: &str, other: &str) {
    let document = &candidate.document;
    let found = finder
        .at(document, &format!("timeline.updates[{nth}]"), message)
        .also(document.source(), document.at(other), "this one")
        .help("correct one of the two dates");
    finder.push(found);
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    fn said_of(updates: &str) -> String {
        let line = format!("acknowledged = 2026-11-02T00:00:00Z\nupdates = [{updates}]");
        said_after(&[("acknowledged = 2026-11-02T00:00:00Z", &line)])
    }

    #[test]
    fn updates_outside_the_private_time_are_told_apart() {
        assert!(said_of("2026-10-31T00:00:00Z").contains("before the report"));
        assert!(said_of("2026-11-19T00:00:01Z").contains("after the first publication"));
        let twice = "2026-11-05T00:00:00Z, 2026-11-05T00:00:00Z";
        assert!(said_of(twice).contains("not after the update before it"));
        assert_eq!(said_of("2026-11-01T00:00:00Z, 2026-11-19T00:00:00Z"), "");
    }
}
