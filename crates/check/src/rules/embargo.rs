//! Owns the rule `embargo`: an embargoed advisory is not published before its time.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "embargo",
    says: "an embargoed advisory is not published before its time",
    why: "An embargo is a promise to others. The first revision is the moment of publication, so it cannot \
        lie before the end of the embargo.",
    example: r#"revision = [{ at = 2026-11-19T12:00:00Z, note = "First published." }]

[embargo]
until = 2026-11-19T14:00:00Z
"#,
    instead: r#"revision = [{ at = 2026-11-19T14:00:00Z, note = "First published." }]

[embargo]
until = 2026-11-19T14:00:00Z
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let document = &candidate.document;
    let advisory = candidate.advisory();
    let Some(embargo) = &advisory.embargo else {
        return;
    };
    let Some(first) = advisory.revisions.first() else {
        return;
    };
    if first.at < embargo.until {
        let found = finder
            .at(document, "revision[0].at", "published before its embargo ends")
            .also(document.source(), document.at("embargo.until"), "the embargo ends here")
            .help("publish at the end of the embargo or later; if it was broken, set `until` to the time of publication");
        finder.push(found);
    }
}
