//! Owns the rule `embargo-agreed`: an embargo says with whom it was agreed.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "embargo-agreed",
    says: "an embargo says with whom it was agreed",
    why: "When it is to end early, or to last longer, those are the people to ask. Whoever has to \
        decide that is not always whoever wrote the file.",
    example: r#"revision = [{ at = 2026-12-01T00:00:00Z, note = "First published." }]
[embargo]
until = 2026-12-01T00:00:00Z
"#,
    instead: r#"revision = [{ at = 2026-12-01T00:00:00Z, note = "First published." }]
[embargo]
until = 2026-12-01T00:00:00Z
agreed-with = ["The reporter"]
"#,
    level: Level::Note,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let embargo = candidate.advisory().embargo.as_ref();
    let Some(embargo) = embargo.filter(|embargo| embargo.agreed_with.is_empty()) else {
        return;
    };
    if embargo.until > finder.facts.as_of || embargo.ended_early.is_some() {
        let found = finder.at(
            &candidate.document,
            "embargo",
            "nothing says with whom this was agreed",
        );
        finder.push(found.help("add `agreed-with = [\"The reporter\"]`"));
    }
}
