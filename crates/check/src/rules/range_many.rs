//! Owns the rule `range-many`: a package has no more branches than anybody can check.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "range-many",
    says: "a package has no more branches than anybody can check",
    why: "So many branches are most often a list of single releases that should be a range: the next release is \
        missing from it the day it appears, and pages and mails show all of them.",
    example: "[[affected]]\npackage = \"torch\"\nversions = [\n  \
        \"= 1.0\", \"= 1.1\", \"= 1.2\", \"= 1.3\", \"= 1.4\", \"= 1.5\", \"= 1.6\", \"= 1.7\", \"= 1.8\", \"= 1.9\",\n  \
        \"= 2.0\", \"= 2.1\", \"= 2.2\", \"= 2.3\", \"= 2.4\", \"= 2.5\", \"= 2.6\", \"= 2.7\", \"= 2.8\", \"= 2.9\",\n  \
        \"= 3.0\", \"= 3.1\", \"= 3.2\", \"= 3.3\", \"= 3.4\", \"= 3.5\", \"= 3.6\", \"= 3.7\", \"= 3.8\", \"= 3.9\",\n  \
        \"= 4.0\", \"= 4.1\", \"= 4.2\", \"= 4.3\", \"= 4.4\", \"= 4.5\", \"= 4.6\", \"= 4.7\", \"= 4.8\", \"= 4.9\",\n  \
        \"= 5.0\", \"= 5.1\", \"= 5.2\", \"= 5.3\", \"= 5.4\", \"= 5.5\", \"= 5.6\", \"= 5.7\", \"= 5.8\", \"= 5.9\",\n  \
        \"= 6.0\", \"= 6.1\", \"= 6.2\", \"= 6.3\", \"= 6.4\", \"= 6.5\", \"= 6.6\", \"= 6.7\", \"= 6.8\", \"= 6.9\",\n  \
        \"= 7.0\",\n]\n",
    instead: r#"[[affected]]
package = "torch"
versions = [">= 1.0, < 7.1"]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

/// Of ten thousand real records (`RustSec`, Julia, Bitnami), one has 59 branches and the next one 25.
const MOST: usize = 60;

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    for (at, affected) in candidate.advisory().affected.iter().enumerate() {
        let count = affected.versions.len();
        if count > MOST {
            let found = finder.at(
                &candidate.document,
                &format!("affected[{at}].versions[{MOST}]"),
                format!("a package with {count} branches"),
            );
            finder.push(
                found.help(
                    "join neighbours: `>= FIRST, < FIXED` holds every release between the two",
                ),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    #[test]
    fn sixty_branches_are_let_be() {
        let branches: Vec<String> = (1..=60).map(|n| format!("\"= {n}.0\"")).collect();
        let versions = format!("[{}]", branches.join(", "));
        let said = said_after(&[("[\">= 1.0.0, < 1.2.0\", \">= 2.0.0, < 2.1.0\"]", &versions)]);
        assert_eq!(said, "");
    }
}
