//! Owns the rule `title-stop`: a title does not end in a full stop.

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule::warning(
    "title-stop",
    "a title does not end in a full stop",
    Run::Advisory(judge),
);

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    if candidate.advisory().title.trim_end().ends_with('.') {
        let found = finder.at(
            &candidate.document,
            "title",
            "the title ends in a full stop",
        );
        finder.push(found.help("a title is a phrase: leave the stop out"));
    }
}
