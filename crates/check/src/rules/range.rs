//! Owns the rule `range`: a range can be read, has both its ends in order, and is not empty.

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule::error(
    "range",
    "a range can be read, has both its ends in order, and is not empty",
    Run::Advisory(judge),
);

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    for (at, (row, written)) in candidate
        .rows
        .iter()
        .zip(&candidate.advisory().affected)
        .enumerate()
    {
        if written.versions.is_empty() {
            let found = finder.at(
                &candidate.document,
                &format!("affected[{at}]"),
                "this does not say which versions are affected",
            );
            finder.push(found.help(
                "add `versions = [\">= FIRST, < FIXED\"]`; `[\">= 0\"]` means every version",
            ));
        }
        for (nth, (branch, text)) in row.branches.iter().zip(&written.versions).enumerate() {
            let Err(error) = branch else { continue };
            let field = format!("affected[{at}].versions[{nth}]");
            let span = candidate.document.within(&field, text, error.span.clone());
            let found = finder.on(&candidate.document, span, &error.message);
            finder.push(match &error.help {
                Some(help) => found.help(help),
                None => found,
            });
        }
    }
}
