//! Owns the rule `withdrawn-successor`: the advisory to read instead exists and stands.

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};
use caveat_diag::{Level, quoted};

pub(super) static RULE: Rule = Rule {
    code: "withdrawn-successor",
    says: "the advisory to read instead exists and stands",
    why: "Whoever reads a withdrawn advisory is sent to the one that replaces it. It must exist, and must \
        not be withdrawn itself.",
    example: r#"[withdrawn]
at = 2026-11-19T12:00:00Z
reason = "duplicate"
replaced-by = "x_T-2026-0009"
"#,
    instead: r#"# advisories/2026/x_T-2026-0001.toml
id = "x_T-2026-0001"
aliases = []

[withdrawn]
at = 2026-11-19T12:00:00Z
reason = "duplicate"
replaced-by = "x_T-2026-0002"
note = "The same flaw was published twice."
# advisories/2026/x_T-2026-0002.toml
id = "x_T-2026-0002"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let advisory = candidate.advisory();
    let Some(successor) = advisory
        .withdrawn
        .as_ref()
        .and_then(|withdrawn| withdrawn.replaced_by.as_ref())
    else {
        return;
    };
    let named = finder
        .facts
        .by_id
        .get(successor.as_str())
        .map(|at| &finder.facts.candidates[*at]);
    let fault = match named {
        _ if advisory.id.as_ref() == Some(successor) => "is this advisory itself",
        None => "is no advisory of this feed",
        Some(other) if other.advisory().withdrawn.is_some() => "is withdrawn too",
        Some(other) if !other.is_public(finder.facts.as_of) => "is not published",
        Some(_) => return,
    };
    let found = finder.at(
        &candidate.document,
        "withdrawn.replaced-by",
        format!("{} {fault}", quoted(successor)),
    );
    finder.push(found.help("name a published advisory of this feed, or leave `replaced-by` out"));
}
