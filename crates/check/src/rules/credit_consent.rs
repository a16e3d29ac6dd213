//! Owns the rule `credit-consent`: a name that may appear nowhere is not written down.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "credit-consent",
    says: "a name that may appear nowhere is not written down",
    why: "Nothing that is published names somebody who did not agree. The file itself is public as soon as \
        the repository is.",
    example: r#"[[credit]]
name = "A. Finder"
role = "finder"
"#,
    instead: r#"[[credit]]
name = "A. Finder"
role = "finder"
consent = ["advisory"]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

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
