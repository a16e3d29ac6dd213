//! Owns the rule `timeline-order`: what must come first came first: discovery, report, answer, assessment.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};
use caveat_advisory::Event;

pub(super) static RULE: Rule = Rule {
    code: "timeline-order",
    says: "what must come first came first: discovery, report, answer, assessment",
    why: "Answer times are computed from these dates. A report that was answered before it arrived is a \
        slip in one of them.",
    example: r#"[timeline]
reported = 2026-11-03T00:00:00Z
acknowledged = 2026-11-02T00:00:00Z
"#,
    instead: r#"[timeline]
reported = 2026-11-02T00:00:00Z
acknowledged = 2026-11-03T00:00:00Z
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

const ORDER: [Event; 4] = [
    Event::Discovered,
    Event::Reported,
    Event::Acknowledged,
    Event::Assessed,
];

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let document = &candidate.document;
    let timeline = &candidate.advisory().timeline;
    let known: Vec<_> = ORDER
        .iter()
        .filter_map(|event| Some((*event, *timeline.get(event)?)))
        .collect();
    for pair in known.windows(2) {
        let [(earlier, first), (later, second)] = [pair[0], pair[1]];
        if first <= second {
            continue;
        }
        let field = |event: Event| format!("timeline.{}", event.as_str());
        let found = finder
            .at(
                document,
                &field(later),
                format!("`{}` is before `{}`", later.as_str(), earlier.as_str()),
            )
            .also(
                document.source(),
                document.at(&field(earlier)),
                "this came first",
            );
        finder.push(found.help("correct one of the two dates"));
    }
}
