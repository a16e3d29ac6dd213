//! Owns the rule `function-duplicate`: a function is listed once for each package.

use std::collections::BTreeMap;

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "function-duplicate",
    says: "a function is listed once for each package",
    why: "A function that stands twice is most often the copy of one that should have been another, which is \
        missing now.",
    example: r#"[[affected]]
package = "torch"
versions = ["< 1.2.0"]
functions = ["torch.load", "torch.load"]
"#,
    instead: r#"[[affected]]
package = "torch"
versions = ["< 1.2.0"]
functions = ["torch.load", "torch.save"]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let document = &candidate.document;
    for (at, affected) in candidate.advisory().affected.iter().enumerate() {
        let mut seen = BTreeMap::new();
        for (nth, function) in affected.functions.iter().enumerate() {
            let Some(first) = seen.get(function) else {
                seen.insert(function, nth);
                continue;
            };
            let first = document.at(&format!("affected[{at}].functions[{first}]"));
            let field = format!("affected[{at}].functions[{nth}]");
            let found = finder
                .at(document, &field, "this function is listed twice")
                .also(document.source(), first, "first listed here");
            finder.push(found.help("remove one of the two, or name the function that was meant"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    #[test]
    fn functions_that_differ_in_case_are_two() {
        let said = said_after(&[("fixed-by", "functions = [\"a.B\", \"a.b\"]\nfixed-by")]);
        assert_eq!(said, "");
    }
}
