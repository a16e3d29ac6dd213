//! Owns the rule `timeline-late`: a flaw was found and disclosed no later than its advisory was published.

use caveat_advisory::Event;
use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "timeline-late",
    says: "a flaw was found and disclosed no later than its advisory was published",
    why: "The advisory itself is a public word. A disclosure after it is a slip in one of the two dates, and both \
        are used to count how long readers were exposed.",
    example: r#"[timeline]
disclosed = 2026-11-19T10:00:00Z
"#,
    instead: r#"[timeline]
disclosed = 2026-11-18T10:00:00Z
"#,
    level: Level::Error,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let advisory = candidate.advisory();
    let document = &candidate.document;
    let Some(first) = advisory.revisions.first() else {
        return;
    };
    for event in [Event::Discovered, Event::Disclosed] {
        if advisory
            .timeline
            .get(&event)
            .is_none_or(|at| *at <= first.at)
        {
            continue;
        }
        let field = format!("timeline.{}", event.as_str());
        let message = format!("`{}` is after the first publication", event.as_str());
        let found = finder.at(document, &field, message).also(
            document.source(),
            document.at("revision[0].at"),
            "published here",
        );
        finder.push(found.help("correct one of the two dates"));
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    #[test]
    fn a_fix_and_an_answer_may_come_later_and_a_disclosure_at_the_same_moment() {
        let later = "[timeline]\nassessed = 2026-11-19T11:00:00Z\nfixed = 2026-11-19T12:00:00Z\ndisclosed = 2026-11-19T00:00:00Z";
        assert_eq!(said_after(&[("[timeline]", later)]), "");
    }
}
