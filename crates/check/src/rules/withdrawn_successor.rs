//! Owns the rule `withdrawn-successor`: the advisories to read instead exist and stand.

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};
use caveat_diag::{Level, quoted};

pub(super) static RULE: Rule = Rule {
    code: "withdrawn-successor",
    says: "the advisories to read instead exist and stand",
    why: "Whoever reads a withdrawn advisory is sent to the one that replaces it. It must exist, and must \
        not be withdrawn itself.",
    example: r#"[withdrawn]
at = 2026-11-19T12:00:00Z
reason = "duplicate"
replaced-by = ["x_T-2026-0009"]
"#,
    instead: r#"# advisories/2026/x_T-2026-0001.toml
id = "x_T-2026-0001"
aliases = []

[withdrawn]
at = 2026-11-19T12:00:00Z
reason = "duplicate"
replaced-by = ["x_T-2026-0002"]
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
    let withdrawn = advisory.withdrawn.iter();
    let successors = withdrawn.flat_map(|withdrawn| &withdrawn.replaced_by);
    for (at, successor) in successors.enumerate() {
        let facts = finder.facts;
        let named = facts.by_id.get(successor.as_str());
        let fault = match named.map(|at| &facts.candidates[*at]) {
            _ if advisory.id.as_ref() == Some(successor) => "is this advisory itself",
            None => "is no advisory of this feed",
            Some(other) if other.advisory().withdrawn.is_some() => "is withdrawn too",
            Some(other) if !other.is_public(facts.as_of) => "is not published",
            Some(_) => continue,
        };
        let field = format!("withdrawn.replaced-by[{at}]");
        let message = format!("{} {fault}", quoted(successor));
        let found = finder.at(&candidate.document, &field, message);
        finder
            .push(found.help("name a published advisory of this feed, or leave `replaced-by` out"));
    }
}
