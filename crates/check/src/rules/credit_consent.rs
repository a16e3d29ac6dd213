//! Owns the rule `credit-consent`: a name that may appear nowhere is not written down.

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule::warning(
    "credit-consent",
    "a name that may appear nowhere is not written down",
    Run::Advisory(judge),
);

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    for (at, credit) in candidate.advisory().credits.iter().enumerate() {
        if credit.name.is_some() && credit.consent.is_empty() {
            let found = finder.at(
                &candidate.document,
                &format!("credit[{at}].name"),
                "this person agreed to be named nowhere",
            );
            finder.push(found.note("nothing that is published will name them, but whoever can read this repository can").help("leave the name out, or add `consent` once they agreed"));
        }
    }
}
