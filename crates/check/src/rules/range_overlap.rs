//! Owns the rule `range-overlap`: the branches of a package do not overlap or touch.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};
use caveat_versions::Interval;

pub(super) static RULE: Rule = Rule {
    code: "range-overlap",
    says: "the branches of a package do not overlap or touch",
    why: "Where branches overlap, consumers disagree: one takes the first fix, another the last, a third \
        both. Branches that only touch are one branch.",
    example: r#"[[affected]]
package = "torch"
versions = ["< 1.4.0", ">= 1.2.0, < 2.0.1"]
"#,
    instead: r#"[[affected]]
package = "torch"
versions = ["< 1.4.0", ">= 2.0.0, < 2.0.1"]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let document = &candidate.document;
    for row in 0..candidate.rows.len() {
        let mut branches = candidate.intervals(row);
        branches.sort_by(|(_, a), (_, b)| Interval::cmp_lower(a, b));
        for pair in branches.windows(2) {
            let [(first, a), (second, b)] = [&pair[0], &pair[1]];
            let Some(fault) = fault(a, b) else { continue };
            let found = finder
                .at(document, second, fault)
                .also(document.source(), document.at(first), "the other branch")
                .help("one string per branch, each from its first affected version to its own fix");
            finder.push(found);
        }
    }
}

fn fault(a: &Interval, b: &Interval) -> Option<&'static str> {
    if a.overlaps(b) {
        return Some("two branches overlap");
    }
    a.touches(b)
        .then_some("two branches touch: together they are one")
}
