//! Owns the rule `link`: links are https, and lead somewhere.

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};
use crate::text::{link_fault, links};
use caveat_diag::quoted;

pub(super) static RULE: Rule = Rule::error(
    "link",
    "links are https, and lead somewhere",
    Run::Advisory(judge),
);

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    for (field, url) in links(candidate) {
        let mail = field.starts_with("credit");
        if let Some(fault) = link_fault(url, mail) {
            let found = finder.at(
                &candidate.document,
                &field,
                format!("{} {fault}", quoted(url)),
            );
            finder.push(found);
        }
    }
}
