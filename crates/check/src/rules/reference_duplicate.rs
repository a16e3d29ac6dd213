//! Owns the rule `reference-duplicate`: a link is given once.

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule::error(
    "reference-duplicate",
    "a link is given once",
    Run::Advisory(judge),
);

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let document = &candidate.document;
    let links = &candidate.advisory().references;
    for (at, link) in links.iter().enumerate() {
        let Some(first) = links[..at].iter().position(|other| other == link) else {
            continue;
        };
        let found = finder
            .at(
                document,
                &format!("reference[{at}].url"),
                "this link is given twice",
            )
            .also(
                document.source(),
                document.at(&format!("reference[{first}].url")),
                "first given here",
            );
        finder.push(found.help("remove one of the two"));
    }
}
