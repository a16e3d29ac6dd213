//! Owns the rule `withdrawn-successor`: the advisory to read instead exists and stands.

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};
use caveat_diag::quoted;

pub(super) static RULE: Rule = Rule::error(
    "withdrawn-successor",
    "the advisory to read instead exists and stands",
    Run::Advisory(judge),
);

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
        Some(other) if hidden(other, finder) => "is not published",
        Some(_) => return,
    };
    let found = finder.at(
        &candidate.document,
        "withdrawn.replaced-by",
        format!("{} {fault}", quoted(successor)),
    );
    finder.push(found.help("name a published advisory of this feed, or leave `replaced-by` out"));
}

fn hidden(other: &Candidate, finder: &Finder<'_>) -> bool {
    let embargo = other.advisory().embargo.as_ref();
    other.is_draft() || embargo.is_some_and(|embargo| embargo.until > finder.facts.as_of)
}
